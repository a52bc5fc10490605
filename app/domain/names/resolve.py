"""A KPI's free text → a metric of the catalogue, with polarity, score and candidates (docs/contributing/names.md).

Wrong is worse than unresolved: a name is answered only when one metric is likely enough. Scores are probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from app.domain.catalogue import INDEX, Catalogue, Metric
from app.domain.findings import Candidate, Method, Resolution
from app.domain.names.families import LIKELY, family_of_words
from app.domain.names.index import Index, build_index, index_of
from app.domain.names.match import NAMED, Book, Match
from app.domain.names.odds import Evidence, Nothing, probabilities
from app.domain.pinned import pinned

ENOUGH = 0.65
"""Probability that an answer needs."""
MOST_CANDIDATES = 5

_MISFIT = 0.08
"""From here on a unit speaks against a metric's very name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a name beside its words."""

    function: str | None
    unit: str
    direction: str | None


def asked_of(function: str | None, unit: str | None, direction: str | None) -> Asked:
    """The evidence from outside a name, the unit by its kind."""
    return Asked(function, _unit(unit), direction)


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
        asked = asked_of(function, unit, direction)
        ranked = self._ranked(name, asked)
        candidates = tuple(Candidate(m.metric, m.score, m.inverted) for m in ranked[:MOST_CANDIDATES])
        if ranked and ranked[0].score >= ENOUGH:
            best = ranked[0]
            method: Method = "own" if best.metric in self._own else best.method
            turned = best.inverted != inverted
            return Resolution(name, best.metric, turned, self._family(best.metric), best.score, method, candidates)
        known = family or self._likely_family(ranked) or family_of_words(name, self._catalogue)
        if known:
            return Resolution(name, None, False, known, 0.0, "family", candidates)
        return Resolution(name, None, False, None, 0.0, "unresolved", candidates)

    def search(self, query: str, limit: int = 10) -> list[tuple[Metric, float]]:
        """Metrics whose names come nearest to a query, best first, with scores in 0–1."""
        ranked = self._ranked(query, asked_of(None, None, None))[:limit]
        return [(self._metric(m.metric), m.score) for m in ranked]

    def _metric(self, id_: str) -> Metric:
        return self._own.get(id_) or self._catalogue.metrics[id_]

    def _likely_family(self, ranked: Sequence[_Ranked]) -> str | None:
        """The family of the likeliest metric, where it is likely enough to say of what kind a name is."""
        return self._family(ranked[0].metric) if ranked and ranked[0].score >= LIKELY else None

    def _family(self, metric: str) -> str | None:
        known = self._catalogue.metric_families.get(metric)
        return known.family if known else None

    def _ranked(self, name: str, asked: Asked) -> list[_Ranked]:
        """Every metric that comes into question the way round that is likelier, with its probability, the likeliest first."""
        weighed, nothing = self.weighed(name, asked)
        told = self.told(weighed)
        odds = probabilities([evidence for _, evidence in weighed], nothing)
        left = 1.0 - told.near if told else 1.0
        best: dict[str, _Ranked] = {}
        for (match, _), probability in zip(weighed, odds, strict=True):
            score = round(match.near if match is told else probability * left, 3)
            known = best.get(match.metric)
            if known is None or score > known.score:
                best[match.metric] = _Ranked(match.metric, match.inverted, score, match.method)
        return sorted(best.values(), key=lambda m: (-m.score, m.metric not in self._own, m.metric))

    def weighed(self, name: str, asked: Asked) -> tuple[list[tuple[Match, Evidence]], Nothing]:
        """What a name may mean, each metric and way round once, with what speaks for it; and what speaks for none of them."""
        family = family_of_words(name, self._catalogue)
        best: dict[tuple[str, bool], Match] = {}
        for book in self._books:
            for match in book.matches(name, asked.unit == "percent"):
                if match.denied and _wanted(self._metric(match.metric), not match.inverted) == asked.direction:
                    match = replace(match, inverted=not match.inverted)
                known = best.get((match.metric, match.inverted))
                if known is None or match.near > known.near:
                    best[match.metric, match.inverted] = match
        said = self._books[-1].said(name)
        nearest = max((match.near for match in best.values()), default=0.0)
        found = [(match, self._evidence(match, asked, family)) for match in best.values()]
        return found, Nothing(1.0, nearest, said.strange, said.words)

    def _evidence(self, match: Match, asked: Asked, family: str | None) -> Evidence:
        metric = self._metric(match.metric)
        wanted = _wanted(metric, match.inverted)
        directed = asked.direction in ("increase", "decrease") and wanted != "none"
        own, other = _functions(metric, asked.function)
        same = self._family(match.metric) == family
        return Evidence(
            near=match.near,
            near_squared=match.near**2,
            pooled=match.pooled,
            blocked=float(match.blocked),
            wanted=float(directed and wanted == asked.direction),
            unwanted=float(directed and wanted != asked.direction),
            own_function=float(own),
            other_function=float(other),
            unit=1 - _UNITS.get((asked.unit, metric.unit), 1.0),
            family=float(family is not None and same),
            other_family=float(family is not None and not same),
            turned=float(match.inverted),
        )

    def told(self, weighed: Sequence[tuple[Match, Evidence]]) -> Match | None:
        """The metric whose very name it is, where that is one metric's and nothing outside the name speaks against it."""
        fitting = [
            match
            for match, evidence in weighed
            if match.method in _NAMES and not (evidence.unwanted or evidence.other_function or evidence.unit > _MISFIT)
        ]
        fitting.sort(key=self._rank, reverse=True)
        if not fitting or (len(fitting) > 1 and self._rank(fitting[0]) == self._rank(fitting[1])):
            return None
        return fitting[0]

    def _rank(self, match: Match) -> tuple[bool, float]:
        return match.metric in self._own, match.near


@dataclass(frozen=True, slots=True)
class _Ranked:
    metric: str
    inverted: bool
    score: float
    method: Method


_NAMES = frozenset(NAMED.values())


def _functions(metric: Metric, asked: str | None) -> tuple[bool, bool]:
    """Whether a department has the metric's function, and whether it has another and cannot move it."""
    if metric.own or asked is None or asked == "other":
        return False, False
    if asked == "customer":
        own = metric.customer_outcome or metric.function == "customer"
        return own, not own
    return asked == metric.function, asked != metric.function and asked not in metric.controllable_by


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
