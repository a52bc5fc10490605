"""The chains that a search kept, weighed anew when influences have other strengths, many samples of strengths at once (semantics §3).

A search keeps the few strongest chains to each movement. With other strengths the strongest of them changes, and their strengths do; a
chain that was never kept cannot become the strongest here. How far that differs from whole runs is stated in `docs/sensitivity.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.arcs import COST_SCALE, Arc, ArcGraph, cost
from app.domain.field import Field
from app.domain.maps import Maps, is_weighed
from app.domain.parameters import Parameters
from app.domain.reach import NOTHING, ROUNDED, Chain, Push, Reach, reach
from app.domain.safeguards import push_of

Array = NDArray[np.float64]

BATCH = 64
"""Samples that are weighed at a time: bounds memory, costs little speed."""

FARTHER = 0.5
"""What the cutoff is multiplied by in the search for chains to keep: some are too weak to count, and would count were they stronger."""

SAME = ROUNDED / COST_SCALE
"""By how much, as a share, weights may differ that are taken for the same."""


class _Slots(NamedTuple):
    """The chains of all searches in one list; those to one movement stand together, in a slot."""

    chains: Sequence[Chain]
    starts: NDArray[np.intp]
    """Where each slot begins."""


class _Sample(NamedTuple):
    """What the chains come to in one sample, slot by slot: the weight and place of the strongest, the sum, all that count."""

    best: Sequence[float]
    place: Sequence[int]
    mass: Sequence[float]
    tied: Sequence[bool]
    """Whether another is exactly as strong as the strongest."""
    weights: Array
    """Chain by chain; 0 for one that does not count."""


class WeighedReach(Reach):
    """A reach whose chains have other weights than those with which they were found. `slots`: movement → its slot."""

    __slots__ = ("_of", "_sample", "_slots")

    def __init__(self, slots: Mapping[int, int], of: _Slots, sample: _Sample) -> None:
        super().__init__({})
        self._slots, self._of, self._sample = slots, of, sample

    def __contains__(self, movement: int) -> bool:
        return self.best(movement) > 0

    def movements(self) -> Iterable[int]:
        """The numbers of all movements reached, in order."""
        return sorted(movement for movement in self._slots if movement in self)

    def best(self, movement: int) -> float:
        """The share of the push that arrives by the strongest chain, 0 when none does."""
        slot = self._slots.get(movement)
        return 0.0 if slot is None else self._sample.best[slot]

    def mass(self, movement: int) -> float:
        """The sum over the chains kept."""
        slot = self._slots.get(movement)
        return 0.0 if slot is None else self._sample.mass[slot]

    def chain(self, movement: int) -> Chain:
        """The strongest chain to a movement."""
        weight = self.best(movement)
        return Chain(weight, self._of.chains[self._sample.place[self._slots[movement]]].arcs) if weight else NOTHING

    def as_strong(self, movement: int) -> Iterator[Chain]:
        """Other chains that are exactly as strong as the strongest."""
        if not self.best(movement) or not self._sample.tied[self._slots[movement]]:
            return iter(())
        first, *others = self.chains(movement)
        return (chain for chain in others if cost(chain.weight) - cost(first.weight) <= ROUNDED)

    def chains(self, movement: int) -> tuple[Chain, ...]:
        """The chains that count, strongest first; of equals in the order in which they were found."""
        slot = self._slots.get(movement)
        if slot is None:
            return ()
        first, last = self._of.starts[slot : slot + 2]
        counted = [(-self._sample.weights[place], place) for place in range(first, last)]
        return tuple(Chain(-weight, self._of.chains[place].arcs) for weight, place in sorted(counted) if weight)


class _Search(NamedTuple):
    """A search on one of the maps, and the slots of the movements that it reached."""

    push: Push
    slots: Mapping[int, int]


class KeptChains:
    """The chains between the goals of a document and everything that they reach, on both maps.

    `influences`: id → its place in a sample of strengths.
    """

    def __init__(self, field: Field, maps: Maps, influences: Mapping[str, int]) -> None:
        self._maps, self._influences = maps, influences
        self._cutoff = field.parameters.cutoff
        self._chains: list[Chain] = []
        self._starts: list[int] = []
        farther = field.parameters._replace(cutoff=FARTHER * field.parameters.cutoff)
        self._metrics = [self._kept(maps.metrics, push, farther) for push in dict.fromkeys(_pushes(field))]
        by_family = farther._replace(max_hops=field.parameters.family_hops)
        starts = sorted(set(_family_starts(field, maps)))
        self._families = [self._kept(maps.families, Push(start, None), by_family) for start in starts]
        self._slots = _Slots(self._chains, np.array([*self._starts, len(self._chains)], dtype=np.intp))
        self._bases = np.array([chain.weight for chain in self._chains])
        self._steps = _steps(self._chains, influences)
        ends = {search.push.start ^ 1 for search in self._metrics}
        self._entering = {end: maps.metrics.entering[end] for end in sorted(ends)}

    def weighed(self, strengths: Array, nominal: Array) -> Iterator[Maps]:
        """The maps with these chains for each sample, a row of `strengths` by place; `nominal` are those with which chains were found."""
        for start in range(0, len(strengths), BATCH):
            batch = strengths[start : start + BATCH]
            for strength, sample in zip(batch, self._samples(batch, nominal), strict=True):
                metrics = self._remembering(self._maps.metrics, self._metrics, sample)
                families = self._remembering(self._maps.families, self._families, sample)
                yield Maps(metrics._replace(entering=self._entering_at(strength)), families)

    def _samples(self, strengths: Array, nominal: Array) -> Iterator[_Sample]:
        if not self._chains:
            return (_Sample((), (), (), (), self._bases) for _ in strengths)
        logs = np.zeros((len(strengths), len(nominal) + 1))
        logs[:, :-1] = np.log(strengths / nominal)
        weights = self._bases * np.exp(logs[:, self._steps].sum(axis=2))
        weights[weights < self._cutoff] = 0.0
        starts, sizes = self._slots.starts[:-1], np.diff(self._slots.starts)
        best = np.maximum.reduceat(weights, starts, axis=1)
        is_best = weights >= np.repeat(best, sizes, axis=1) * (1 - SAME)
        place = np.minimum.reduceat(np.where(is_best, np.arange(len(self._chains)), len(self._chains)), starts, axis=1)
        mass = np.add.reduceat(weights, starts, axis=1)
        tied = np.add.reduceat(is_best, starts, axis=1, dtype=np.intp) > 1
        return map(_Sample, best.tolist(), place.tolist(), mass.tolist(), tied.tolist(), weights)

    def _remembering(self, graph: ArcGraph, searches: Sequence[_Search], sample: _Sample) -> ArcGraph:
        return graph._replace(memo={s.push: WeighedReach(s.slots, self._slots, sample) for s in searches})

    def _entering_at(self, strengths: Array) -> list[list[Arc]]:
        entering = list(self._maps.metrics.entering)
        for end, arcs in self._entering.items():
            entering[end] = [self._arc(arc, strengths) for arc in arcs]
        return entering

    def _arc(self, arc: Arc, strengths: Array) -> Arc:
        place = self._influences.get(arc.id)
        return arc._replace(weight=float(strengths[place])) if place is not None and is_weighed(arc) else arc

    def _kept(self, graph: ArcGraph, push: Push, parameters: Parameters) -> _Search:
        found = reach(graph._replace(memo={}), push, parameters)
        slots = {}
        for movement in found.movements():
            slots[movement] = len(self._starts)
            self._starts.append(len(self._chains))
            self._chains += found.chains(movement)
        return _Search(push, slots)


def _pushes(field: Field) -> Iterator[Push]:
    for goal in field.goals.goals:
        push = push_of(goal, field.goals, field.graph, field.rivals)
        if push is not None:
            yield from (push, push.unrestrained)


def _family_starts(field: Field, maps: Maps) -> Iterator[int]:
    movements = {movement for goal in field.goals.goals for movement in goal.families}
    numbers = (maps.families.movement_index(movement) for movement in movements)
    return (number for number in numbers if number is not None)


def _steps(chains: Sequence[Chain], influences: Mapping[str, int]) -> NDArray[np.intp]:
    """For each chain the places of the influences that it multiplies; shorter ones are filled up with the place after the last."""
    nothing = len(influences)
    places = [[influences.get(arc.id, nothing) if is_weighed(arc) else nothing for arc in c.arcs] for c in chains]
    longest = max(map(len, places), default=1)
    filled = [row + [nothing] * (longest - len(row)) for row in places]
    return np.array(filled, dtype=np.intp).reshape(len(chains), longest)
