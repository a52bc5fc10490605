"""Rows of the fact kind `component`: one per paid part of an incentive plan (semantics §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from app.domain.catalogue import Metric
from app.domain.conflicts import Conflict
from app.domain.document import Component, IncentivePlan, Kpi
from app.domain.facts.measures import Measures
from app.domain.facts.payout import effective_weight, largest_step
from app.domain.facts.rows import FactRow
from app.domain.field import Field
from app.domain.findings import Subject
from app.domain.goals import Goal, Item
from app.domain.parameters import Parameters
from app.domain.terms import PERIOD_DAYS, Movement

Values = dict[str, Any]
BY_NAME = frozenset({"exact", "alias", "own"})
"""Methods by which a name was found to be the metric's own."""
PERCENT = frozenset({"%", "percent", "per cent", "pct", "prozent"})


def component_rows(field: Field, conflicts: Sequence[Conflict]) -> list[FactRow]:
    """One row per incentive component, in the order of plan and component keys."""
    measures = Measures(field)
    harm = _harm_by_item(conflicts, field.parameters)
    plans = _Plans(measures)
    return [
        _row(plan, component, measures, harm, plans)
        for plan in sorted(field.goals.document.incentive_plans, key=lambda p: p.key)
        for component in sorted(plan.components, key=lambda c: c.key)
    ]


class _Harm(NamedTuple):
    """A conflict that a goal causes, as one of two rivals or as its source."""

    conflict: Conflict
    customers: bool
    low: bool


def _harm_by_item(conflicts: Iterable[Conflict], parameters: Parameters) -> Mapping[tuple[str, str], list[_Harm]]:
    """(kind, key) of a KPI or measure → conflicts that its push causes; tensions left out."""
    found: dict[tuple[str, str], list[_Harm]] = defaultdict(list)
    for conflict in conflicts:
        if conflict.tension:
            continue
        rival = conflict.between.rival
        low = parameters.level(conflict.severity) == "low"
        harm = _Harm(conflict, conflict.target.is_outcome or rival, low)
        found[_id(conflict.goal.item)].append(harm)
        if rival:
            found[_id(conflict.target.item)].append(harm)
    return found


def _id(item: Item) -> tuple[str, str]:
    return item.kind, item.key


def _row(
    plan: IncentivePlan,
    component: Component,
    measures: Measures,
    harm: Mapping[tuple[str, str], list[_Harm]],
    plans: _Plans,
) -> FactRow:
    goal = measures.paid[plan.key, component.key].goal
    caused = harm.get(_id(goal.item), [])
    outcomes = [h.conflict for h in caused if h.conflict.target.is_outcome]
    due = [h for h in caused if not h.low and not (component.held_days and h.conflict.lag_days <= component.held_days)]
    worst = min((h for h in due), key=lambda h: (not h.customers, h.conflict.order), default=None)
    names = {d.key: d.name for d in measures.goals.document.departments}
    subjects = {Subject("component", component.key), Subject(goal.item.kind, goal.item.key, "source")}
    if goal.item.kind == "component":
        subjects = {Subject("component", component.key)}
    return FactRow(
        kind="component",
        values={
            **_design(plan, component, measures),
            **_measure(goal, measures, plans),
            **plans.facts(plan, component),
            **_accountability(plan, component, goal, measures),
            **_consequences(goal, outcomes, due, PERIOD_DAYS[plan.period], measures),
        },
        subjects=tuple(sorted(subjects, key=lambda s: (s.kind, s.key))),
        names={
            "department": names[plan.department],
            "plan": plan.role or plan.key,
            "component": component.key,
            "kpi": goal.item.name,
        },
        departments=(plan.department,),
        confidence=worst.conflict.confidence if worst else 1.0,
        conflict=worst.conflict if worst else None,
    )


def _design(plan: IncentivePlan, component: Component, measures: Measures) -> Values:
    payout = component.payout
    return {
        "payout_kind": payout.kind,
        "has_cap": payout.cap is not None and payout.cap > 0,
        "cap": payout.cap,
        "accelerator_max": payout.accelerator_max,
        "retroactive": any(a.retroactive for a in payout.accelerators),
        "largest_step": largest_step(payout),
        "has_gate": component.gate is not None,
        "gate_stated": component.gate.condition is not None if component.gate else None,
        "has_modifier": component.modifier is not None,
        "guard_on_customer": measures.guarded(component),
        "has_penalties": bool(component.penalties),
        "clawback_months": component.clawback.months if component.clawback else 0,
        "deferral_months": component.deferral.months if component.deferral else 0,
        "held_days": component.held_days,
        "exclusive_credit": component.exclusive_credit,
        "weight": component.weight,
        "variable_share": plan.target_variable_pay_share,
        "stake": component.weight * plan.target_variable_pay_share,
        "effective_weight": effective_weight(component, plan.components),
        "period_days": PERIOD_DAYS[plan.period],
    }


def _measure(goal: Goal, measures: Measures, plans: _Plans) -> Values:
    item = goal.item
    metric = measures.metric(item)
    kpi = item.source if isinstance(item.source, Kpi) else None
    return {
        **_metric(metric),
        "kpi_horizon_days": PERIOD_DAYS[kpi.horizon] if kpi and kpi.horizon else None,
        "sells": measures.sells(item),
        "speeds": measures.speeds(item),
        "own": measures.is_outcome(item),
        "survey": measures.surveyed(item),
        "shared": item.kind == "kpi" and item.key in measures.goals.shared,
        "definition_differs": plans.measured_otherwise(item),
    }


def _metric(metric: Metric | None) -> Values:
    return {
        "resolved": metric is not None,
        "metric_function": metric.function if metric else None,
        "reap": metric.reap if metric else None,
        "measure_kind": metric.kind if metric else None,
        "gameability": metric.gameability if metric else None,
    }


def _accountability(plan: IncentivePlan, component: Component, goal: Goal, measures: Measures) -> Values:
    metric = measures.metric(goal.item)
    return {
        "controllable": component.controllable,
        "department_controls": metric.controlled_by(goal.function) if metric else None,
        "accountability_split": goal.item.kind == "kpi" and goal.item.key in measures.field.rivals,
        "driven_by_others": measures.driven_by_others(goal.item, plan.department),
    }


def _consequences(
    goal: Goal, outcomes: Sequence[Conflict], due: Sequence[_Harm], period_days: int, measures: Measures
) -> Values:
    """What the push does: outcome conflicts of any level; `due`, those of level medium or worse that held pay leaves."""
    field = measures.field
    parameters = field.parameters
    severities = [h.conflict.severity for h in due]
    of_customers = max((h.conflict.severity for h in due if h.customers), default=0.0)
    late = [h.conflict.lag_days for h in due if _grave(h, parameters) and h.conflict.lag_days > period_days]
    worst = min((h.conflict for h in due), key=lambda c: c.order, default=None)
    own = measures.is_outcome(goal.item)
    return {
        "reaches_outcome": measures.reaches_outcome(goal),
        "harms_outcome": bool(outcomes),
        "longest_outcome_lag_days": max((c.lag_days for c in outcomes), default=None),
        "worst_severity": max(severities, default=0.0),
        "worst_customer_severity": of_customers,
        "worst_lag_days": worst.lag_days if worst else None,
        "late_lag_days": max(late, default=None),
        "late_harm": bool(late),
        "real": of_customers >= (parameters.flaw_grave if own else parameters.flaw_real),
    }


def _grave(harm: _Harm, parameters: Parameters) -> bool:
    return harm.conflict.severity >= parameters.flaw_grave


class _Plans:
    """What the components of one plan, and of plans side by side, have in common."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        document = measures.goals.document
        self._plans = {plan.key: plan for plan in document.incentive_plans}
        review = document.governance.incentive_review
        self._monitored = review.quality_monitoring if review else None
        self._paying: dict[Movement, set[str]] = defaultdict(set)
        self._units: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        for plan in document.incentive_plans:
            for component in plan.components:
                item = self._item(plan, component)
                if item.movement:
                    self._paying[item.movement].add(plan.department)
                if item.movement and _by_name(item):
                    self._units[item.movement.metric].add(_definition(item))

    def facts(self, plan: IncentivePlan, component: Component) -> Values:
        """The columns on the plan around a component."""
        measures = self._measures
        item = self._item(plan, component)
        others = [(c, self._item(plan, c)) for c in plan.components if c is not component]
        own_weight = component.weight if measures.is_outcome(item) else 0.0
        on_customers = sum(c.weight for c, i in others if measures.is_outcome(i))
        same = [(c, i) for c, i in others if i.movement and i.movement == item.movement]
        alike = [c for c, i in same if _definition(i)[0] == _definition(item)[0]]
        return {
            "measures_in_plan": len(plan.components),
            "customer_share": on_customers + own_weight,
            "others_customer_share": on_customers,
            "quality_share": sum(c.weight for c, i in others if measures.is_outcome(i) or self._keeps(i)),
            "sales_share": sum(c.weight for c in plan.components if measures.sells(self._item(plan, c))),
            "best_paid_ratio": _best_paid(component, alike),
            "paid_twice": _by_name(item) and any(_by_name(i) for _, i in same),
            "supervises": bool(plan.supervises),
            "paid_as_supervised": any(self._pays(led, item) for led in plan.supervises),
            "starts_mid_period": _mid_period(plan),
            "credited_departments": len(self._paying[item.movement]) if item.movement else 1,
            "monitored": self._monitored,
        }

    def measured_otherwise(self, item: Item) -> bool:
        """Whether another component pays for a metric of the same name in another unit or with the opposite sign."""
        if item.movement is None or not _by_name(item):
            return False
        unit, inverted = _definition(item)
        others = self._units[item.movement.metric]
        return any((unit and other and other != unit) or sign != inverted for other, sign in others)

    def _item(self, plan: IncentivePlan, component: Component) -> Item:
        return self._measures.paid[plan.key, component.key].goal.item

    def _keeps(self, item: Item) -> bool:
        metric = self._measures.metric(item)
        return metric is not None and metric.reap == "retention"

    def _pays(self, plan: str, item: Item) -> bool:
        if plan not in self._plans:
            return False
        led = [self._item(self._plans[plan], c) for c in self._plans[plan].components]
        return any(i is item or (i.movement is not None and i.movement == item.movement) for i in led)


def _by_name(item: Item) -> bool:
    """Whether the name itself is one of the metric's names. A name that was only taken to mean it may be a part of it."""
    return item.resolution.method in BY_NAME


def _definition(item: Item) -> tuple[str, bool]:
    unit = (item.source.unit or "").strip().casefold() if isinstance(item.source, Kpi) else ""
    return ("%" if unit in PERCENT else unit), item.resolution.inverted


def _best_paid(component: Component, alike: Sequence[Component]) -> float:
    """How many times the smallest rate or accelerator on the same movement and unit this component pays; at least 1."""
    ratio = 1.0
    for other in alike:
        mine, theirs = component.payout, other.payout
        if mine.rate and theirs.rate:
            ratio = max(ratio, mine.rate / theirs.rate)
        if theirs.accelerator_max > 0:
            ratio = max(ratio, mine.accelerator_max / theirs.accelerator_max)
    return ratio


def _mid_period(plan: IncentivePlan) -> bool | None:
    """Whether a plan that pays by the month or longer begins or ends inside a month; None when no dates are given.

    Periods are half-open; an end on the last day of a month is taken as meant for the end of that month.
    """
    period = plan.effective
    if period is None or not (period.from_ or period.to):
        return None
    if PERIOD_DAYS[plan.period] < PERIOD_DAYS["month"]:
        return False
    begins = period.from_ is not None and period.from_.day != 1
    ends = period.to is not None and 1 not in (period.to.day, (period.to + timedelta(days=1)).day)
    return begins or ends
