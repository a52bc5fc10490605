"""What measures are about: customers, selling, speed, and what is carried by whom (semantics §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.domain.arcs import FAMILY
from app.domain.catalogue import Metric
from app.domain.document import Component
from app.domain.field import Field
from app.domain.goals import SELLING, Goal, Goals, Item, Part

SPEED = frozenset({FAMILY + "work_speed", FAMILY + "throughput_volume"})
FRONT = frozenset({"sales", "marketing", "service", "customer_success"})
"""Functions that deal with customers."""


class Paid(NamedTuple):
    """A component with the goal that it pays for."""

    goal: Goal
    part: Part


class Measures:
    """Answers about the items of one document, from metrics first and families where there is none."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.goals: Goals = field.goals
        self.paid: dict[tuple[str, str], Paid] = {}
        for goal in self.goals.goals:
            for part in goal.parts:
                self.paid.setdefault((part.incentive_plan.key, part.component.key), Paid(goal, part))
        self._measuring = _measuring(self.goals)
        self._owed = {o.movement for o in self.goals.outcomes.values() if o.movement}

    def metric(self, item: Item) -> Metric | None:
        """The metric behind an item."""
        return self.goals.metric(item)

    def is_outcome(self, item: Item) -> bool:
        """Whether the item is a customer outcome wanted in its good direction, or one of the document's outcomes."""
        metric = self.metric(item)
        if item.movement is None or metric is None:
            return False
        return item.movement in self._owed or (metric.customer_outcome and metric.good == item.movement.direction)

    def about_customers(self, item: Item) -> bool | None:
        """Whether the item says how customers fare; by its family without a metric, None when it was not understood."""
        if item.movement is not None:
            return self.is_outcome(item)
        families = self.goals.catalogue.families
        known = [(families[m.metric.removeprefix(FAMILY)], m) for m in item.families if m.metric.startswith(FAMILY)]
        return any(f.customer_outcome and m.direction == "up" for f, m in known) if known else None

    def sells(self, item: Item) -> bool:
        """Whether the metric wins or expands customers."""
        metric = self.metric(item)
        return metric is not None and metric.reap in SELLING

    def speeds(self, item: Item) -> bool:
        """Whether the item asks for working speed or a number of cases."""
        return any(m.metric in SPEED and m.direction == "up" for m in item.families[:1])

    def surveyed(self, item: Item) -> bool:
        """Whether customers say it, in scores."""
        metric = self.metric(item)
        customers = metric is not None and (metric.customer_outcome or metric.id.startswith("customer."))
        return customers and metric is not None and metric.unit == "score"

    def protects_customers(self, kpi: str) -> bool | None:
        """Whether a KPI is a customer outcome or helps one more than it harms it; None when not in force or not understood."""
        item = self.goals.kpis.get(kpi)
        if item is None or item.movement is None:
            return None
        if self.is_outcome(item):
            return True
        field = self.field
        pushes = [goal for goal in self.goals.goals if goal.item is item]
        answers = [field.between(goal, target) for goal in pushes for target in field.targets if target.is_outcome]
        return any(answer.help >= max(answer.harm, field.parameters.harm_floor) for answer in answers)

    def reaches_outcome(self, goal: Goal) -> bool:
        """Whether a goal's push helps or harms an outcome by the harm floor or more."""
        floor = self.field.parameters.harm_floor
        answers = (self.field.between(goal, target) for target in self.field.targets if target.is_outcome)
        return any(max(answer.harm, answer.help) >= floor for answer in answers)

    def department_reaches_outcome(self, department: str) -> bool | None:
        """Whether a goal of the department does; None when none does and it has no goal, or one that was not understood."""
        pushed = [goal for goal in self.goals.goals if goal.department == department]
        if any(self.reaches_outcome(goal) for goal in pushed):
            return True
        return False if pushed and all(goal.movement for goal in pushed) else None

    def guarded(self, component: Component) -> bool | None:
        """Whether a gate or a modifier on the component protects customers; None when none does and one was not understood."""
        answers = [self.protects_customers(guard.kpi) for guard in (component.gate, component.modifier) if guard]
        return True if True in answers else None if None in answers else False

    def driven_by_others(self, item: Item, department: str) -> bool:
        """Whether another department's KPI, not one of customers, moves the item by one moderate or stronger arc, not mere judgement."""
        if item.movement is None:
            return False
        mine = {department, item.department}
        end = self.field.graph.movement_index(item.movement)
        drivers = {
            arc.source.metric
            for arc in (self.field.graph.entering[end] if end is not None else ())
            if arc.influence.kind == "identity"
            or (arc.influence.strength != "weak" and arc.influence.support != "none")
        }
        return any(self._measuring.get(metric, frozenset()) - mine for metric in drivers)


def _measuring(goals: Goals) -> Mapping[str, frozenset[str | None]]:
    """Metric → the departments with a KPI on it; customers' own metrics are nobody's work alone and are left out."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for item in goals.kpis.values():
        if item.kind == "kpi":
            for movement in item.movements:
                if not movement.metric.startswith("customer."):
                    found[movement.metric].add(item.department)
    return {metric: frozenset(departments) for metric, departments in found.items()}


def reap_shares(goals: Iterable[Goal], measures: Measures) -> dict[str, float | None]:
    """REAP driver → its share of the pressure on goals whose metric is known; None for all when there is none."""
    known = [(metric.reap, g.pressure) for g in goals if (metric := measures.metric(g.item)) is not None]
    whole = sum(pressure for _, pressure in known)
    return {
        f"{driver}_share": sum(p for reap, p in known if reap == driver) / whole if whole > 0 else None
        for driver in ("retention", "efficiency", "acquisition", "penetration")
    }
