"""A bound on what sets of moves clear, from what each move and each two of them were seen to do.

Whatever the order in which the moves of a set are made, each takes off a finding at most the share that it takes off beside the one of
those before it that hinders it least, and what it does beside each of them beyond what both do alone. Of sets of one and two that is what
was seen; of larger ones it rests on pairs. A flaw of pay rests on conflicts, and goes, too, once all of them may have become too small.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from app.domain.optimise_runs import Chosen
from tests.cases.flaw_grounds import Ground

Array = NDArray[np.float64]
Sets = NDArray[np.intp]
"""A row for each set: the places of its moves, from the strongest to the weakest."""

Severities = Mapping[str, float]
"""Finding → its severity; of conflicts that flaws rest on once more, as grounds (`as_ground`)."""

GONE = 1e-9
"""The severity of what is gone, so that it has a logarithm."""

NUMBERS = 2_000_000
"""Numbers in one array, so that memory is bounded: sets are looked at so many at a time."""


def as_ground(conflict: str, least: float) -> str:
    """The key of a conflict as what flaws rest on that ask for so large a severity."""
    return f"{conflict} from {least:g}"


class Bound:
    """What sets of up to so many moves take off findings at most.

    `count`: how many moves there are; `findings`: those that count; `least`: the severity from which on they do; `grounds`: of flaws among
    them; `seen`: what is left once a set of two moves or fewer is made, None where that cannot be.
    """

    def __init__(
        self,
        count: int,
        findings: Collection[str],
        least: float,
        grounds: Mapping[str, Ground],
        seen: Callable[[Chosen], Severities | None],
        most: int,
    ) -> None:
        bounds = {as_ground(key, ground.least): ground.least for ground in grounds.values() for key in ground.conflicts}
        self._keys = [*sorted(findings), *sorted(bounds)]
        self._count, self._most = len(findings), most
        at_first = seen(frozenset()) or {}
        self._severities = np.array([at_first[key] for key in self._keys])
        self._enough = np.log(self._severities / (np.array([bounds.get(key, least) for key in self._keys]) + GONE))
        """What has to be taken off of each so that it counts no more; shares are logarithms, as everywhere here."""
        place = {key: place for place, key in enumerate(self._keys)}
        self._grounds = [
            (place[flaw], np.array([place[as_ground(key, ground.least)] for key in ground.conflicts], dtype=np.intp))
            for flaw, ground in sorted(grounds.items())
        ]
        self.burden = float(self._severities[: self._count].sum())
        self._alone = np.zeros((count, len(self._keys)))
        self._beside = np.zeros((count, count, len(self._keys)))
        """What a move (second) takes off beside another (first), no more than alone."""
        self._beyond = np.zeros((count, count, len(self._keys)))
        """What two moves take off together beyond what both do alone."""
        self._apart = np.eye(count, dtype=np.bool_)
        made = [number for number in range(count) if self._is_seen(number, seen(frozenset({number})))]
        for one, other in combinations(made, 2):
            self._see(one, other, seen(frozenset({one, other})))
        self.moves = frozenset(made)
        """Those that can be made by themselves."""
        useful = self._alone.any(axis=1) | self._beyond.any(axis=(1, 2))
        self.idle = [number for number in made if not useful[number]]
        """Moves that clear nothing, neither alone nor beside another."""
        strength = self.burden - self._left(self._alone)
        self._numbers = sorted((number for number in made if useful[number]), key=lambda n: (-strength[n], n))
        self._places = {number: place for place, number in enumerate(self._numbers)}
        pairs = np.ix_(self._numbers, self._numbers)
        self._alone = self._alone[self._numbers]
        self._beside, self._beyond, self._apart = self._beside[pairs], self._beyond[pairs], self._apart[pairs]
        highest = np.sort(self._beyond, axis=1)[:, ::-1]
        self._shares_beyond = [highest[:, :others].sum(axis=1) / 2 for others in range(most)]
        """For so many other moves to come: each move's half of what it does with them beyond what they do alone, at most."""

    def cleared(self, chosen: Chosen) -> float:
        """The share of all severity at medium and above that a set clears at most."""
        places = sorted(self._places[number] for number in chosen if number in self._places)
        return 1 - float(self._left(self._taken(np.array([places], dtype=np.intp)))[0]) / self.burden

    def open(self, share: float) -> Iterator[Chosen]:
        """Sets that may clear so large a share, as far as the bound can tell."""
        if self._numbers:
            for places in self._open(np.zeros((1, 0), dtype=np.intp), (1 - share) * self.burden):
                yield frozenset(self._numbers[place] for place in places)

    def _is_seen(self, number: int, alone: Severities | None) -> bool:
        if alone is not None:
            self._alone[number] = self._off(alone)
        return alone is not None

    def _see(self, one: int, other: int, together: Severities | None) -> None:
        if together is None:
            self._apart[one, other] = self._apart[other, one] = True
            return
        both, first, second = self._off(together), self._alone[one], self._alone[other]
        self._beside[one, other] = np.minimum(second, (both - first).clip(0))
        self._beside[other, one] = np.minimum(first, (both - second).clip(0))
        self._beyond[one, other] = self._beyond[other, one] = (both - first - second).clip(0)

    def _off(self, after: Severities) -> Array:
        left = np.array([after.get(key, 0.0) for key in self._keys])
        return np.log(self._severities / np.maximum(left, GONE)).clip(0)

    def _open(self, sets: Sets, target: float) -> Iterator[Sets]:
        """Those that leave no more than the target, of all that these sets become with moves after their own."""
        size, moves = sets.shape[1], np.arange(len(self._numbers))
        fits = ~self._apart[sets].any(axis=1)
        if size:
            fits &= sets[:, -1:] < moves
        taken = self._taken(sets)
        gains = np.where(fits, self._gains(taken, self._more(sets)), 0.0)
        least_left = self._left(taken)[:, np.newaxis] - _with_best_of_later(gains, self._most - size - 1)
        rows, places = np.nonzero(fits & (least_left <= target))
        grown = np.column_stack([sets[rows], places])
        for some in self._in_parts(grown, len(self._keys)):
            yield from self._leaving(some, target)
        if size + 1 < self._most:
            for some in self._in_parts(grown, len(self._keys) * len(moves)):
                yield from self._open(some, target)

    def _in_parts(self, sets: Sets, numbers: int) -> Iterator[Sets]:
        at_a_time = max(1, NUMBERS // numbers)
        return (sets[start : start + at_a_time] for start in range(0, len(sets), at_a_time))

    def _leaving(self, sets: Sets, target: float) -> Sets:
        """The sets that leave no more than the target."""
        taken = np.full((len(sets), len(self._keys)), math.inf)
        for order in _orders(sets.shape[1]):
            taken = np.minimum(taken, self._in_order(sets[:, order]))
            open_ = self._left(taken) <= target
            sets, taken = sets[open_], taken[open_]
        return sets

    def _taken(self, sets: Sets) -> Array:
        """set × finding → what is taken off at most, the lowest over the orders in which moves may be made."""
        orders = (self._in_order(sets[:, order]) for order in _orders(sets.shape[1]))
        return np.minimum.reduce(list(orders)) if sets.shape[1] else np.zeros((len(sets), len(self._keys)))

    def _in_order(self, sets: Sets) -> Array:
        taken: Array = self._alone[sets[:, 0]]
        for place in range(1, sets.shape[1]):
            before, move = sets[:, :place].T, sets[:, place]
            taken = taken + self._beside[before, move].max(axis=0) + self._beyond[before, move].sum(axis=0)
        return taken

    def _more(self, sets: Sets) -> Array:
        """set × move × finding → what a move takes off beside a set and whatever else is made before it, at most."""
        count = self._most - sets.shape[1]
        if count == 1 < self._most:
            more = self._beside[sets].max(axis=1)
        else:
            more = self._alone + self._shares_beyond[count - 1]
        together: Array = more + self._beyond[sets].sum(axis=1)
        return together

    def _gains(self, taken: Array, more: Array) -> Array:
        """set × move → points that it clears beside what is taken off already, read off the least concave curve above what is cleared of
        each finding, which is gone once it counts no more: so several clear no more than the sum of what each does."""
        counts = np.where(self._stands(taken), self._severities[: self._count], 0.0)
        gains = self._of_grounds(counts, self._enough - taken, more)
        taken, more, enough = taken[:, : self._count], more[:, :, : self._count], self._enough[: self._count]
        bend = np.maximum(taken, enough - 1)
        slope = counts * np.exp(-bend) / np.maximum(enough - bend, GONE)
        taken, bend, counts, slope = (array[:, np.newaxis] for array in (taken, bend, counts, slope))
        after = np.minimum(taken + more, np.maximum(taken, enough))
        curve = counts * (np.exp(-taken) - np.exp(-np.minimum(after, bend)))
        gains += (curve + slope * (after - bend).clip(0)).sum(axis=-1)
        return gains

    def _of_grounds(self, counts: Array, missing: Array, more: Array) -> Array:
        """set × move → the same of flaws that lose their grounds: of each, what brings down the conflict that has most to go."""
        gains = np.zeros(more.shape[:2])
        sets, moves = np.ogrid[: more.shape[0], : more.shape[1]]
        for flaw, conflicts in self._grounds:
            last = missing[:, conflicts].argmax(axis=1)[:, np.newaxis]
            way = np.maximum(np.take_along_axis(missing[:, conflicts], last, axis=1), GONE)
            gains += counts[:, flaw, np.newaxis] * np.minimum(more[sets, moves, conflicts[last]] / way, 1)
        return gains

    def _left(self, taken: Array) -> Array:
        """What is left from medium on."""
        after = self._severities * np.exp(-taken)
        left: Array = np.where(self._stands(taken), after[:, : self._count], 0.0).sum(axis=-1)
        return left

    def _stands(self, taken: Array) -> NDArray[np.bool_]:
        """set × finding → whether it still counts."""
        stands = taken <= self._enough
        for flaw, conflicts in self._grounds:
            stands[:, flaw] &= stands[:, conflicts].any(axis=1)
        return stands[:, : self._count]


def _with_best_of_later(gains: Array, count: int) -> Array:
    """set × move → what it gains together with the best so many of the moves after it."""
    best, later = np.empty_like(gains), np.zeros((len(gains), count))
    for place in reversed(range(gains.shape[1])):
        best[:, place] = gains[:, place] + later.sum(axis=1)
        later = np.sort(np.column_stack([later, gains[:, place]]), axis=1)[:, 1:]
    return best


def _orders(size: int) -> list[list[int]]:
    """The orders in which moves may be made; which of the first two comes first is all the same."""
    return [list(order) for order in permutations(range(size)) if size < 2 or order[0] < order[1]]
