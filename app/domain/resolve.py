"""A KPI's free text → a metric of the catalogue, with polarity, score and candidates (docs/contributing/names.md).

Wrong is worse than unresolved: a name is answered only when a metric's own words cover it well and no other metric comes near.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.domain.catalogue import Catalogue, Metric
from app.domain.families import family_of_words
from app.domain.findings import Candidate, Method, Resolution
from app.domain.name_index import NAME, Index, build_index, index_of, vocabulary_of
from app.domain.name_words import NOT, PER, UNKNOWN, WITHIN, Reading, Vocabulary, form, readings

ENOUGH = 0.6
"""Score that an answer needs."""
LEAD = 0.06
"""Lead over the next metric that an answer needs."""
MOST_CANDIDATES = 5

_COVERED = 0.55
"""Share of a metric's name that must be said before it is looked at closely."""


@dataclass(frozen=True, slots=True)
class _Match:
    metric: str
    inverted: bool
    score: float
    method: Method


@dataclass(frozen=True, slots=True)
class _Asked:
    function: str | None
    unit: str
    direction: str | None


class Resolver:
    """Resolves names against the catalogue and an organization's own metrics; reads the catalogue's names once per catalogue."""

    def __init__(self, catalogue: Catalogue, own: Sequence[Metric] = (), index: Index | None = None) -> None:
        self._catalogue = catalogue
        self._book = _book(catalogue) if index is None else _Book(index, catalogue.lexicon)
        self._own = {m.id: m for m in own}
        self._own_book = _Book(index_of(own, self._book.index, catalogue.lexicon), catalogue.lexicon) if own else None
        self._blocking = self._book.blocking

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
            return Resolution(name, metric, inverted, self._family(metric), 1.0, "pinned")
        asked = _Asked(function, _unit(unit), direction)
        ranked = self._ranked(name, asked)
        candidates = tuple(Candidate(m.metric, m.score, m.inverted) for m in ranked[:MOST_CANDIDATES])
        if ranked and self._answers(ranked):
            best = ranked[0]
            method: Method = "own" if best.metric in self._own else best.method
            turned = best.inverted != inverted
            return Resolution(name, best.metric, turned, self._family(best.metric), best.score, method, candidates)
        known = family or family_of_words(name, self._catalogue)
        if known:
            return Resolution(name, None, False, known, 0.0, "family", candidates)
        return Resolution(name, None, False, None, 0.0, "unresolved", candidates)

    def search(self, query: str, limit: int = 10) -> list[tuple[Metric, float]]:
        """Metrics whose names come nearest to a query, best first, with scores in 0–1."""
        ranked = self._ranked(query, _Asked(None, "", None))[:limit]
        return [(self._metric(m.metric), m.score) for m in ranked]

    def _answers(self, ranked: Sequence[_Match]) -> bool:
        best = ranked[0]
        rival = ranked[1].score if len(ranked) > 1 else 0.0
        return best.score >= ENOUGH and best.score - rival >= LEAD

    def _metric(self, id_: str) -> Metric:
        return self._own.get(id_) or self._catalogue.metrics[id_]

    def _family(self, metric: str) -> str | None:
        known = self._catalogue.metric_families.get(metric)
        return known.family if known else None

    def _ranked(self, name: str, asked: _Asked) -> list[_Match]:
        """The best match of every metric that comes into question, best first."""
        best: dict[str, _Match] = {}
        for book in (self._own_book, self._book):
            if book is None:
                continue
            for match in book.matches(name, asked):
                score = min(1.0, match.score * self._evidence(self._metric(match.metric), match.inverted, asked))
                known = best.get(match.metric)
                if known is None or score > known.score:
                    best[match.metric] = _Match(match.metric, match.inverted, round(score, 3), match.method)
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
            wanted = metric.good_direction if not inverted else _TURNED[metric.good_direction]
            factor *= 1.0 if wanted == asked.direction else 0.9
        return factor


_TURNED = {"increase": "decrease", "decrease": "increase", "none": "none"}
_UNITS = {
    ("percent", "seconds"): 0.88, ("percent", "days"): 0.88, ("percent", "currency"): 0.97, ("percent", "count"): 0.97,
    ("currency", "percent"): 0.88, ("currency", "seconds"): 0.8, ("currency", "days"): 0.8, ("currency", "count"): 0.92,
    ("currency", "score"): 0.85, ("time", "percent"): 0.92, ("time", "currency"): 0.8, ("time", "count"): 0.95,
    ("time", "score"): 0.9, ("count", "seconds"): 0.9, ("count", "score"): 0.95, ("count", "currency"): 0.97,
    ("score", "currency"): 0.8, ("score", "seconds"): 0.85, ("score", "days"): 0.85, ("score", "count"): 0.92,
}  # fmt: skip


class _Book:
    """An index made ready to be asked."""

    def __init__(self, index: Index, lexicon: Mapping[str, object]) -> None:
        self.index = index
        self.vocabulary: Vocabulary = vocabulary_of(index, lexicon)
        self.weights: dict[str, float] = index["weights"]
        self.postings: dict[str, list[int]] = index["postings"]
        self.context = {m: frozenset(c) for m, c in index["context"].items()}
        self.frames = [(m, bool(i), tuple(c), sum(self.weights[x] for x in c)) for m, i, c in index["frames"]]
        entries: Any = lexicon.get("blocking") or ()
        self.blocking: frozenset[str] = frozenset(entries)
        light: Any = lexicon.get("light") or ()
        self.light: frozenset[str] = frozenset(light)

    def matches(self, name: str, asked: _Asked) -> list[_Match]:
        """Metrics that a name may mean, before evidence from outside the name; a metric may come up more than once."""
        said = form(name)
        found = []
        for metric, inverted, kind in self.index["forms"].get(said, ()):
            found.append(_Match(metric, inverted, 1.0 if kind == NAME else 0.99, "exact" if kind == NAME else "alias"))
        for place, reading in enumerate(readings(name, self.vocabulary)):
            found += self._covered(reading, 1.0 if place == 0 else 0.9, asked)
        return found

    def _covered(self, reading: Reading, share: float, asked: _Asked) -> list[_Match]:
        said = reading.concepts
        weights = self.weights
        sums: dict[int, float] = {}
        for concept in said:
            weight = weights.get(concept)
            if weight:
                for number in self.postings[concept]:
                    sums[number] = sums.get(number, 0.0) + weight
        found = []
        for number, covered in sums.items():
            metric, inverted, concepts, needed = self.frames[number]
            if covered < _COVERED * needed or covered <= 0.13:
                continue
            explained, total, blocked = 0.0, 0.0, 1.0
            context = self.context[metric]
            turned = inverted
            for concept, part in said.items():
                if concept == NOT and NOT not in concepts:
                    turned = not turned
                    continue
                if concept in concepts:
                    weight = weights.get(concept, 0.7)
                    explained += weight
                    total += weight
                    continue
                weight = self._extra(concept, part, context)
                total += weight
                if concept in self.blocking and concept not in context:
                    blocked *= 0.5
            score = (covered / needed) ** 2 * (explained / total if total else 0.0) ** 0.6 * blocked * share
            score *= 0.97**reading.guessed
            if score > 0.2:
                found.append(_Match(metric, turned, min(score, 0.98), "fuzzy"))
        return found

    def _extra(self, concept: str, part: float, context: frozenset[str]) -> float:
        """How much a concept counts that the metric's name does not say."""
        if concept in self.light:
            return 0.03
        if concept == WITHIN:
            return 0.1
        if concept.startswith(PER):
            return 0.1 if concept in context else 0.15
        weight = 0.5 if concept.startswith(UNKNOWN) else self.weights.get(concept, 0.7)
        return weight * part * (0.3 if concept in context else 1.0)


@lru_cache(maxsize=4)
def _indexed(catalogue: Catalogue) -> _Book:
    return _Book(build_index(catalogue), catalogue.lexicon)


def _book(catalogue: Catalogue) -> _Book:
    return _indexed(catalogue)


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
