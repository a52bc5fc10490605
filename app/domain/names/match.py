"""How well a name's words cover the names of metrics, before evidence from outside the name (docs/contributing/names.md).

Two views are taken together: the concepts that the name says (whatever its words and language), and its very words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.domain.findings import Method
from app.domain.names.index import ALIAS, NAME, SAID, Index, kinds_of, says_nothing, vocabulary_of, words_in
from app.domain.names.likeness import Likeness, words_of
from app.domain.names.pool import Pool
from app.domain.names.words import NOT, PER, UNKNOWN, WITHIN, Reading, Vocabulary, form, nearest, readings

_ASIDE_WORDS = re.compile(r"\([^()]*\)")
_SCALE = re.compile(
    r"^\s*(?:avg\b\.?|average|mean|median|overall)\s|\bper\s+(?:\d[\d.,]*\s*k?|hundred|thousand|million)\s+\w+",
    re.IGNORECASE,
)
"""What says how a figure is taken, and over how many: the name means the same metric without it."""
_TOLD = {NAME: 1.0, ALIAS: 0.99, SAID: 0.985}
"""Scores of a metric's very name, of another name for it, and of a way in which people say it."""
NAMED: Mapping[int, Method] = {NAME: "exact", ALIAS: "alias", SAID: "alias"}
_NEAREST = 0.98
"""As near as a name comes that is no name of the metric."""
_LIKELY = 12
"""Meanings that are looked at because the words of all their names make them likely."""
_WORDS = 0.5
"""Share of the words' likeness in a score."""
_ALONE = 0.7
"""What the concepts alone are worth where no words are alike: other forms of them, other languages."""
_LIKE = 0.35
"""Likeness from which on a metric is looked at whose concepts a name does not say."""
_DENIALS = frozenset({NOT, "reduction"})
"""Concepts that turn a name round (complaint-free), or may (churn reduction), where the metric's own name does not hold them."""
_COVERED = 0.55
"""Share of a metric's name that must be said before it is looked at closely."""
_LEAST = 0.13
"""Weight that must be said: words that say only what kind of figure it is name nothing."""
_KIND, _GUESSED_KIND = 0.9, 0.6
"""How well a word stands for its kind (a parcel for a thing), and how well an unknown word does."""
_BESIDE = 0.75
"""What is left when only what follows a preposition speaks of the metric."""
_TAIL = 0.6
"""The most that words after a preposition count against a metric whose names do not say them."""
_BLOCKED, _BLOCKED_ASIDE = 0.5, 0.85
"""What is left for a metric when a name says something that makes another thing of it, and when it says so after a preposition."""
_USUAL = 0.04
"""In how many names of a metric, as a share of those that say its commonest concept, what makes another thing of others belongs to it."""
_ASIDE = 0.5
"""The most that a word counts which stands after a preposition other than "of"."""


def _spellings(name: str) -> Iterator[str]:
    """The forms under which a name may stand in the catalogue: as it is, without brackets, without what only scales it."""
    yield form(name)
    bare = _ASIDE_WORDS.sub(" ", name)
    yield form(bare)
    yield form(_SCALE.sub(" ", bare))


def _usual(counts: Counter[str]) -> frozenset[str]:
    """The concepts that more than a few names of a metric say."""
    least = _USUAL * max(counts.values(), default=0)
    return frozenset(concept for concept, count in counts.items() if count >= least)


@dataclass(frozen=True, slots=True)
class Match:
    """A metric that a name may mean; `inverted`: the name means its opposite, `denied`: a word of denial in the name may turn it round."""

    metric: str
    inverted: bool
    near: float
    """How well one of its names is covered, 0–1."""
    method: Method
    denied: bool = False
    pooled: float = 0.0
    """Logarithm of its probability by the words of all its names."""
    blocked: bool = False
    """Whether the name says something that makes another thing of it."""


class Said(NamedTuple):
    """What a name says, before any metric is compared with it."""

    words: int
    strange: float
    """Share of the words that no metric's name holds."""


class Book:
    """An index made ready to be asked."""

    def __init__(self, index: Index, lexicon: Mapping[str, object]) -> None:
        self.index = index
        self.vocabulary: Vocabulary = vocabulary_of(index, lexicon)
        self._meanings: list[tuple[str, bool]] = [(metric, bool(inverted)) for metric, inverted in index["meanings"]]
        self._likeness = Likeness(index["spellings"], index["word_weights"])
        self._pool = Pool(index["spellings"], index["frames"])
        self._weights: dict[str, float] = index["weights"]
        self._frames = [
            (n, frozenset(concepts), sum(self._weights[c] for c in concepts)) for n, concepts in index["frames"]
        ]
        self._postings: dict[str, list[int]] = {}
        said: dict[str, Counter[str]] = {metric: Counter() for metric, _ in self._meanings}
        for number, (meaning, concepts, _) in enumerate(self._frames):
            said[self._meanings[meaning][0]].update(concepts)
            for concept in concepts:
                self._postings.setdefault(concept, []).append(number)
        self._context = {metric: counts.keys() for metric, counts in said.items()}
        self._usual = {metric: _usual(counts) for metric, counts in said.items()}
        self._kinds = kinds_of(lexicon)
        self._broad = words_in(lexicon, "broad")
        blocking: Any = lexicon.get("blocking") or ()
        self._blocking: frozenset[str] = frozenset(blocking)
        blocking_in: Any = lexicon.get("blocking_in") or {}
        self._blocking_in: dict[str, frozenset[str]] = {
            function: self._blocking | frozenset(concepts) for function, concepts in blocking_in.items()
        }

    def matches(self, name: str, counted: bool) -> Iterator[Match]:
        """Metrics that a name may mean; a metric may come up more than once. `counted`: the figure is a share."""
        forms = self.index["forms"]
        spelling = next((spelled for spelled in _spellings(name) if spelled in forms), "")
        told: dict[int, int] = dict(forms.get(spelling, ()))
        found = [r for r in readings(name, self.vocabulary, counted) if self._says_something(r.concepts.keys())]
        words = self._words(name)
        pooled = self._pool.of(words, found[0].concepts if found else {})
        for number, kind in told.items():
            metric, inverted = self._meanings[number]
            if spelling == form(name) or not found or self._blocked(found[0].concepts, metric) == 1:
                yield Match(metric, inverted, _TOLD[kind], NAMED[kind], pooled=pooled[number])
        if not found:
            return
        alike = self._likeness.of(words)
        covered = self._covered(found)
        likely = sorted(range(len(pooled)), key=lambda number: -pooled[number])[:_LIKELY]
        for number in sorted(covered.keys() | {n for n, likeness in alike.items() if likeness > _LIKE} | set(likely)):
            metric, inverted = self._meanings[number]
            concepts, beside = covered.get(number, (0.0, frozenset()))
            left = self._blocked(found[0].concepts, metric)
            near = max((1 - _WORDS) * concepts + _WORDS * alike.get(number, 0.0), _ALONE * concepts) * left
            turned = NOT in beside
            yield Match(
                metric,
                inverted != turned,
                min(near, _NEAREST),
                "fuzzy",
                bool(beside),
                pooled[number],
                left <= _BLOCKED,
            )

    def said(self, name: str) -> Said:
        """How many words a name has that say something, and how many of them are strange."""
        words = self._words(name)
        return Said(len(words), sum(not self._pool.knows(w) for w in words) / max(1, len(words)))

    def _says_something(self, said: AbstractSet[str]) -> bool:
        """Whether a reading holds a word that any metric's name holds, and not only what a hundred figures have in common."""
        heavy = {concept for concept in said if concept in self._weights} - self.vocabulary.light
        return bool(heavy) and not says_nothing(said, self._broad, self.vocabulary.light)

    def _words(self, name: str) -> frozenset[str]:
        words = words_of(name, self.vocabulary.noise)
        return frozenset(w if self._likeness.knows(w) else nearest(w, self.vocabulary) or w for w in words)

    def _covered(self, found: Sequence[Reading]) -> dict[int, tuple[float, frozenset[str]]]:
        """Meaning → how well its best name is covered by the best reading, and the words of denial that the name itself lacks."""
        best: dict[int, tuple[float, frozenset[str]]] = {}
        for reading in found:
            denials = _DENIALS & reading.concepts.keys()
            for meaning, score, concepts in self._read(reading):
                if score > best.get(meaning, (0.0, denials))[0]:
                    best[meaning] = (score, denials - concepts)
        return best

    def _read(self, reading: Reading) -> Iterator[tuple[int, float, frozenset[str]]]:
        covered: dict[int, float] = {}
        for concept, degree in self._degrees(reading.concepts).items():
            weight = self._weights.get(concept, 0.0) * degree
            for number in self._postings.get(concept, ()):
                covered[number] = covered.get(number, 0.0) + weight
        for number, weight in covered.items():
            meaning, concepts, needed = self._frames[number]
            if weight < _COVERED * needed or weight <= _LEAST:
                continue
            explained = self._explained(reading.concepts, concepts, self._meanings[meaning][0])
            yield meaning, (weight / needed) ** 2 * explained * reading.share, concepts

    def _degrees(self, said: Mapping[str, float]) -> dict[str, float]:
        """How far a name says each concept: those of its own words wholly, and the kinds of what they name."""
        degrees = dict.fromkeys(said, 1.0)
        for concept in said:
            for kind, degree in self._kinds_of(concept):
                degrees[kind] = max(degree, degrees.get(kind, 0.0))
        return degrees

    def _kinds_of(self, concept: str) -> Sequence[tuple[str, float]]:
        over = PER if concept.startswith(PER) else ""
        bare = concept[len(over) :]
        if bare.startswith(UNKNOWN):
            return ((over + "thing", _GUESSED_KIND),)
        return [(over + kind, _KIND) for kind in self._kinds.get(bare, ())]

    def _explained(self, said: Mapping[str, float], concepts: frozenset[str], metric: str) -> float:
        """How much of what a name says a metric's name explains."""
        context = self._context[metric]
        explained, total, beside, head = 0.0, 0.0, 0.0, 0.0
        for concept, part in said.items():
            if concept in _DENIALS and concept not in concepts:
                continue
            degree = (
                1.0
                if concept in concepts
                else max((d for k, d in self._kinds_of(concept) if k in concepts), default=0.0)
            )
            if degree:
                weight = self._weights.get(concept, 0.5 if UNKNOWN in concept else 0.7)
                explained += weight * degree
                total += weight
                if concept not in self.vocabulary.light:
                    head = max(head, part)
                continue
            extra = self._extra(concept, part, context)
            if part < 1:
                beside += extra
            else:
                total += extra
        total += min(beside, _TAIL)
        if not total:
            return 0.0
        share: float = (explained / total) ** 0.6
        if head < max((p for c, p in said.items() if c not in self.vocabulary.light), default=0.0):
            share *= _BESIDE
        return share

    def _blocked(self, said: Mapping[str, float], metric: str) -> float:
        """What is left for a metric when a name says something that makes another thing of it (an employee's, a supplier's)."""
        usual, left = self._usual[metric], 1.0
        blocking = self._blocking_in.get(metric.split(".")[0], self._blocking)
        for concept, part in said.items():
            bare = concept.removeprefix(PER)
            if (concept in blocking or bare in blocking) and concept not in usual and bare not in usual:
                left *= _BLOCKED if part > _ASIDE or bare != concept else _BLOCKED_ASIDE
        return left

    def _extra(self, concept: str, part: float, context: AbstractSet[str]) -> float:
        """How much a concept counts that the metric's name does not say."""
        if concept in self.vocabulary.light:
            return 0.03
        if concept == WITHIN:
            return 0.1
        if concept.startswith(PER):
            return 0.1 if concept in context else 0.15
        weight = 0.5 if concept.startswith(UNKNOWN) else self._weights.get(concept, 0.7)
        return weight * part * (0.3 if concept in context else 1.0)
