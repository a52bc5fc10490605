"""Every goal that harms another goal or an outcome: by how much in the end, and how bad that is (semantics §4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.domain.arcs import ArcGraph
from app.domain.field import Between, Field, Target
from app.domain.goals import Goal, Goals
from app.domain.parameters import INTERNALISED_FROM
from app.domain.safeguards import held_share
from app.domain.severity import net_harm, severity


@dataclass(frozen=True, eq=False)
class Conflict:
    """A goal that harms a target: the numbers that rules read and findings report."""

    goal: Goal
    target: Target
    between: Between
    net: float
    internalised: float
    internalised_by: Goal | None
    severity: float

    @property
    def lag_days(self) -> int:
        """How long the harm takes to show."""
        return self.between.harmed_by.lag_days

    @property
    def confidence(self) -> float:
        """The geometric mean of the confidence of the chain's arcs."""
        return self.between.harmed_by.confidence

    @property
    def contested(self) -> bool:
        """Whether an arc is disputed, or the other side weighs half as much or more."""
        return self.between.harmed_by.disputed or self.between.help >= 0.5 * self.between.harm

    @property
    def tension(self) -> bool:
        """Whether both goals belong to one department."""
        return not self.target.is_outcome and self.target.item.department == self.goal.department

    @property
    def order(self) -> tuple[float, bool, float, str, str]:
        """Worst first; of equals those between departments, then the surest, then by keys."""
        return (-self.severity, self.tension, -self.confidence, self.goal.key, self.target.item.key)


def find_conflicts(goals: Goals, graph: ArcGraph, like: Field | None = None) -> tuple[Field, list[Conflict]]:
    """Every harmful pair, the stronger side of each, worst first, and the field in which it was found."""
    field = Field(goals, graph, like)
    return field, conflicts_in(field)


def conflicts_in(field: Field) -> list[Conflict]:
    """Every harmful pair of a field, the stronger side of each, worst first."""
    answered = Internalised(field)
    strongest: dict[frozenset[tuple[str, str]], Conflict] = {}
    for goal in field.goals.goals:
        for target in field.targets:
            found = conflict_of(field, goal, target, answered)
            if found is None:
                continue
            pair = frozenset({(goal.item.kind, goal.item.key), (target.item.kind, target.item.key)})
            before = strongest.get(pair)
            if before is None or found.order < before.order:
                strongest[pair] = found
    return sorted(strongest.values(), key=lambda c: c.order)


def conflict_of(field: Field, goal: Goal, target: Target, answered: Internalised) -> Conflict | None:
    """The goal's conflict with the target; None when there is no net harm, nobody pushes or cares, or nothing is known of an end."""
    if target.item is goal.item or not (goal.movement or goal.families):
        return None
    parameters = field.parameters
    between = field.between(goal, target)
    if between.harm <= 0:
        return None
    net = net_harm(between.harm, between.help, parameters)
    if net <= 0:
        return None
    by, internalised = answered.by(goal, target)
    if goal.held:
        held = held_share(goal, between.harmed_by.lag_days)
        net *= 1 - (1 - parameters.clawback_factor) * held
    bad = severity(goal.pressure, target.importance, net, internalised, parameters)
    if between.fallback == "known":
        bad = min(bad, parameters.level_high - 0.1)
    if bad <= 0:
        return None
    return Conflict(goal, target, between, net, internalised, by, bad)


class Internalised:
    """How hard a goal's own department, or a KPI shared with it, pushes what the target wants, the strongest first."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._known: dict[tuple[str, int], list[tuple[float, str, Goal]]] = {}
        self._pushing: dict[str, list[Goal]] = defaultdict(list)
        goals = field.goals
        for department in {d.key for d in goals.document.departments}:
            for goal in goals.goals:
                carried = goal.item.kind == "kpi" and department in goals.holders[goal.item.key]
                if goal.department == department or (carried and goal.item.key in goals.shared):
                    self._pushing[department].append(goal)

    def by(self, goal: Goal, target: Target) -> tuple[Goal | None, float]:
        """The goal that answers for the target most, and by how much."""
        signature = (goal.department, target.signature)
        ranked = self._known.get(signature)
        if ranked is None:
            ranked = self._known[signature] = self._rank(goal.department, target)
        for strength, key, other in ranked:
            if other.item is not goal.item and (other.item.kind, key) != (target.item.kind, target.item.key):
                return other, strength
        return None, 0.0

    def _rank(self, department: str, target: Target) -> list[tuple[float, str, Goal]]:
        found = []
        for other in self._pushing[department]:
            strength = other.pressure * self._same(other, target)
            if strength > 0:
                found.append((strength, other.item.key, other))
        return sorted(found, key=lambda f: (-f[0], f[1], f[2].key))

    def _same(self, other: Goal, target: Target) -> float:
        if not other.movement or not target.movement:
            return self._field.parameters.family_unknown if set(other.families) & set(target.families) else 0.0
        if other.movement == target.movement:
            return 1.0
        if target.number is None or other.movement.metric == target.movement.metric:
            return 0.0
        reached = self._field.reach_of(other).best(target.number)
        return reached if reached >= INTERNALISED_FROM else 0.0
