"""Every pair of a goal with another goal or with an outcome: what the push does there, and how bad that is (semantics §3, §4)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.arcs import FAMILY, Arc, ArcGraph, family_graph
from app.domain.catalogue import Catalogue
from app.domain.goals import Goal, Goals, Item
from app.domain.parameters import INTERNALISED_FROM, RIVAL_HARM, Parameters
from app.domain.reach import NOTHING, Chain, Push, Reach, reach
from app.domain.safeguards import held_share, push_of, split_accountability
from app.domain.severity import net_harm, severity, sign_reliability
from app.domain.terms import Movement, opposite

Fallback = Literal["none", "unknown", "known"]


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A goal's KPI or an outcome as something that can be harmed; `importance` in 0–1."""

    item: Item
    movement: Movement | None
    families: tuple[Movement, ...]
    importance: float

    @property
    def is_outcome(self) -> bool:
        """Whether customers are owed it."""
        return self.item.kind == "outcome"


@dataclass(frozen=True, slots=True)
class Between:
    """What a push does to one wanted movement. `fallback`: whether the question had to be asked of families, and why."""

    harm: float
    help: float
    chain: tuple[Arc, ...]
    help_chain: tuple[Arc, ...]
    reliability: float
    fallback: Fallback = "none"
    rival: bool = False


@dataclass(frozen=True, slots=True, eq=False)
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
        return sum(arc.lag_days for arc in self.between.chain)

    @property
    def confidence(self) -> float:
        """The geometric mean of the confidence of the chain's arcs."""
        return Chain(0.0, self.between.chain).confidence

    @property
    def contested(self) -> bool:
        """Whether an arc is disputed, or the other side weighs half as much or more."""
        disputed = any(arc.influence.contested for arc in self.between.chain)
        return disputed or self.between.help >= 0.5 * self.between.harm

    @property
    def tension(self) -> bool:
        """Whether both goals belong to one department."""
        return not self.target.is_outcome and self.target.item.department == self.goal.department

    @property
    def order(self) -> tuple[float, str, str]:
        """Worst first, then by keys."""
        return (-self.severity, self.goal.key, self.target.item.key)


class Field:
    """The reaches of all goals of one document, and the answers to "what does this goal do to that?"."""

    def __init__(self, goals: Goals, graph: ArcGraph) -> None:
        self.goals = goals
        self.graph = graph
        self.parameters = goals.parameters
        self.rivals = split_accountability(goals)
        self._families = family_graph(goals.catalogue, goals.parameters)
        self._members = _members(goals.catalogue)
        self._own = frozenset(m.id for m in goals.document.metrics)
        self._reach: dict[str, Reach] = {}
        self._pushes: dict[str, Push | None] = {}
        self._answers: dict[object, Between] = {}
        for goal in goals.goals:
            push = push_of(goal, goals, graph, self.rivals)
            self._pushes[goal.key] = push
            self._reach[goal.key] = reach(graph, push, goals.parameters) if push else {}

    def reach_of(self, goal: Goal) -> Reach:
        """Everything that a goal's push reaches."""
        return self._reach[goal.key]

    def between(self, goal: Goal, target: Target) -> Between:
        """What the goal's push does to the target."""
        rival = self._rival(goal, target)
        if rival:
            return rival
        known = self.ask(goal, target)
        if target.item.kind != "outcome" and through_customers(target, known):
            return Between(0.0, known.help, (), known.help_chain, known.reliability, known.fallback)
        return known

    def ask(self, goal: Goal, target: Target) -> Between:
        """The same before it is settled whose conflict a chain through the customers is; answers are kept."""
        signature = (self._pushes[goal.key] or goal.families, goal.movement, target.movement, target.families)
        known = self._answers.get(signature)
        if known is None:
            known = self._answers[signature] = self._ask(goal, target)
        return known

    def _rival(self, goal: Goal, target: Target) -> Between | None:
        pair = {goal.item.key, target.item.key}
        if target.is_outcome or not pair <= self.rivals or goal.movement != target.movement:
            return None
        if goal.item.department == target.item.department:
            return None
        return Between(RIVAL_HARM, 0.0, (), (), 1.0, "none", True)

    def _ask(self, goal: Goal, target: Target) -> Between:
        source, wanted = goal.movement, target.movement
        if source and wanted:
            if source.metric == wanted.metric:
                same = source.direction == wanted.direction
                return Between(0.0 if same else 1.0, 1.0 if same else 0.0, (), (), 1.0)
            found = self._by_metric(goal, wanted)
            if found.harm or found.help:
                return found
            own = source.metric in self._own or wanted.metric in self._own
            fallback: Fallback = "unknown" if own else "known"
            factor = self.parameters.family_unknown * (1.0 if own else self.parameters.family_known)
            return self._by_family(goal, target, factor, fallback)
        return self._by_family(goal, target, self.parameters.family_unknown, "unknown")

    def _by_metric(self, goal: Goal, wanted: Movement) -> Between:
        number = self.graph.movement_index(wanted)
        if number is None:
            return Between(0.0, 0.0, (), (), 1.0)
        chains = self._reach[goal.key]
        return _between(chains.get(number ^ 1, ()), chains.get(number, ()), 1.0, "none")

    def _by_family(self, goal: Goal, target: Target, factor: float, fallback: Fallback) -> Between:
        """The same question one level up, over few family influences; a shared family and direction is help."""
        parameters = self.parameters
        harm, help_ = NOTHING, NOTHING
        for source in goal.families:
            chains = self._family_reach(source)
            for wanted in target.families:
                if source.metric == wanted.metric:
                    if source.direction == wanted.direction:
                        return Between(0.0, parameters.family_unknown, (), (), 1.0, fallback)
                    harm = Chain(1.0, ())
                    continue
                number = self._families.movement_index(wanted)
                if number is None:
                    continue
                harm = _stronger(harm, chains.get(number ^ 1, ()), parameters.family_hops)
                help_ = _stronger(help_, chains.get(number, ()), parameters.family_hops)
        if goal.movement and not target.movement and target.families:
            harm, help_ = self._by_members(goal, target.families[0], harm, help_)
        if harm.weight < parameters.family_floor and harm.arcs and harm.arcs[0].source.metric.startswith(FAMILY):
            harm = NOTHING
        return Between(
            factor * harm.weight,
            factor * help_.weight,
            harm.arcs,
            help_.arcs,
            sign_reliability(harm.weight, help_.weight),
            fallback,
        )

    def _by_members(self, goal: Goal, wanted: Movement, harm: Chain, help_: Chain) -> tuple[Chain, Chain]:
        """When only the target is unknown: metric chains to any metric of its family."""
        chains = self._reach[goal.key]
        for metric, orientation in self._members.get(wanted.metric, ()):
            good = wanted.direction if orientation == "+" else opposite(wanted.direction)
            number = self.graph.movement_index(Movement(metric, good))
            if number is None:
                continue
            harm = _stronger(harm, chains.get(number ^ 1, ()), None)
            help_ = _stronger(help_, chains.get(number, ()), None)
        return harm, help_

    def _family_reach(self, source: Movement) -> Reach:
        number = self._families.movement_index(source)
        return {} if number is None else reach(self._families, Push(number, None), self.parameters)


def targets(goals: Goals) -> list[Target]:
    """Everything that can be harmed: outcomes, then every KPI, `maintain` once for either movement."""
    heaviest = max((o.weight for o in _outcome_sources(goals)), default=0.0) or 1.0
    found: list[Target] = []
    for key in sorted(goals.outcomes):
        item = goals.outcomes[key]
        found += _variants(item, item.source.weight / heaviest)  # type: ignore[union-attr]
    for key in sorted(goals.kpis):
        item = goals.kpis[key]
        found += _variants(item, goals.importance.get(key, 0.0), halve=False)
    return found


def find_conflicts(goals: Goals, graph: ArcGraph) -> tuple[Field, list[Conflict]]:
    """Every harmful pair, the stronger side of each, worst first."""
    field = Field(goals, graph)
    aims = targets(goals)
    answered = Internalised(field)
    strongest: dict[frozenset[tuple[str, str]], Conflict] = {}
    for goal in goals.goals:
        for target in aims:
            found = conflict_of(field, goal, target, answered)
            if found is None:
                continue
            pair = frozenset({(goal.item.kind, goal.item.key), (target.item.kind, target.item.key)})
            before = strongest.get(pair)
            if before is None or found.order < before.order:
                strongest[pair] = found
    return field, sorted(strongest.values(), key=lambda c: c.order)


def conflict_of(field: Field, goal: Goal, target: Target, answered: Internalised) -> Conflict | None:
    """The goal's conflict with the target; None when there is no net harm, or nothing is known of an end."""
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
    lag = sum(arc.lag_days for arc in between.chain)
    if goal.stake:
        net *= 1 - (1 - parameters.clawback_factor) * held_share(goal, lag)
    bad = severity(goal.pressure, target.importance, net, internalised, parameters)
    if between.fallback == "known":
        bad = min(bad, parameters.level_high - 0.1)
    return Conflict(goal, target, between, net, internalised, by, bad)


class Internalised:
    """How hard a goal's own department, or a KPI shared with it, pushes what the target wants, the strongest first."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._known: dict[object, list[tuple[float, str, Goal]]] = {}
        self._pushing: dict[str, list[Goal]] = defaultdict(list)
        goals = field.goals
        for department in {d.key for d in goals.document.departments}:
            for goal in goals.goals:
                carried = goal.item.kind == "kpi" and department in goals.holders[goal.item.key]
                if goal.department == department or (carried and goal.item.key in goals.shared):
                    self._pushing[department].append(goal)

    def by(self, goal: Goal, target: Target) -> tuple[Goal | None, float]:
        """The goal that answers for the target most, and by how much."""
        signature = (goal.department, target.movement, target.families)
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
        number = self._field.graph.movement_index(target.movement)
        if number is None or other.movement.metric == target.movement.metric:
            return 0.0
        chains = self._field.reach_of(other).get(number, ())
        return chains[0].weight if chains and chains[0].weight >= INTERNALISED_FROM else 0.0


def _outcome_sources(goals: Goals) -> Iterator[object]:
    return (item.source for item in goals.outcomes.values())


def _variants(item: Item, importance: float, halve: bool = True) -> list[Target]:
    if item.wanted != "maintain":
        return [Target(item, item.movement, item.families, importance)]
    part = importance * (0.5 if halve else 1.0)
    middle = len(item.families) // 2
    sides = (item.families[:middle], item.families[middle:])
    movements = item.movements or (None, None)
    return [Target(item, m, f, part) for m, f in zip(movements, sides, strict=True)]


def _members(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for metric, family in sorted(catalogue.metric_families.items()):
        found[FAMILY + family.family].append((metric, family.orientation))
    return {family: tuple(metrics) for family, metrics in found.items()}


def _between(harm: tuple[Chain, ...], help_: tuple[Chain, ...], factor: float, fallback: Fallback) -> Between:
    worst, best = harm[0] if harm else NOTHING, help_[0] if help_ else NOTHING
    return Between(
        factor * worst.weight,
        factor * best.weight,
        worst.arcs,
        best.arcs,
        sign_reliability(math.fsum(c.weight for c in harm), math.fsum(c.weight for c in help_)),
        fallback,
    )


def _stronger(best: Chain, chains: tuple[Chain, ...], hops: int | None) -> Chain:
    if not chains or (hops is not None and len(chains[0].arcs) > hops):
        return best
    return chains[0] if chains[0].weight > best.weight else best


def through_customers(target: Target, between: Between) -> bool:
    """Whether the chain is the customers' affair: a chain through a customer metric into a department's goal is the customers' conflict, and is reported as that."""
    if target.movement is not None and target.movement.metric.startswith("customer."):
        return False
    return any(arc.target.metric.startswith("customer.") for arc in between.chain[:-1])
