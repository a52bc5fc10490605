"""The fewest movements that must be guarded so that no harmful chain of some pushes is left (a minimum cut over chains; semantics §3).

Not every path on the map is a chain: what may follow what, how many steps there are, and how strong a chain must be to count, is decided by
the search. So the search is asked: which harmful chain is left once these movements are shut? Each answer must be met by every cut; the
smallest set that meets all answers so far is tried next, until no chain is left. Then it is a cut, and none is smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.domain.arcs import ArcGraph
from app.domain.hitting_sets import smallest_hitting_set
from app.domain.parameters import Parameters
from app.domain.reach import Chain, Push, reach

SHUT = 0.0
"""The factor of a guard that lets nothing through."""


class Harm(NamedTuple):
    """A push, the movement at which it does harm, and the movements over which no chain counts."""

    push: Push
    end: int
    shut: frozenset[int] = frozenset()


class ChainCut(NamedTuple):
    """The movements to guard, and the harmful chains that were met, each by the place of its harm."""

    movements: frozenset[int]
    chains: tuple[tuple[int, Chain], ...]


def smallest_cut(
    graph: ArcGraph,
    harms: Sequence[Harm],
    parameters: Parameters,
    *,
    may_guard: Callable[[int], bool],
    price: Callable[[int], int] = lambda movement: 0,
) -> ChainCut:
    """The smallest cut; of several the one of the lowest price, then the first by number. The end of a chain can always be guarded."""
    met: dict[tuple[int, tuple[str, ...]], Chain] = {}
    sets: set[frozenset[int]] = set()
    cut: frozenset[int] = frozenset()
    while left := list(_left(graph, harms, parameters, cut)):
        for place, chain in left:
            met.setdefault((place, tuple(arc.id for arc in chain.arcs)), chain)
            end = harms[place].end
            sets.add(frozenset(a.goes_to for a in chain.arcs if a.goes_to == end or may_guard(a.goes_to)))
        cut = smallest_hitting_set(sets, lambda movement: (price(movement), f"{movement:08}"))
    return ChainCut(cut, tuple((place, chain) for (place, _), chain in met.items()))


def _left(
    graph: ArcGraph, harms: Sequence[Harm], parameters: Parameters, cut: frozenset[int]
) -> Iterator[tuple[int, Chain]]:
    """Harmful chains that pass none of the movements of a cut, the strongest of each harm."""
    for place, harm in enumerate(harms):
        if harm.end in cut:
            continue
        for chain in reach(graph, shutting(harm.push, cut | harm.shut), parameters).chains(harm.end):
            if chain.weight >= parameters.harm_floor:
                yield place, chain


def shutting(push: Push, movements: frozenset[int]) -> Push:
    """The same push where nothing passes some movements."""
    return guarding(push, dict.fromkeys(movements, SHUT))


def guarding(push: Push, factors: dict[int, float]) -> Push:
    """The same push with further guards; of two on one movement the stronger holds."""
    guards = dict(push.guards)
    for movement, factor in factors.items():
        guards[movement] = min(factor, guards.get(movement, 1.0))
    return push._replace(guards=tuple(sorted(guards.items())))
