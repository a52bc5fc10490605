"""Rows of the fact kinds `goal_pair` and `goal_outcome`: one per harmful pair, with the numbers that rules read (semantics §6)."""

from __future__ import annotations

from typing import Any

from app.domain.conflicts import Conflict
from app.domain.goals import Goals
from app.domain.terms import PERIOD_DAYS


def goal_pair_row(conflict: Conflict) -> dict[str, Any]:
    """The facts of a goal and another goal that it harms."""
    between = conflict.between
    return _effect(conflict) | {
        "same_department": conflict.tension,
        "rival": between.rival,
        "via_customer": any(arc.target.metric.startswith("customer.") for arc in between.chain[:-1]),
    }


def goal_outcome_row(conflict: Conflict, goals: Goals) -> dict[str, Any]:
    """The facts of a goal and a customer outcome that it harms."""
    parts = conflict.goal.parts
    owed = {movement.metric for movement in conflict.target.item.movements}
    safeguards = [s.kpi for p in parts for s in (p.component.gate, p.component.modifier) if s]
    watched = {m.metric for kpi in safeguards if kpi in goals.kpis for m in goals.kpis[kpi].movements}
    return _effect(conflict) | {
        "pay_horizon_days": min((PERIOD_DAYS[p.incentive_plan.period] for p in parts), default=None),
        "deferred_days": max((p.component.held_days for p in parts), default=0),
        "gated": any(p.component.gate for p in parts),
        "guarded": bool(owed & watched),
    }


def _effect(conflict: Conflict) -> dict[str, Any]:
    goal, target, between = conflict.goal, conflict.target, conflict.between
    source, wanted = goal.movement, target.movement
    opposed = (source,) if source and wanted else goal.families
    aims = (wanted,) if source and wanted else target.families
    return {
        "severity": conflict.severity,
        "harm": between.harm,
        "help": between.help,
        "net": conflict.net,
        "pressure": goal.pressure,
        "importance": target.importance,
        "internalised": conflict.internalised,
        "contested": conflict.contested,
        "confidence": conflict.confidence,
        "sign_reliability": between.reliability,
        "lag_days": conflict.lag_days,
        "hops": len(between.chain),
        "direct": any(a and b and a == b.opposite for a in opposed for b in aims),
        "same_metric": bool(source and wanted and source.metric == wanted.metric),
        "basis": "metric" if between.fallback == "none" else "family",
        "fallback": between.fallback,
        "paid": bool(goal.parts),
        "pay_share": goal.stake,
    }
