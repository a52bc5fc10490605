"""What a push does: the strongest chains from one goal to every movement (semantics §3).

Best-first over simple chains with whole-number costs. A chain uses no metric twice, so the best chain to a movement may block a longer
one by having used its metric: that is why several chains to a movement are followed (`MOST_FOLLOWED`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from app.domain.arcs import COST_SCALE, Arc, ArcGraph, cost
from app.domain.parameters import CHAINS_KEPT, Parameters

HEAD, PRESSED, FREE = 0, 1, 2
"""What may follow: anything; pressure, causal and identity arcs; causal and identity arcs only."""

MOST_FOLLOWED = 8
"""Chains to one movement that are followed. Of 800,000 movements reached on maps with random arcs made strong, none at or above the
floor of harm was found weaker than by following all; with 3, one in 2,000 was."""

NEAR = 2
"""Arcs of a chain that counts as near; each further one loses more."""

ROUNDED = 8
"""Units of cost by which equal products may differ once each factor is rounded."""

MOST_KEPT = 300
"""Searches remembered on one graph; then the one that was not asked for longest is forgotten, so that memory stays bounded in a service."""


class Chain:
    """A chain of arcs and the share of the push that arrives at its end; a found one spells its arcs out when asked for.

    What its arcs come to is reckoned once: the answers between goals, and so their chains, are shared by documents that are alike.
    """

    __slots__ = ("_arcs", "_step", "_sums", "weight")

    def __init__(self, weight: float, arcs: tuple[Arc, ...] = (), step: Any = None) -> None:
        self.weight = weight
        self._arcs = arcs
        self._step = step
        self._sums: tuple[float, int, bool] | None = None

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs, first to last."""
        if self._step is not None:
            self._arcs, self._step = _spelled(self._step), None
        return self._arcs

    @property
    def confidence(self) -> float:
        """The geometric mean over the arcs; 1 for none."""
        return (self._sums or self._summed())[0]

    @property
    def lag_days(self) -> int:
        """How long it takes until the push arrives, in all."""
        return (self._sums or self._summed())[1]

    @property
    def disputed(self) -> bool:
        """Whether one of the arcs is."""
        return (self._sums or self._summed())[2]

    def _summed(self) -> tuple[float, int, bool]:
        arcs = self.arcs
        confidence = math.exp(sum(a.log_confidence for a in arcs) / len(arcs)) if arcs else 1.0
        self._sums = confidence, sum(a.lag_days for a in arcs), any(a.influence.contested for a in arcs)
        return self._sums


NOTHING = Chain(0.0)


class Push(NamedTuple):
    """Where a search starts and what restrains it.

    `levers`: arcs that start at the goal itself, each with its share of the goal's pressure. `guards`: movement number → factor on arcs
    into it. `spill`: factor on a chain once. `function`: whose control bounds later pressure arcs; None = anybody's.
    """

    start: int
    function: str | None
    levers: tuple[tuple[Arc, float], ...] = ()
    guards: tuple[tuple[int, float], ...] = ()
    spill: float = 1.0

    @property
    def unrestrained(self) -> Push:
        """The same push without safeguards."""
        return self._replace(guards=(), spill=1.0)


class Reach:
    """The movements that a push reaches, each with its strongest chains; chains are spelled out when asked for."""

    __slots__ = ("_kept",)

    def __init__(self, kept: dict[int, list[Any]]) -> None:
        self._kept = kept

    def __contains__(self, movement: int) -> bool:
        return movement in self._kept

    def movements(self) -> Iterable[int]:
        """The numbers of all movements reached, in order."""
        return sorted(self._kept)

    def best(self, movement: int) -> float:
        """The share of the push that arrives by the strongest chain, 0 when none does."""
        entries = self._kept.get(movement)
        return _weight(entries[0]) if entries else 0.0

    def mass(self, movement: int) -> float:
        """The sum over the chains kept."""
        return math.fsum(map(_weight, self._kept.get(movement, ())))

    def chain(self, movement: int) -> Chain:
        """The strongest chain to a movement."""
        entries = self._kept.get(movement)
        return _chain(entries[0]) if entries else NOTHING

    def as_strong(self, movement: int) -> Iterator[Chain]:
        """Other chains that are exactly as strong as the strongest."""
        first, *others = self._kept.get(movement, (None,))
        return (_chain(e) for e in others if _product(e) - _product(first) <= ROUNDED)

    def chains(self, movement: int) -> tuple[Chain, ...]:
        """The chains kept, strongest first."""
        return tuple(map(_chain, self._kept.get(movement, ())))


UNREACHED = Reach({})


def reach(graph: ArcGraph, push: Push, parameters: Parameters) -> Reach:
    """Every movement that the push reaches at `cutoff` or more, with the strongest chains."""
    memo = graph.memo
    known = memo.pop(push, None) or Reach(_search(graph, push, parameters))
    memo[push] = known
    while len(memo) > MOST_KEPT:
        with suppress(KeyError, RuntimeError):  # another thread forgets one at the same time
            del memo[next(iter(memo))]
    return known  # type: ignore[return-value]


def _search(graph: ArcGraph, push: Push, parameters: Parameters) -> dict[int, list[Any]]:
    """Heap entries order chains by cost, then confidence, then hops, then ids: (cost, −mean log confidence, hops, arc, number, step)."""
    limit = cost(parameters.cutoff) + 8 if parameters.cutoff > 0 else math.inf
    decay = [_step_cost(parameters, arcs) for arcs in range(parameters.max_hops + 1)]
    most_hops = parameters.max_hops
    controlled = -1 if push.function is None else graph.controls(push.function)
    guards = {number: _factor(factor) for number, factor in push.guards}
    leaving = (graph.head, graph.pressing, graph.free)
    heap = _first_steps(graph, push, guards, limit)
    heapify(heap)
    count = len(heap)
    kept: dict[int, list[Any]] = {}
    followed = [0] * (2 * len(graph.nodes))
    while heap:
        entry = heappop(heap)
        total, _, hops, _, _, step = entry
        arc, _, used, phase, log_sum = step
        here = arc.goes_to
        if followed[here] >= MOST_FOLLOWED:
            continue
        followed[here] += 1
        if followed[here] <= CHAINS_KEPT:
            kept.setdefault(here, []).append(entry)
        if hops >= most_hops:
            continue
        base, after_hops = total + decay[hops], hops + 1
        for following in leaving[phase][here]:
            further = base + following.cost
            if further > limit:
                break
            there = following.goes_to
            node = there >> 1
            if followed[there] >= MOST_FOLLOWED or used >> node & 1:
                continue
            if following.pressing:
                if not controlled >> node & 1:
                    continue
                after = HEAD if following.means and phase == HEAD else PRESSED
            else:
                after = FREE
            if guards and there in guards:
                further += guards[there]
                if further > limit:
                    continue
            count += 1
            sure = log_sum + following.log_confidence
            heappush(
                heap,
                (
                    further,
                    -sure / after_hops,
                    after_hops,
                    following.rank,
                    count,
                    (following, step, used | 1 << node, after, sure),
                ),
            )
    return kept


def _first_steps(graph: ArcGraph, push: Push, guards: dict[int, int], limit: float) -> list[Any]:
    """The arcs that leave the goal: its movement's and its levers'; a gate's spill and guards weigh on them."""
    origin = 1 << (push.start >> 1)
    spill = _factor(push.spill)
    leaving = [(arc, 0) for arc in graph.head[push.start]] + [
        (arc, _factor(share)) for arc, share in push.levers if share > 0
    ]
    heap: list[Any] = []
    for number, (arc, extra) in enumerate(leaving):
        total = arc.cost + extra + max(guards.get(arc.goes_to, 0), spill)
        node = arc.goes_to >> 1
        if total > limit or origin >> node & 1:
            continue
        after = FREE if not arc.pressing else HEAD if arc.means else PRESSED
        step = (arc, None, origin | 1 << node, after, arc.log_confidence)
        heap.append((total, -arc.log_confidence, 1, arc.rank, number, step))
    return heap


def step_factor(parameters: Parameters, arcs: int) -> float:
    """What is left of a push when one arc more follows so many, beside the strength of that arc."""
    return parameters.decay * (parameters.decay_far if arcs >= NEAR else 1.0)


def _step_cost(parameters: Parameters, arcs: int) -> float:
    factor = step_factor(parameters, arcs)
    return cost(factor) - 1 if factor > 0 else math.inf


def _factor(weight: float) -> int:
    """The cost of a factor that is no arc of its own."""
    return cost(max(weight, 1e-9)) - 1


def _product(entry: Any) -> int:
    """The cost of a chain's product alone, without the unit that each arc adds."""
    return int(entry[0] - entry[2])


def _weight(entry: Any) -> float:
    return math.exp((entry[2] - entry[0]) / COST_SCALE)


def _chain(entry: Any) -> Chain:
    return Chain(_weight(entry), step=entry[5])


def _spelled(step: Any) -> tuple[Arc, ...]:
    arcs: list[Arc] = []
    while step is not None:
        arcs.append(step[0])
        step = step[1]
    return tuple(reversed(arcs))
