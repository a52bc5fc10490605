"""How alike a name and the names of metrics are, word by word: rare words count more (docs/contributing/names.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log, sqrt

from app.domain.names.words import form

_STRANGE = 0.5
"""How much a word that no metric's name holds counts, as a share of the rarest word."""


def words_of(name: str, noise: frozenset[str]) -> frozenset[str]:
    """The words of a name that say something: no numbers, no words that only hold a name together."""
    return frozenset(w for w in form(name).split() if w not in noise and not w[0].isdigit())


def word_weights(named: Iterable[tuple[str, Sequence[str]]], metrics: int) -> dict[str, float]:
    """Word → its weight: the fewer metrics have it in a name, the more. `named`: (metric, its spellings)."""
    holders: dict[str, set[str]] = {}
    for metric, spellings in named:
        for word in " ".join(spellings).split():
            holders.setdefault(word, set()).add(metric)
    return {word: round(log(1 + metrics / len(ids)), 3) for word, ids in sorted(holders.items())}


class Likeness:
    """The spellings of all meanings (in the order of their numbers), made ready to be compared with."""

    def __init__(self, spellings: Sequence[Sequence[str]], weights: dict[str, float]) -> None:
        self._weights = weights
        self._strange = _STRANGE * max(weights.values(), default=1.0)
        self._meanings: list[int] = []
        self._lengths: list[float] = []
        self._postings: dict[str, list[int]] = {}
        for meaning, spelled in enumerate(spellings):
            for spelling in spelled:
                words = spelling.split()
                for word in words:
                    self._postings.setdefault(word, []).append(len(self._meanings))
                self._meanings.append(meaning)
                self._lengths.append(sqrt(sum(weights[w] ** 2 for w in words)))

    def knows(self, word: str) -> bool:
        """Whether any metric's name holds the word."""
        return word in self._weights

    def of(self, words: frozenset[str]) -> dict[int, float]:
        """Meaning → cosine in 0–1 between the words and the nearest name that means it."""
        shared: dict[int, float] = {}
        length = 0.0
        for word in sorted(words):
            weight = self._weights.get(word, self._strange) ** 2
            length += weight
            for number in self._postings.get(word, ()):
                shared[number] = shared.get(number, 0.0) + weight
        found: dict[int, float] = {}
        for number, part in shared.items():
            likeness = part / self._lengths[number]
            meaning = self._meanings[number]
            if likeness > found.get(meaning, 0.0):
                found[meaning] = likeness
        return {meaning: likeness / sqrt(length) for meaning, likeness in found.items()}
