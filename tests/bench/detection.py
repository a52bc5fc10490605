"""Detection against the bare shortest paths of its goals, and how it grows with the company."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from datetime import date

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from app.catalogue.load import catalogue
from app.domain.arcs import ArcGraph, metric_graph
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.parameters import Parameters
from app.domain.reach import Push, Reach, reach
from app.domain.rulebook import compiled_rules
from app.domain.safeguards import push_of
from tests.bench.company import a_company
from tests.bench.timing import Ratio, ratio, seconds

AS_OF = date(2026, 1, 1)
SIZES = ((3, 10, 6), (4, 30, 20), (12, 100, 70), (20, 300, 200), (40, 1000, 600))


def ratios() -> Iterator[Ratio]:
    """Names pinned, no recommendations; nothing remembered from earlier runs."""
    what = "detection, 12 departments, 80 KPIs, 60 components"
    document = document_from(a_company(12, 80, 60), catalogue())
    found = detection(document)
    graph, goals = found.graph, [goal for goal in found.goals.goals if goal.movement]
    sources = [n for goal in goals for n in [graph.movement_index(goal.movement)] if goal.movement and n is not None]
    pushes = [p for goal in goals for p in [push_of(goal, found.goals, graph, found.field.rivals)] if p is not None]
    yield Ratio(
        what,
        ratio(lambda: detection(document), lambda: strongest_chains(graph, pushes)),
        5,
        "the bare strongest simple chains of its goals (semantics §3), nothing made of them",
    )
    yield Ratio(
        what,
        ratio(lambda: detection(document), lambda: shortest_paths(graph, sources)),
        math.inf,
        "a textbook Dijkstra in Python for each goal, which may use a metric twice and keeps one path (no bound)",
    )
    yield Ratio(
        what,
        ratio(lambda: detection(document), lambda: compiled_shortest_paths(graph, sorted(set(sources)))),
        math.inf,
        "the same by SciPy's compiled Dijkstra, all goals at once (no bound)",
    )
    yield Ratio("growth exponent of detection from 10 to 1,000 goals", exponent(), 1.3, "goals + reported pairs")


def strongest_chains(graph: ArcGraph, pushes: list[Push]) -> list[Reach]:
    """What each goal reaches, searched afresh."""
    graph.memo.clear()
    return [reach(graph, push, Parameters()) for push in pushes]


def detection(document: Document) -> Detection:
    """One detection from nothing: the searches that the graph remembers are forgotten."""
    metric_graph(catalogue(), Parameters()).memo.clear()
    return detect(document, catalogue(), compiled_rules(catalogue()), AS_OF)


def exponent() -> float:
    """The slope of log time over log size, by least squares."""
    points = []
    for departments, kpis, components in SIZES:
        document = document_from(a_company(departments, kpis, components), catalogue())
        found = detection(document)
        size = len(found.goals.goals) + sum(match.conflict is not None for match in found.matches)
        points.append((math.log(size), math.log(min(seconds(lambda d=document: detection(d)) for _ in range(2)))))  # type: ignore[misc]
    slope, _ = np.polyfit(*zip(*points, strict=True), 1)
    return float(slope)


def shortest_paths(graph: ArcGraph, sources: list[int]) -> list[dict[int, tuple[int, int]]]:
    """Movement → (cost, movement before it), for each source: no gates, levers, phases or simple chains."""
    return [_shortest(graph, source) for source in sources]


def _shortest(graph: ArcGraph, source: int, limit: int = 3_000_000_000) -> dict[int, tuple[int, int]]:
    done: dict[int, tuple[int, int]] = {}
    heap = [(0, source, -1)]
    while heap:
        cost, here, before = heapq.heappop(heap)
        if here in done:
            continue
        done[here] = (cost, before)
        for arc in graph.head[here]:
            if arc.goes_to not in done and cost + arc.cost <= limit:
                heapq.heappush(heap, (cost + arc.cost, arc.goes_to, here))
    return done


def compiled_shortest_paths(graph: ArcGraph, sources: list[int]) -> object:
    """The same by SciPy, matrix and all."""
    costs: dict[tuple[int, int], int] = {}
    for here, arcs in enumerate(graph.head):
        for arc in arcs:
            costs[here, arc.goes_to] = min(arc.cost, costs.get((here, arc.goes_to), arc.cost))
    size = 2 * len(graph.nodes)
    matrix = csr_matrix((list(costs.values()), tuple(zip(*costs, strict=True))), shape=(size, size))
    return dijkstra(matrix, indices=sources, limit=3e9, return_predecessors=True)
