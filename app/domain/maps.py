"""The influence maps that a run walks, and variants of them: an influence less, one turned round, only those that were measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import NamedTuple

from app.domain.arcs import Arc, ArcGraph, family_graph
from app.domain.catalogue import Influence
from app.domain.field import Field

Change = Callable[[Arc], Arc | None]
"""What becomes of an arc; None takes it out."""

MEASURED = frozenset({"identity", "meta_analysis", "experiment", "quasi_experiment", "observational"})
"""Classes of evidence in which somebody counted; in the others somebody judged, or told of one company."""

_STRENGTH = attrgetter("cost", "rank")


class Maps(NamedTuple):
    """The map of metrics, and that of families, which is asked where an end has no metric or no chain joins both."""

    metrics: ArcGraph
    families: ArcGraph

    def redrawn(self, change: Change) -> Maps:
        """The maps with every arc changed; nothing is remembered on them yet."""
        return Maps(_redrawn(self.metrics, change), _redrawn(self.families, change))


def maps_of(field: Field) -> Maps:
    """The maps on which a field was asked."""
    return Maps(field.graph, family_graph(field.goals.catalogue, field.parameters))


def is_judged(influence: Influence) -> bool:
    """Whether an influence rests on judgement, its class of evidence or the lack of a source saying so, and not on a measurement."""
    return influence.evidence not in MEASURED or influence.support == "none"


def without(influences: Iterable[str]) -> Change:
    """Take influences out, by id."""
    out = frozenset(influences)
    return lambda arc: None if arc.id in out else arc


def only_measured(arc: Arc) -> Arc | None:
    """Take out what is judged."""
    return None if is_judged(arc.influence) else arc


def flipped(influence: str) -> Change:
    """Turn the sign of an influence round. Of an identity walked backwards it is the sum that moves the other way, not its part."""

    def change(arc: Arc) -> Arc:
        if arc.id != influence:
            return arc
        if arc.means:
            return arc._replace(source=arc.source.opposite)
        return arc._replace(target=arc.target.opposite, goes_to=arc.goes_to ^ 1)

    return change


def is_weighed(arc: Arc) -> bool:
    """Whether the arc's weight is a class of strength, and not arithmetic."""
    return arc.means or arc.influence.kind != "identity"


def _redrawn(graph: ArcGraph, change: Change) -> ArcGraph:
    """The same graph with other arcs, in the order in which a search needs them: the strongest first."""
    changed = (change(arc) for leaving in graph.head for arc in leaving)
    head: list[list[Arc]] = [[] for _ in graph.head]
    for arc in sorted((arc for arc in changed if arc is not None), key=_STRENGTH):
        start = graph.movement_index(arc.source)
        assert start is not None
        head[start].append(arc)
    pressing = [[arc for arc in arcs if not arc.means] for arcs in head]
    free = [[arc for arc in arcs if not arc.pressing] for arcs in pressing]
    entering: list[list[Arc]] = [[] for _ in head]
    for arcs in free:
        for arc in arcs:
            entering[arc.goes_to].append(arc)
    levers = {
        lever: tuple(other for arc in arcs if (other := change(arc)) is not None)
        for lever, arcs in graph.levers.items()
    }
    return graph._replace(free=free, pressing=pressing, head=head, entering=entering, levers=levers, memo={})
