"""What all names of a metric say together: how likely each metric is, given a name's words and concepts (docs/contributing/names.md).

A likeness to the nearest single name overlooks what many names have in common. Naive Bayes over the words and the concepts of all names
of a meaning sees it; it is counted, not trained, and is evidence among other evidence (app.domain.name_odds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

_SMOOTH = 0.05
"""What every meaning is taken to have of every word, in names."""
_LEAST = -25.0
"""Logarithm of a probability below which nothing more is said."""


class Pool:
    """Words and concepts of the names of each meaning (in the order of their numbers), counted and ready to be asked."""

    def __init__(self, spellings: Sequence[Sequence[str]], frames: Iterable[tuple[int, Iterable[str]]]) -> None:
        postings: dict[str, dict[int, int]] = {}
        totals = [0] * len(spellings)
        for meaning, spelled in enumerate(spellings):
            for spelling in spelled:
                for word in spelling.split():
                    _count(postings, totals, word, meaning)
        for meaning, concepts in frames:
            for concept in concepts:
                _count(postings, totals, CONCEPT + concept, meaning)
        names = [max(1, len(spelled)) for spelled in spellings]
        self._priors = [log(n / sum(names)) for n in names]
        self._lengths = [log(total + _SMOOTH * len(postings)) for total in totals]
        self._more = {
            feature: [(meaning, log(1 + count / _SMOOTH)) for meaning, count in counts.items()]
            for feature, counts in postings.items()
        }

    def knows(self, word: str) -> bool:
        """Whether any metric's name holds the word."""
        return word in self._more

    def of(self, words: Iterable[str], concepts: Mapping[str, float]) -> list[float]:
        """Logarithm of the probability of each meaning. A concept counts as much as it matters in the name."""
        said = dict.fromkeys(sorted(words), 1.0) | {CONCEPT + concept: part for concept, part in concepts.items()}
        said = {feature: part for feature, part in said.items() if feature in self._more}
        whole = sum(said.values())
        found = [prior - whole * length for prior, length in zip(self._priors, self._lengths, strict=True)]
        for feature, part in said.items():
            for meaning, more in self._more[feature]:
                found[meaning] += part * more
        most = max(found, default=0.0)
        all_ = most + log(sum(exp(one - most) for one in found)) if found else 0.0
        return [max(_LEAST, one - all_) for one in found]


CONCEPT = "#"
"""Before a concept, so that it is no word."""


def _count(postings: dict[str, dict[int, int]], totals: list[int], feature: str, meaning: int) -> None:
    counts = postings.setdefault(feature, {})
    counts[meaning] = counts.get(meaning, 0) + 1
    totals[meaning] += 1
