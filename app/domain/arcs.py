"""The influence map as a graph of movements: what one movement drives, weighted and indexed for the search (semantics §3).

Annotations are values here: as texts, each would be compiled at every start.
"""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from app.domain.catalogue import Catalogue, Influence
from app.domain.parameters import CONTESTED_FACTOR, EVIDENCE_CONFIDENCE, SUPPORT_FACTOR, Parameters
from app.domain.terms import CONTROLS_ALL, Direction, Movement, opposite

COST_SCALE = 1e9
"""Costs are −ln(strength) in whole billionths, so that equal products are equal exactly."""

FAMILY = "family:"
LEVER = "lever."
BOTH: tuple[Direction, ...] = ("up", "down")
"""The directions in the order of a node's two movements."""


@lru_cache(maxsize=512)
def cost(weight: float) -> int:
    """The additive cost of a factor in (0, 1]; one is added so that of equal products the shorter chain wins."""
    return round(-math.log(weight) * COST_SCALE) + 1


class Arc(NamedTuple):
    """One directed arc between movements. `pressing`: stands only before the first other one; `means`: an identity walked backwards."""

    id: str
    source: Movement
    target: Movement
    weight: float
    confidence: float
    lag_days: int
    pressing: bool
    means: bool
    influence: Influence
    goes_to: int
    cost: int
    log_confidence: float
    rank: int

    def __eq__(self, other: object) -> bool:
        """An arc is equal to itself alone: comparing all that it holds would cost more than the search."""
        return self is other

    def __hash__(self) -> int:
        return id(self)


class ArcGraph(NamedTuple):
    """All main arcs over one set of nodes (metrics, or families). Movement 2·i is node i going up, 2·i+1 going down."""

    nodes: tuple[str, ...]
    numbers: Mapping[str, int]
    """Node → its place in `nodes`."""
    free: list[list[Arc]]
    """Causal and identity arcs by source movement, the strongest first."""
    pressing: list[list[Arc]]
    """The same and pressure arcs."""
    head: list[list[Arc]]
    """The same and identities walked backwards."""
    entering: list[list[Arc]]
    """Causal and identity arcs by target movement."""
    levers: Mapping[str, tuple[Arc, ...]]
    controlled: Mapping[str, int]
    """Function → bit set of the nodes that it controls."""
    customer: int
    """Bit set of the customers' own metrics."""
    contested_pairs: frozenset[str]
    """Ids of main influences with counter-evidence."""
    counters: Mapping[str, tuple[str, ...]]
    memo: dict[object, object]
    """Reaches already searched on this graph."""

    def movement_index(self, movement: Movement) -> int | None:
        """The number of a movement, None when the node is unknown."""
        i = self.numbers.get(movement.metric)
        return None if i is None else 2 * i + (movement.direction == "down")

    def movement(self, number: int) -> Movement:
        """The movement of a number."""
        return Movement(self.nodes[number >> 1], "down" if number & 1 else "up")

    def controls(self, function: str) -> int:
        """Bit set of the nodes that a function controls."""
        return self.controlled.get(function, -1)


@lru_cache(maxsize=8)
def metric_graph(catalogue: Catalogue, parameters: Parameters) -> ArcGraph:
    """The graph of a catalogue's metric-level influences."""
    functions: dict[str, tuple[str, ...]] = {m.id: m.controllable_by for m in catalogue.metrics.values()}
    good: dict[str, Direction | None] = {m.id: m.good for m in catalogue.metrics.values()}
    return _graph(sorted(catalogue.metrics), catalogue.influences.values(), parameters, functions, good)


@lru_cache(maxsize=8)
def family_graph(catalogue: Catalogue, parameters: Parameters) -> ArcGraph:
    """The graph of the family-level influences; nodes are `family:<id>`. Identities are not walked backwards: archetypes have no parts."""
    return _graph(
        [FAMILY + f for f in sorted(catalogue.families)],
        catalogue.family_influences.values(),
        parameters,
        {},
        {},
        FAMILY,
    )


def _strengths(parameters: Parameters) -> dict[str, float]:
    """The weight of each label of strength."""
    return {
        "weak": parameters.strength_weak,
        "moderate": parameters.strength_moderate,
        "strong": parameters.strength_strong,
    }


def confidence(influence: Influence) -> float:
    """How sure an influence is: evidence class × support, less when contested."""
    factor = CONTESTED_FACTOR if influence.contested else 1.0
    return EVIDENCE_CONFIDENCE[influence.evidence] * SUPPORT_FACTOR[influence.support] * factor


def _graph(
    nodes: list[str],
    influences: Iterable[Influence],
    parameters: Parameters,
    controllable_by: Mapping[str, tuple[str, ...]],
    good: Mapping[str, Direction | None],
    prefix: str = "",
) -> ArcGraph:
    drawn = _Drawn(nodes, parameters, good, prefix)
    every = sorted(influences, key=attrgetter("id"))
    for place, influence in enumerate(every):
        drawn.add(influence, place)
    for arcs in drawn.causal:
        arcs.sort(key=_STRENGTH)
    counters = _counters(every)
    return ArcGraph(
        nodes=tuple(nodes),
        numbers=drawn.numbers,
        free=drawn.causal,
        pressing=_strongest_first(drawn.causal, drawn.pressure),
        head=_strongest_first(drawn.causal, drawn.pressure, drawn.means),
        entering=_entering(drawn.causal),
        levers={lever: tuple(arcs) for lever, arcs in drawn.levers.items()},
        controlled=_controlled(nodes, controllable_by),
        customer=sum(1 << i for i, node in enumerate(nodes) if node.startswith("customer.")),
        contested_pairs=frozenset(counters),
        counters=counters,
        memo={},
    )


class _Drawn:
    """The arcs of influences over some nodes, by the number of the movement that each leaves; those of levers by lever."""

    def __init__(
        self, nodes: list[str], parameters: Parameters, good: Mapping[str, Direction | None], prefix: str
    ) -> None:
        self.numbers = {node: i for i, node in enumerate(nodes)}
        self.causal: list[list[Arc]] = [[] for _ in range(2 * len(nodes))]
        self.pressure: list[list[Arc]] = [[] for _ in self.causal]
        self.means: list[list[Arc]] = [[] for _ in self.causal]
        self.levers: dict[str, list[Arc]] = {}
        self._movements = [Movement(node, direction) for node in nodes for direction in BOTH]
        self._strengths, self._good, self._prefix = _strengths(parameters), good, prefix

    def add(self, influence: Influence, place: int) -> None:
        """Draw an influence, which stands at this place among all, for each direction of its source for which it is claimed."""
        target = self.numbers.get(self._prefix + influence.target)
        label = self._strengths[influence.strength]
        weight = 1.0 if influence.kind == "identity" else label
        if influence.role != "main" or influence.sign == "0" or target is None or weight <= 0:
            return
        for down, direction in enumerate(BOTH):
            if influence.source_direction not in ("both", direction):
                continue
            end = 2 * target + (down ^ (influence.sign == "-"))
            if not influence.source.startswith(LEVER):
                self._add_arc(influence, place, direction, end, weight, label)
            elif direction == "up":
                lever = Movement(self._prefix + influence.source, direction)
                pushed = _arc(influence, place, lever, self._movements[end], end, weight)
                self.levers.setdefault(influence.source, []).append(pushed)

    def _add_arc(
        self, influence: Influence, place: int, direction: Direction, end: int, weight: float, label: float
    ) -> None:
        """Draw an arc between movements of nodes; an identity also backwards, but for what would make its source worse."""
        source = self.numbers.get(self._prefix + influence.source)
        if source is None:
            return
        start, movements = 2 * source + (direction == "down"), self._movements
        kind = self.pressure if influence.kind == "pressure" else self.causal
        kind[start].append(_arc(influence, place, movements[start], movements[end], end, weight))
        wanted = self._good.get(influence.source)
        whole = influence.kind == "identity" and not self._prefix
        if whole and label > 0 and not (wanted and direction == opposite(wanted)):
            back = _arc(influence, place, movements[end], movements[start], start, label, walked_back=True)
            self.means[end].append(back)


def _entering(leaving: list[list[Arc]]) -> list[list[Arc]]:
    """The same arcs by the movement that each leads to."""
    entering: list[list[Arc]] = [[] for _ in leaving]
    for arc in chain.from_iterable(leaving):
        entering[arc.goes_to].append(arc)
    return entering


def _counters(influences: Iterable[Influence]) -> dict[str, tuple[str, ...]]:
    """Main influences with counter-evidence → the influences that are it."""
    counters: dict[str, list[str]] = {}
    for influence in influences:
        for countered in influence.counters if influence.role == "counter" else ():
            counters.setdefault(countered, []).append(influence.id)
    return {id_: tuple(sorted(against)) for id_, against in counters.items()}


def _arc(
    influence: Influence, place: int, source: Movement, target: Movement, goes_to: int, weight: float, *,
    walked_back: bool = False,
) -> Arc:  # fmt: skip
    """An arc of an influence, which stands at this place among all."""
    sure = confidence(influence)
    return Arc(
        influence.id, source, target, weight, sure, 0 if walked_back else influence.lag_days,
        walked_back or influence.kind == "pressure", walked_back, influence, goes_to, cost(weight), math.log(sure),
        2 * place + walked_back,
    )  # fmt: skip


def _strongest_first(some: list[list[Arc]], *more: list[list[Arc]]) -> list[list[Arc]]:
    """The arcs of several kinds by source movement, so that a search stops at the first that is too weak; `some` are in order."""
    return [
        sorted(chain(arcs, *others), key=_STRENGTH) if any(others) else arcs
        for arcs, *others in zip(some, *more, strict=True)
    ]


_STRENGTH = attrgetter("cost", "rank")


def _controlled(nodes: list[str], controllable_by: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    functions = {f for who in controllable_by.values() for f in who}
    anybody = sum(1 << i for i, node in enumerate(nodes) if not controllable_by.get(node))
    held = {
        f: anybody | sum(1 << i for i, node in enumerate(nodes) if f in controllable_by.get(node, ()))
        for f in functions - CONTROLS_ALL
    }
    known = {"sales", "marketing", "service", "customer_success", "product", "operations", "finance", "hr"}
    return {**dict.fromkeys(known, anybody), **held}
