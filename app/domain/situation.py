"""What a remedy has to know: the company with the places of its parts, and one finding in it (semantics §8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from app.domain.arcs import FAMILY, Arc
from app.domain.catalogue import Metric
from app.domain.conflicts import Conflict
from app.domain.detection import Detection, Match
from app.domain.document import Component, Department, Document, IncentivePlan, Kpi
from app.domain.facts.measures import Measures
from app.domain.field import Between, Target
from app.domain.findings import Finding
from app.domain.goals import Goal, Item, Part
from app.domain.terms import LEVELS, PERIOD_DAYS, Movement

LISTS = ("departments", "outcomes", "kpis", "incentive_plans")

LONGEST_WAIT = 180
"""Days after which a measure comes too late for pay to depend on it, unless the pay period is longer (judgement)."""


class Company:
    """One document as submitted and as understood; made once per audit.

    `raw` is the document as submitted: JSON Pointers are those of its lists. `detection` is what was found in it.
    """

    def __init__(self, document: Document, raw: Mapping[str, Any], detection: Detection) -> None:
        self.document = document
        self.raw = raw
        self.detection = detection
        self.goals = detection.goals
        self.field = detection.field
        self.departments: dict[str, Department] = {d.key: d for d in document.departments}
        self.kpis: dict[str, Kpi] = {k.key: k for k in document.kpis}
        self._goals: dict[tuple[str, str, str], Goal] = {}
        for goal in self.goals.goals:
            self._goals.setdefault((goal.item.kind, goal.item.key, goal.department), goal)
        self._targets: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in self.field.targets:
            self._targets[target.item.kind, target.item.key].append(target)
        self._matches = {match.fingerprint: match for match in detection.matches}
        self._paths = dict(_paths(raw))
        self._names = {path: f"/{kind}/{key}" for (kind, key), path in self._paths.items()}

    @cached_property
    def measures(self) -> Measures:
        """What the measures are about."""
        return Measures(self.field)

    @cached_property
    def harmful(self) -> frozenset[str]:
        """Goals whose push does harm to an outcome that counts: medium, or for what customers themselves say, high."""
        conflicts = [match for match in self.detection.matches if match.conflict and match.conflict.target.is_outcome]
        return frozenset(
            match.conflict.goal.key
            for match in conflicts
            if match.conflict
            and LEVELS.index(match.level)
            >= LEVELS.index("high" if self.measures.about_customers(match.conflict.goal.item) else "medium")
        )

    @cached_property
    def _harmful_items(self) -> frozenset[str]:
        return frozenset(goal.item.key for goal in self.goals.goals if goal.key in self.harmful)

    @cached_property
    def component_keys(self) -> frozenset[str]:
        """Keys of all components."""
        return frozenset(c.key for p in self.document.incentive_plans for c in p.components)

    def path(self, kind: str, key: str) -> str:
        """The JSON Pointer of a department, outcome, KPI, incentive plan (kinds as the lists are called) or component."""
        return self._paths[kind, key]

    def named(self, path: str) -> str:
        """A JSON Pointer with keys for the places of departments, outcomes, KPIs, incentive plans and components."""
        known = path
        while known and known not in self._names:
            known = known.rpartition("/")[0]
        return self._names[known] + path[len(known) :] if known else path

    def match(self, finding: Finding) -> Match | None:
        """What the engine found, before it was put in words."""
        return self._matches.get(finding.fingerprint)

    def goal(self, item: Item, department: str) -> Goal | None:
        """The department's goal on an item; the first for `maintain`."""
        return self._goals.get((item.kind, item.key, department))

    def answers(self, goal: Goal, item: Item) -> list[Between]:
        """What a push does to what an item wants; two answers for `maintain`."""
        return [self.field.between(goal, target) for target in self._targets[item.kind, item.key]]

    def is_harmful(self, item: Item) -> bool:
        """Whether some department's push on an item hurts customers."""
        return item.key in self._harmful_items

    def paid_for(self, plan: IncentivePlan, component: Component) -> Goal:
        """The goal that a component pays for."""
        return self.measures.paid[plan.key, component.key].goal

    def metric(self, metric: str) -> Metric | None:
        """A metric of the catalogue or of the organization's own."""
        return self.goals.metrics.get(metric)

    def controls(self, department: str, metric: str) -> bool:
        """Whether the department's function has the metric in its hands."""
        known = self.metric(metric)
        function = self.departments[department].function
        return known is None or known.controlled_by(function)

    def sees(self, department: str, item: Item) -> bool:
        """Whether a department's people can see and move a measure: their own, one carried by them, a customer's, or in their hands.

        Of another department's measure whose metric is not known nobody can say that it is in anybody else's hands.
        What the whole company carries together (governance) is not by itself in the hands of each department.
        """
        carried = isinstance(item.source, Kpi) and department in item.source.shared_with
        if item.department == department or carried:
            return True
        if item.movement is None:
            return False
        metric = item.movement.metric
        return metric.startswith("customer.") or (self.metric(metric) is not None and self.controls(department, metric))

    def pushes(self, department: str, movement: Movement) -> bool:
        """Whether the department already has a KPI, or one that it carries, on the movement."""
        return any(department in self.goals.holders[item.key] for item in self._measuring(movement))

    def measures_already(self, department: str, movement: Movement) -> bool:
        """Whether there is a KPI on the movement that the department's people see."""
        return any(self.sees(department, item) for item in self._measuring(movement))

    def _measuring(self, movement: Movement) -> Iterator[Item]:
        return (item for item in self.goals.kpis.values() if item.kind == "kpi" and movement in item.movements)


class Situation(NamedTuple):
    """A finding in its company. `conflict` is the one behind it, None when there is none; `goal` pushes, `target` is harmed."""

    company: Company
    finding: Finding
    conflict: Conflict | None
    goal: Goal | None
    target: Item | None

    @property
    def department(self) -> str | None:
        """The department that acts."""
        if self.goal is not None:
            return self.goal.department
        return self.finding.departments[0] if self.finding.departments else None

    @property
    def chain(self) -> tuple[Arc, ...]:
        """The witness chain over metrics; empty when there is none, or when it rests on families."""
        arcs = self.conflict.between.chain if self.conflict else ()
        return () if any(arc.target.metric.startswith(FAMILY) for arc in arcs) else arcs

    @property
    def longest_wait_days(self) -> int:
        """For how long the people who push can wait until a measure is known that their pay depends on."""
        return max([LONGEST_WAIT, *(PERIOD_DAYS[part.incentive_plan.period] for part in self.parts)])

    @property
    def direct(self) -> bool:
        """Whether source and target want one metric to go opposite ways, so that neither can guard the other."""
        if self.goal is None or self.target is None or self.rival:
            return False
        movement = self.goal.movement
        return movement is not None and any(m.metric == movement.metric for m in self.target.movements)

    @property
    def rival(self) -> bool:
        """Whether one result is paid to both, each for itself."""
        return self.conflict is not None and self.conflict.between.rival

    @property
    def serves_customers(self) -> bool:
        """Whether what is pushed is what customers say or do, or is owed to them while only another department's figure suffers."""
        if self.goal is None:
            return False
        if self.goal.movement is not None and self.goal.movement.metric.startswith("customer."):
            return True
        if self.target is None or self.target.kind == "outcome":
            return False
        return bool(self.company.measures.about_customers(self.goal.item))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The components that pay for what is pushed, most pay first; for a flaw its own."""
        if self.goal is None:
            return ()
        if self.finding.kind == "incentive_flaw":
            return self.named_parts
        return tuple(sorted(self.goal.parts, key=lambda part: (-part.stake, part.component.key)))

    @property
    def named_parts(self) -> tuple[Part, ...]:
        """The components that the finding names."""
        keys = {subject.key for subject in self.finding.subjects if subject.kind == "component"}
        paid = sorted(self.company.measures.paid.items())
        return tuple(known.part for (_, component), known in paid if component in keys)


def situation(company: Company, finding: Finding) -> Situation:
    """A finding seen in its company."""
    match = company.match(finding)
    conflict = match.row.conflict if match else None
    if finding.kind == "incentive_flaw":
        goal = _paid_goal(company, finding)
        if conflict is not None and goal is not None and conflict.goal.item is not goal.item:
            conflict = None
    elif conflict is not None:
        goal = conflict.goal
    else:
        goal = _named_goal(company, finding)
    return Situation(company, finding, conflict, goal, conflict.target.item if conflict else None)


def _paid_goal(company: Company, finding: Finding) -> Goal | None:
    keys = {subject.key for subject in finding.subjects if subject.kind == "component"}
    paid = [p.goal for (_, component), p in sorted(company.measures.paid.items()) if component in keys]
    return paid[0] if paid else None


def _named_goal(company: Company, finding: Finding) -> Goal | None:
    for subject in finding.subjects:
        item = company.goals.kpis.get(subject.key) if subject.kind == "kpi" else None
        if item is not None and finding.departments:
            return company.goal(item, finding.departments[0])
    return None


def _paths(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for name in LISTS:
        for place, part in enumerate(_listed(raw.get(name))):
            yield (name, part["key"]), f"/{name}/{place}"
            if name == "incentive_plans":
                for number, component in enumerate(_listed(part.get("components"))):
                    yield ("components", component["key"]), f"/{name}/{place}/components/{number}"


def _listed(parts: Any) -> Sequence[Mapping[str, Any]]:
    return parts if isinstance(parts, list | tuple) else ()
