"""How alike a name and the names of metrics are, word by word: rare words count more (docs/contributing/names.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log, sqrt
from typing import Any

from app.domain.name_words import form

_STRANGE = 0.5
"""How much a word that no metric's name holds counts, as a share of the rarest word."""


def words_of(name: str, noise: frozenset[str]) -> frozenset[str]:
    """The words of a name that say something: no numbers, no words that only hold a name together."""
    return frozenset(w for w in form(name).split() if w not in noise and not w[0].isdigit())


def word_weights(spellings: Iterable[tuple[str, frozenset[str]]], metrics: int) -> dict[str, float]:
    """Word → its weight: the fewer metrics have it in a name, the more. `spellings`: (metric, words)."""
    holders: dict[str, set[str]] = {}
    for metric, words in spellings:
        for word in words:
            holders.setdefault(word, set()).add(metric)
    return {word: round(log(1 + metrics / len(ids)), 3) for word, ids in sorted(holders.items())}


class Likeness:
    """The spellings of an index, made ready to be compared with."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self._weights: dict[str, float] = index["word_weights"]
        self._strange = _STRANGE * max(self._weights.values(), default=1.0)
        self._meanings: list[tuple[str, bool]] = []
        self._lengths: list[float] = []
        self._postings: dict[str, list[int]] = {}
        for metric, inverted, spellings in index["spellings"]:
            for spelling in spellings:
                words = spelling.split()
                for word in words:
                    self._postings.setdefault(word, []).append(len(self._meanings))
                self._meanings.append((metric, bool(inverted)))
                self._lengths.append(sqrt(sum(self._weights[w] ** 2 for w in words)))

    def knows(self, word: str) -> bool:
        """Whether any metric's name holds the word."""
        return word in self._weights

    def of(self, words: frozenset[str]) -> dict[tuple[str, bool], float]:
        """(metric, inverted) → cosine in 0–1 between the words and the metric's nearest name."""
        shared: dict[int, float] = {}
        length = 0.0
        for word in sorted(words):
            weight = self._weights.get(word)
            length += (weight or self._strange) ** 2
            for number in self._postings.get(word, ()):
                shared[number] = shared.get(number, 0.0) + (weight or 0.0) ** 2
        found: dict[tuple[str, bool], float] = {}
        for number, part in shared.items():
            meaning = self._meanings[number]
            likeness = part / (self._lengths[number] * sqrt(length))
            if likeness > found.get(meaning, 0.0):
                found[meaning] = likeness
        return found
