"""A KPI's free text → a metric of the catalogue, with polarity, score and candidates (docs/contributing/names.md).

Wrong is worse than unresolved: a name is answered only when a metric's own words cover it well and no other metric comes near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from app.domain.catalogue import INDEX, Catalogue, Metric
from app.domain.families import family_of_words
from app.domain.findings import Candidate, Method, Resolution
from app.domain.name_index import Index, build_index, index_of
from app.domain.name_match import Book, Match
from app.domain.pinned import pinned

ENOUGH, LEAD = 0.58, 0.02
"""Score, and lead over the next metric, that an answer needs."""
FAIR, CLEAR = 0.44, 0.25
"""Score that is enough as well, where no other metric comes as near as this."""
NEAR, BESIDE = 0.4, 0.9
"""Score from which on the nearest metric says of what family a name is whose words point to none, and the share of it
from which on other metrics have to be of that family too."""
MOST_CANDIDATES = 5

NAMED = ("exact", "alias")
_TOLD = 0.9
"""Score from which on a metric's very name is an answer whatever comes near: with less, something outside the name is against it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    function: str | None
    unit: str
    direction: str | None


class Resolver:
    """Resolves names against the catalogue and an organization's own metrics; reads the catalogue's names once per catalogue."""

    def __init__(self, catalogue: Catalogue, own: Sequence[Metric] = (), index: Index | None = None) -> None:
        self._catalogue = catalogue
        self._index = index
        self._own = {m.id: m for m in own}

    @cached_property
    def _books(self) -> tuple[Book, ...]:
        """The names of the own metrics and of the catalogue's, read when the first name is asked for: pinned ones need neither."""
        lexicon = self._catalogue.lexicon
        book = _book(self._catalogue) if self._index is None else Book(self._index, lexicon)
        own = list(self._own.values())
        return (Book(index_of(own, book.index, lexicon), lexicon), book) if own else (book,)

    def resolve(
        self,
        name: str,
        *,
        function: str | None = None,
        unit: str | None = None,
        direction: str | None = None,
        metric: str | None = None,
        inverted: bool = False,
        family: str | None = None,
    ) -> Resolution:
        """What a name means. A given `metric` is taken as it is (method `pinned`).

        `function`, `unit` and `direction` (increase, decrease, maintain) are evidence among metrics, never proof.
        """
        if metric is not None:
            return pinned(name, metric, inverted, self._catalogue)
        asked = _Asked(function, _unit(unit), direction)
        ranked = self._ranked(name, asked)
        candidates = tuple(Candidate(m.metric, m.score, m.inverted) for m in ranked[:MOST_CANDIDATES])
        if ranked and self._answers(ranked):
            best = ranked[0]
            method: Method = "own" if best.metric in self._own else best.method
            turned = best.inverted != inverted
            return Resolution(name, best.metric, turned, self._family(best.metric), best.score, method, candidates)
        known = family or family_of_words(name, self._catalogue) or self._likely_family(candidates)
        if known:
            return Resolution(name, None, False, known, 0.0, "family", candidates)
        return Resolution(name, None, False, None, 0.0, "unresolved", candidates)

    def search(self, query: str, limit: int = 10) -> list[tuple[Metric, float]]:
        """Metrics whose names come nearest to a query, best first, with scores in 0–1."""
        ranked = self._ranked(query, _Asked(None, "", None))[:limit]
        return [(self._metric(m.metric), m.score) for m in ranked]

    def _answers(self, ranked: Sequence[Match]) -> bool:
        best, others = ranked[0], ranked[1:2]
        if best.method in NAMED and best.score >= _TOLD:
            own = best.metric in self._own
            return all(
                o.method not in NAMED or o.score < best.score or (own and o.metric not in self._own) for o in others
            )
        lead = best.score - max((other.score for other in others), default=0.0)
        return (best.score >= ENOUGH and lead >= LEAD) or (best.score >= FAIR and lead >= CLEAR)

    def _metric(self, id_: str) -> Metric:
        return self._own.get(id_) or self._catalogue.metrics[id_]

    def _likely_family(self, candidates: Sequence[Candidate]) -> str | None:
        """The family of the nearest metric, where it is near enough to say of what kind a name is and those beside it agree."""
        if not candidates or candidates[0].score < NEAR:
            return None
        families = {self._family(c.metric) for c in candidates if c.score >= BESIDE * candidates[0].score}
        return families.pop() if len(families) == 1 else None

    def _family(self, metric: str) -> str | None:
        known = self._catalogue.metric_families.get(metric)
        return known.family if known else None

    def _ranked(self, name: str, asked: _Asked) -> list[Match]:
        """The best match of every metric that comes into question, best first."""
        best: dict[str, Match] = {}
        for book in self._books:
            for match in book.matches(name, asked.unit == "percent"):
                metric = self._metric(match.metric)
                inverted = match.inverted
                if match.denied and _wanted(metric, not inverted) == asked.direction:
                    inverted = not inverted
                score = min(1.0, match.score * self._evidence(metric, inverted, asked))
                known = best.get(match.metric)
                if known is None or score > known.score:
                    best[match.metric] = Match(match.metric, inverted, round(score, 3), match.method)
        return sorted(best.values(), key=lambda m: (-m.score, m.metric not in self._own, m.metric))

    def _evidence(self, metric: Metric, inverted: bool, asked: _Asked) -> float:
        factor = 1.0
        if asked.unit and metric.unit:
            factor *= _UNITS.get((asked.unit, metric.unit), 1.0)
        if asked.function and not metric.own:
            near = asked.function in (metric.function, *metric.controllable_by)
            if asked.function == "customer":
                near = metric.customer_outcome or metric.function == "customer"
            factor *= 1.0 if asked.function == metric.function else 0.97 if near else 0.9
        if asked.direction in ("increase", "decrease") and metric.good_direction != "none":
            factor *= 1.0 if _wanted(metric, inverted) == asked.direction else _AGAINST
        return factor


_AGAINST = 0.85


def _wanted(metric: Metric, inverted: bool) -> str:
    """The direction in which a figure is good that rises when the metric does, or when it falls."""
    return _TURNED[metric.good_direction] if inverted else metric.good_direction


_TURNED = {"increase": "decrease", "decrease": "increase", "none": "none"}
_UNITS = {
    ("percent", "seconds"): 0.88, ("percent", "days"): 0.88, ("percent", "currency"): 0.97, ("percent", "count"): 0.97,
    ("currency", "percent"): 0.88, ("currency", "seconds"): 0.8, ("currency", "days"): 0.8, ("currency", "count"): 0.92,
    ("currency", "score"): 0.85, ("time", "percent"): 0.92, ("time", "currency"): 0.8, ("time", "count"): 0.95,
    ("time", "score"): 0.9, ("count", "seconds"): 0.9, ("count", "score"): 0.95, ("count", "currency"): 0.97,
    ("score", "currency"): 0.8, ("score", "seconds"): 0.85, ("score", "days"): 0.85, ("score", "count"): 0.92,
}  # fmt: skip


class _Names:
    """A catalogue by its lexicon: the built-in names are the same whatever a document adds of its own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.lexicon = catalogue, catalogue.lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Names) and other.lexicon is self.lexicon


@lru_cache(maxsize=4)
def _read_once(names: _Names) -> Book:
    """The built-in names, out of the index that comes with a compiled catalogue where it is there."""
    stored: Any = names.lexicon.get(INDEX)
    return Book(stored or build_index(names.catalogue), names.lexicon)


def _book(catalogue: Catalogue) -> Book:
    return _read_once(_Names(catalogue))


def _unit(unit: str | None) -> str:
    """The kind of a unit as people write it: percent, currency, time, count, score, or empty where it says nothing."""
    text = (unit or "").casefold().strip()
    if not text:
        return ""
    for kind, starts in _UNIT_WORDS:
        if text.startswith(starts):
            return kind
    return ""


_UNIT_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("percent", ("%", "percent", "pct", "prozent", "share", "ratio")),
    ("currency", ("currency", "eur", "usd", "gbp", "chf", "€", "$", "£", "keur", "teur", "m eur", "dollar", "euro")),
    ("time", ("second", "minute", "hour", "day", "ms", "sec", "min", "hrs", "h", "week", "month", "tage", "stunden")),
    ("count", ("count", "number", "units", "calls", "leads", "per ", "cases", "accounts")),
    ("score", ("score", "points", "stars", "index", "mark", "rank")),
)
