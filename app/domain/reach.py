"""What a push does: the strongest chains from one goal to every movement (semantics §3).

Best-first over simple chains with whole-number costs. A chain uses no metric twice; at most `CHAINS_KEPT` chains are kept per movement,
several because the best chain to a movement may block a longer one by having used its metric.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from app.domain.arcs import Arc, ArcGraph, cost
from app.domain.parameters import CHAINS_KEPT, Parameters


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of arcs and the share of the push that arrives at its end."""

    weight: float
    arcs: tuple[Arc, ...]

    @property
    def lag_days(self) -> int:
        """The sum of the lags."""
        return sum(a.lag_days for a in self.arcs)

    @property
    def confidence(self) -> float:
        """The geometric mean over the arcs; 1 for none."""
        return math.exp(sum(a.log_confidence for a in self.arcs) / len(self.arcs)) if self.arcs else 1.0

    @property
    def passes_customers(self) -> bool:
        """Whether the chain runs through a customer metric before its end."""
        return any(a.target.metric.startswith("customer.") for a in self.arcs[:-1])


NOTHING = Chain(0.0, ())

Reach = Mapping[int, tuple[Chain, ...]]
"""Movement number → the chains kept, strongest first."""


@dataclass(frozen=True, slots=True)
class Push:
    """Where a search starts and what restrains it.

    `levers`: arcs that start at the goal itself, each with its share of the goal's pressure. `guards`: movement number → factor on arcs
    into it. `spill`: factor on a chain once. `function`: whose control bounds later pressure arcs; None = anybody's.
    """

    start: int
    function: str | None
    levers: tuple[tuple[Arc, float], ...] = ()
    guards: tuple[tuple[int, float], ...] = ()
    spill: float = 1.0


def reach(graph: ArcGraph, push: Push, parameters: Parameters) -> Reach:
    """Every movement that the push reaches at `cutoff` or more, with the strongest chains."""
    known = graph.memo.get((push, parameters))
    if known is None:
        known = graph.memo[(push, parameters)] = _search(graph, push, parameters)
    return known  # type: ignore[return-value]


def _search(graph: ArcGraph, push: Push, parameters: Parameters) -> dict[int, tuple[Chain, ...]]:
    limit = cost(parameters.cutoff) + 8 if parameters.cutoff > 0 else math.inf
    decay = cost(parameters.decay) - 1 if parameters.decay > 0 else math.inf
    controlled = -1 if push.function is None else graph.controls(push.function)
    guards = {number: max(factor, 1e-9) for number, factor in push.guards}
    leaving = (graph.head, graph.pressing, graph.free)
    kept: dict[int, list[tuple[int, _Step]]] = {}
    heap: list[tuple[int, float, int, int, int, _Step]] = []
    counter = 0

    def push_step(arc: Arc, base: int, hops: int, used: int, phase: int, log_sum: float, before: _Step | None) -> None:
        nonlocal counter
        total = base + arc.cost + (decay if hops else 0)
        if guards or push.spill < 1:
            factor = guards.get(arc.goes_to, 1.0)
            if not hops:
                factor = min(factor, push.spill)
            if factor < 1:
                total += cost(max(factor, 1e-9)) - 1
        if total > limit:
            return
        log_sum += arc.log_confidence
        counter += 1
        after = 2 if not arc.pressing else 0 if arc.means and phase == 0 else 1
        step = (arc, before, used | 1 << (arc.goes_to >> 1), after, log_sum)
        heappush(heap, (total, -log_sum / (hops + 1), hops + 1, arc.rank, counter, step))

    origin = 1 << (push.start >> 1)
    for arc in leaving[0][push.start]:
        if not origin >> (arc.goes_to >> 1) & 1:
            push_step(arc, 0, 0, origin, 0, 0.0, None)
    for arc, share in push.levers:
        if share > 0 and not origin >> (arc.goes_to >> 1) & 1:
            push_step(arc, cost(share) - 1, 0, origin, 1, 0.0, None)

    while heap:
        total, _, hops, _, _, step = heappop(heap)
        arc, before, used, phase, log_sum = step
        here = arc.goes_to
        steps = kept.setdefault(here, [])
        if len(steps) >= CHAINS_KEPT:
            continue
        steps.append((total, step))
        if hops >= parameters.max_hops:
            continue
        for following in leaving[phase][here]:
            node = following.goes_to >> 1
            if used >> node & 1 or (following.pressing and not controlled >> node & 1):
                continue
            push_step(following, total, hops, used, phase, log_sum, step)
    return {number: tuple(_chain(t, s) for t, s in steps) for number, steps in kept.items()}


_Step = tuple[Arc, "_Step | None", int, int, float]  # type: ignore[misc]


def _chain(total: int, step: _Step | None) -> Chain:
    arcs: list[Arc] = []
    while step is not None:
        arcs.append(step[0])
        step = step[1]
    return Chain(math.exp(-(total - len(arcs)) / 1e9), tuple(reversed(arcs)))
