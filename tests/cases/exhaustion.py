"""What no set of moves can clear: every set of up to so many is looked at through a bound, and what that leaves open is run.

A safeguard beside others takes no larger a share off a finding than by itself, nor than beside one of them: severities are products, and
what two safeguards both hold back is held back once. So a set leaves at least what these shares leave, one multiplied by the other. The
engine has floors, under which harm is none, so that this is no theorem: `shortfall` says by how much sets that were run went beyond.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from app.domain.optimise_model import OF_FINDINGS
from app.domain.optimise_runs import Chosen, Run
from tests.domain.plans import Pool

Array = NDArray[np.float64]
Sets = NDArray[np.intp]

GONE = 1e-9
"""The severity of what is gone, so that it has a logarithm."""

MOST_OPEN = 400_000
"""Sets of one size that are held at a time; more are too many to be looked at."""

CHUNK = 2_000


class TooMany(Exception):
    """More sets are open than can be looked at."""


class Bound:
    """A bound on what sets of the moves of a pool clear; each move is run by itself, whatever it makes worse, and later beside others."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        before = pool.runs.before.look
        self._findings = sorted(before.counted)
        self._severities = np.array([before.severities[key] for key in self._findings])
        self._least = math.exp(pool.model.least)
        self.burden = float(self._severities.sum())
        drops = {}
        for number in range(len(pool.moves)):
            run = pool.runs.of(frozenset({number}))
            if run is not None and all(constraint.kind in OF_FINDINGS for constraint in run.broken):
                drops[number] = np.log(self._severities / np.maximum(self._of(run), GONE)).clip(0)
        self._moves = [number for number, drop in drops.items() if drop.any()]
        self._drops = np.array([drops[n] for n in self._moves]).reshape(len(self._moves), len(self._findings))
        self._apart = np.array(
            [
                [one != other and pool.model.apart(frozenset({one}), other) for other in self._moves]
                for one in self._moves
            ]
        ).reshape(len(self._moves), len(self._moves))

        self._beside = np.repeat(self._drops[np.newaxis], len(self._moves), axis=0)
        """What each move (second place) takes off beside each other (first place), as a share in logarithms."""

    def tightened(self) -> Bound:
        """The bound once all moves were run two by two."""
        for one, other in combinations(range(len(self._moves)), 2):
            run = self._pool.runs.of(frozenset({self._moves[one], self._moves[other]}))
            if run is None:
                self._apart[one, other] = self._apart[other, one] = True
                continue
            both = np.log(self._severities / np.maximum(self._of(run), GONE))
            for first, second in ((one, other), (other, one)):
                more = (both - self._drops[first]).clip(0)
                self._beside[first, second] = np.minimum(more, self._drops[second])
        return self

    def shortfall(self, run: Run) -> float:
        """By how much a run cleared more than the bound allows for, as a share of all severity at medium and above; below 0 if less."""
        places = np.array([place for place, number in enumerate(self._moves) if number in run.chosen], dtype=np.intp)
        sum_ = np.zeros(len(self._findings))
        for count, place in enumerate(places):
            sum_ += self._more(places[np.newaxis, :count], place)[0]
        return float(self._left(sum_) - self._counted(self._of(run))) / self.burden

    def open(self, share: float, most: int) -> Iterator[Chosen]:
        """Sets of up to so many moves that may clear so large a share, as far as the bound can tell. Raises TooMany."""
        target = (1 - share) * self.burden
        sets, sums = np.zeros((1, 0), dtype=np.intp), np.zeros((1, len(self._findings)))
        for size in range(1, most + 1):
            further = self._best_of_later(most - size)
            next_sets = [np.zeros((0, size), dtype=np.intp)]
            next_sums = [sums[:0]]
            for start in range(0, len(sets), CHUNK):
                for number in range(len(self._moves)):
                    chunk = slice(start, start + CHUNK)
                    fits = self._fits(sets[chunk], number)
                    grown, sum_ = (
                        _with(sets[chunk][fits], number),
                        sums[chunk][fits] + self._more(sets[chunk][fits], number),
                    )
                    for row in grown[self._left(sum_) <= target]:
                        yield frozenset(self._moves[place] for place in row)
                    hopeful = self._left(sum_ + further[number]) <= target
                    next_sets.append(grown[hopeful])
                    next_sums.append(sum_[hopeful])
            sets, sums = np.concatenate(next_sets), np.concatenate(next_sums)
            if len(sets) > MOST_OPEN:
                raise TooMany(f"{len(sets)} sets of {size}")

    def _more(self, sets: Sets, number: int) -> Array:
        """What a move takes off beside each of these sets at most: no more than beside any one of their moves."""
        least: Array = self._drops[number] + np.zeros((len(sets), 1))
        for place in sets.T:
            least = np.minimum(least, self._beside[place, number])
        return least

    def _fits(self, sets: Sets, number: int) -> NDArray[np.bool_]:
        """Which sets a move goes together with, each set being made once: from the first of its moves to the last."""
        if sets.shape[1] == 0:
            return np.ones(len(sets), dtype=np.bool_)
        fits: NDArray[np.bool_] = (sets[:, -1] < number) & ~self._apart[sets, number].any(axis=1)
        return fits

    def _best_of_later(self, count: int) -> Array:
        """For each move, what the strongest so many of those after it take off each finding, whichever those are."""
        best = np.zeros_like(self._drops)
        for number in range(len(self._moves) - 1):
            best[number] = np.sort(self._drops[number + 1 :], axis=0)[::-1][:count].sum(axis=0)
        return best

    def _left(self, drops: Array) -> Array:
        return self._counted(self._severities * np.exp(-drops))

    def _counted(self, severities: Array) -> Array:
        """What is at medium and above."""
        counted: Array = np.where(severities >= self._least, severities, 0.0).sum(axis=-1)
        return counted

    def _of(self, run: Run) -> Array:
        return np.array([run.look.severities.get(key, 0.0) for key in self._findings])


def _with(sets: Sets, number: int) -> Sets:
    return np.column_stack([sets, np.full(len(sets), number, dtype=np.intp)])
