"""The network behind an analysis: goals, the movements that they set off, and the influences that carry harm between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.findings import ChainLink, Finding, GoalView
from app.domain.terms import Movement


class Carried(NamedTuple):
    """An influence, and how many findings' witness chains run over it: the worst of them and its severity."""

    link: ChainLink
    findings: int
    severity: float
    worst: str


class Touched(NamedTuple):
    """A movement that a witness chain passes, the outcomes that it stands for, and how many findings pass it."""

    movement: Movement
    outcomes: tuple[str, ...]
    findings: int


class InfluenceMap(NamedTuple):
    """Nodes (goals, movements) and edges (influences), each list in an order of its own that depends on nothing else."""

    goals: tuple[GoalView, ...]
    movements: tuple[Touched, ...]
    influences: tuple[Carried, ...]


def influence_map(goals: Sequence[GoalView], findings: Iterable[Finding]) -> InfluenceMap:
    """The map of an analysis. `findings` are single ones, not folded."""
    over: dict[tuple[str, Movement, Movement], list[tuple[ChainLink, Finding]]] = defaultdict(list)
    passing: dict[Movement, set[str]] = defaultdict(set)
    meant: dict[Movement, set[str]] = defaultdict(set)
    for finding in findings:
        for link in finding.chain:
            over[link.id, link.source, link.target].append((link, finding))
            passing[link.source].add(finding.fingerprint)
            passing[link.target].add(finding.fingerprint)
        if finding.chain:
            harmed = (s.key for s in finding.subjects if s.kind == "outcome" and s.role == "target")
            meant[finding.chain[-1].target].update(harmed)
    return InfluenceMap(
        goals=tuple(goals),
        movements=tuple(
            Touched(movement, tuple(sorted(meant[movement])), len(passing[movement])) for movement in sorted(passing)
        ),
        influences=tuple(_carried(over[key]) for key in sorted(over)),
    )


def _carried(passing: Sequence[tuple[ChainLink, Finding]]) -> Carried:
    link, worst = min(passing, key=lambda each: (-each[1].severity, -each[1].confidence, each[1].fingerprint))
    return Carried(link, len({finding.fingerprint for _, finding in passing}), worst.severity, worst.fingerprint)
