"""How much of a company an analysis could judge: shown beside the alignment index, which hidden goals would otherwise raise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.findings import DepartmentView, GoalView


class Coverage(NamedTuple):
    """`outcomes`: the share of what customers are owed that departments reach, weighted by their pressure, None where nobody pushes.

    `departments`: the share of departments that reach any outcome, and so count in the index; `goals`: how many there are; `resolved`: the
    share of them whose metric is known.
    """

    outcomes: float | None
    departments: float | None
    goals: int
    resolved: float | None


class GoalKey(NamedTuple):
    """What a goal goes by from one analysis to the next: its department, and the KPI or component that is its subject."""

    department: str
    kind: str
    key: str


class GoalGone(NamedTuple):
    """A goal that an earlier analysis looked at and a later one does not: removed, renamed, or not in force any more."""

    goal: GoalKey
    pressure: float


def coverage(departments: Sequence[DepartmentView], goals: Sequence[GoalView]) -> Coverage:
    """What an analysis could judge."""
    pressure = math.fsum(department.pressure for department in departments)
    reached = math.fsum(department.pressure * department.coverage for department in departments)
    judged = sum(department.alignment is not None for department in departments)
    known = sum(goal.metric is not None for goal in goals)
    return Coverage(
        outcomes=reached / pressure if pressure else None,
        departments=judged / len(departments) if departments else None,
        goals=len(goals),
        resolved=known / len(goals) if goals else None,
    )


def pushed(goals: Iterable[GoalView]) -> dict[GoalKey, float]:
    """The goals of an analysis with their pressure; of one that is pushed both ways the greater."""
    found: dict[GoalKey, float] = {}
    for goal in goals:
        key = GoalKey(goal.department, goal.subject.kind, goal.subject.key)
        found[key] = max(goal.pressure, found.get(key, 0.0))
    return found


def goals_gone(before: dict[GoalKey, float], after: Iterable[GoalKey]) -> tuple[GoalGone, ...]:
    """The goals that are no longer there, the hardest pushed first."""
    gone = before.keys() - set(after)
    return tuple(GoalGone(key, before[key]) for key in sorted(gone, key=lambda key: (-before[key], key)))
