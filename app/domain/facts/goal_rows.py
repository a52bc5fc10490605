"""Rows of the fact kind `goal` (semantics §6)."""

from __future__ import annotations

from typing import Any

from app.domain.document import Kpi
from app.domain.facts.rows import FactRow
from app.domain.field import Field
from app.domain.findings import Subject
from app.domain.goals import Goal
from app.domain.loops import self_harm
from app.domain.severity import net_harm
from app.domain.terms import PERIOD_DAYS


def goal_rows(field: Field) -> list[FactRow]:
    """One row per goal."""
    names = {d.key: d.name for d in field.goals.document.departments}
    return [
        FactRow(
            kind="goal",
            values=_values(goal, field),
            subjects=(Subject(goal.item.kind, goal.item.key, "source"),),
            names={"department": names[goal.department], "kpi": goal.item.name, "movement": goal.item.name},
            departments=(goal.department,),
        )
        for goal in field.goals.goals
    ]


def _values(goal: Goal, field: Field) -> dict[str, Any]:
    goals, item = field.goals, goal.item
    metric = goals.metric(item)
    owed = {m for o in goals.outcomes.values() for m in o.movements}
    answers = [field.between(goal, t) for t in field.targets if t.is_outcome]
    floor = field.parameters.harm_floor
    against = self_harm(field, goal).weight
    kpi = item.source if isinstance(item.source, Kpi) else None
    return {
        "function": goal.function,
        "metric_function": metric.function if metric else None,
        "direction": goal.movement.direction if goal.movement else None,
        "pressure": goal.pressure,
        "kpi_share": goal.kpi_share,
        "pay_share": goal.stake,
        "paid": bool(goal.parts),
        "reap": metric.reap if metric else None,
        "gameability": metric.gameability if metric else None,
        "kind": metric.kind if metric else None,
        "customer_metric": (metric.customer_outcome or goal.movement in owed) if metric else None,
        "survey_paid": (bool(goal.parts) and metric.id.startswith("customer.")) if metric else None,
        "controllable": metric.controlled_by(goal.function) if metric else None,
        "resolved": bool(item.resolution.metric),
        "method": item.resolution.method,
        "has_target": bool(kpi and kpi.target is not None),
        "horizon_days": PERIOD_DAYS[kpi.horizon] if kpi and kpi.horizon else None,
        "undermines_itself": against > 0,
        "self_harm": against,
        "reaches_outcome": any(max(b.harm, b.help) >= floor for b in answers),
        "harms_outcome": any(net_harm(b.harm, b.help, field.parameters) > 0 for b in answers),
    }
