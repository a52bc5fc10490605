"""Rows of the fact kind `department`: one per department (semantics §6)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.domain.conflicts import Conflict
from app.domain.document import Department, IncentivePlan
from app.domain.facts.governance import named_department
from app.domain.facts.measures import FRONT, Measures, reap_shares
from app.domain.facts.rows import FactRow
from app.domain.field import Field
from app.domain.findings import DepartmentView, Subject
from app.domain.goals import Goal

Values = dict[str, Any]


def department_rows(
    field: Field, conflicts: Sequence[Conflict], departments: Sequence[DepartmentView]
) -> list[FactRow]:
    """One row per department, by key; `departments`: how each is aligned."""
    measures = Measures(field)
    views = {view.key: view for view in departments}
    serious = [c for c in conflicts if not c.tension and field.parameters.level(c.severity) != "low"]
    return [
        FactRow(
            kind="department",
            values=_values(department, views[department.key], serious, measures),
            subjects=(Subject("department", department.key),),
            names={"department": department.name},
            departments=(department.key,),
        )
        for department in sorted(field.goals.document.departments, key=lambda d: d.key)
    ]


def _values(department: Department, view: DepartmentView, serious: Sequence[Conflict], measures: Measures) -> Values:
    goals, key = measures.goals, department.key
    pushed = [g for g in goals.goals if g.department == key]
    plans = [p for p in goals.document.incentive_plans if p.department == key]
    kpis = [k for k in goals.document.kpis if k.department == key]
    understood = any(g.movement or g.families for g in pushed)
    owner = named_department(goals.document.governance.customer_owned_by, goals.document)
    return {
        "function": department.function,
        "customer_facing": department.function in FRONT,
        "headcount": department.headcount,
        "kpis": len(kpis),
        "goals": len(pushed),
        "plans": len(plans),
        "paid": any(p.target_variable_pay_share > 0 for p in plans),
        "pressure": view.pressure,
        "alignment": view.alignment,
        "coverage": view.coverage if understood else None,
        "reaches_outcome": measures.department_reaches_outcome(key),
        "customer_kpi_share": _customer_kpi_share(pushed, measures),
        "paid_on_outcome_share": _paid_on_outcomes(plans, measures),
        "guarded_pay_share": _guarded(plans, measures),
        "shared_kpis": sum(1 for k in goals.shared if key in goals.holders.get(k, ())),
        "owns_customer": None if owner is None else owner == key,
        **reap_shares(pushed, measures),
        "unresolved_kpis": sum(1 for k in kpis if not goals.kpis[k.key].movements),
        "conflicts_caused": sum(1 for c in serious if c.goal.department == key),
        "grave_customer_conflicts": sum(1 for c in serious if c.goal.department == key and _grave(c, measures)),
        "conflicts_suffered": sum(1 for c in serious if c.target.item.department == key),
        "single_designer_plans": _single_designer(plans),
        "own_approval_plans": _own_approval(plans),
    }


def _customer_kpi_share(pushed: Sequence[Goal], measures: Measures) -> float | None:
    """The share of KPI weight on customers; None without weight, or when none is known and a name was not understood."""
    own = {g.item.key: g for g in pushed if g.own_kpi and g.item.kind == "kpi" and g.kpi_share > 0}
    if not own:
        return None
    about = {key: measures.about_customers(goal.item) for key, goal in own.items()}
    share = math.fsum(goal.kpi_share for key, goal in own.items() if about[key])
    return None if not share and None in about.values() else share


def _paid_on_outcomes(plans: Sequence[IncentivePlan], measures: Measures) -> float | None:
    """The share of pay on customers; None when nothing is paid, or none is known and a name was not understood."""
    paid = [measures.paid[plan.key, component.key] for plan in plans for component in plan.components]
    whole = math.fsum(p.part.stake for p in paid)
    if whole <= 0:
        return None
    about = [(measures.about_customers(p.goal.item), p.part.stake) for p in paid if p.part.stake > 0]
    share = math.fsum(stake for yes, stake in about if yes) / whole
    return None if not share and any(yes is None for yes, _ in about) else share


def _guarded(plans: Sequence[IncentivePlan], measures: Measures) -> float | None:
    """The share of pay under a gate or modifier that protects customers; None when nothing is paid or none is known to."""
    stakes = [(c.weight * p.target_variable_pay_share, measures.guarded(c)) for p in plans for c in p.components]
    whole = math.fsum(stake for stake, _ in stakes)
    held = math.fsum(stake for stake, guarded in stakes if guarded)
    unsure = not held and any(guarded is None for _, guarded in stakes)
    return None if whole <= 0 or unsure else held / whole


def _grave(conflict: Conflict, measures: Measures) -> bool:
    return conflict.target.is_outcome and conflict.severity >= measures.field.parameters.flaw_grave


def _single_designer(plans: Sequence[IncentivePlan]) -> int | None:
    named = [p for p in plans if p.designed_by and p.approved_by]
    return sum(1 for p in named if p.designed_by == p.approved_by) if named else None


def _own_approval(plans: Sequence[IncentivePlan]) -> int | None:
    named = [p for p in plans if p.approved_by]
    return sum(1 for p in named if p.approved_by == p.department != p.designed_by) if named else None
