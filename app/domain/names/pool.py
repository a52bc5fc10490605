"""What all names of a metric say together: how likely each metric is, given a name's words and concepts (docs/contributing/names.md).

A likeness to the nearest single name overlooks what many names have in common. Naive Bayes over the words and the concepts of all names
of a meaning sees it; it is counted, not trained, and is evidence among other evidence (app.domain.names.odds).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

CONCEPT = "#"
"""Before a concept, so that it is no word."""
_SMOOTH = 0.05
"""What every meaning is taken to have of every word, in names."""
_LEAST = -25.0
"""Logarithm of a probability below which nothing more is said."""


class Pool:
    """Words and concepts of the names of each meaning (in the order of their numbers), counted and ready to be asked."""

    def __init__(self, spellings: Sequence[Sequence[str]], frames: Iterable[tuple[int, Sequence[str]]]) -> None:
        postings: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        totals = [0] * len(spellings)
        for meaning, spelled in enumerate(spellings):
            words = " ".join(spelled).split()
            totals[meaning] += len(words)
            for word in words:
                postings[word][meaning] += 1
        for meaning, concepts in frames:
            totals[meaning] += len(concepts)
            for concept in concepts:
                postings[CONCEPT + concept][meaning] += 1
        names = [max(1, len(spelled)) for spelled in spellings]
        all_names = sum(names)
        self._priors = [log(number / all_names) for number in names]
        self._lengths = [log(total + _SMOOTH * len(postings)) for total in totals]
        self._postings = postings

    def knows(self, word: str) -> bool:
        """Whether any metric's name holds the word."""
        return word in self._postings

    def of(self, words: Iterable[str], concepts: Mapping[str, float]) -> list[float]:
        """Logarithm of the probability of each meaning. A concept counts as much as it matters in the name."""
        said = dict.fromkeys(sorted(words), 1.0) | {CONCEPT + concept: part for concept, part in concepts.items()}
        said = {feature: part for feature, part in said.items() if feature in self._postings}
        whole = sum(said.values())
        found = [prior - whole * length for prior, length in zip(self._priors, self._lengths, strict=True)]
        for feature, part in said.items():
            for meaning, count in self._postings[feature].items():
                found[meaning] += part * log(1 + count / _SMOOTH)
        most = max(found, default=0.0)
        all_ = most + log(sum(exp(one - most) for one in found)) if found else 0.0
        return [max(_LEAST, one - all_) for one in found]
