"""A plan as JSON: the changed document, the changes, what they do, and the front that they lie on (docs/plans.md)."""

from __future__ import annotations

from typing import Any

from app.domain.optimise_plan import Blocker, FrontPoint, Plan
from app.reports.canonical_json import (
    Json,
    cost_as_json,
    effect_as_json,
    measure,
    recommendation_as_json,
    severity,
    written,
)


def render_plan(plan: Plan) -> bytes:
    """The plan as UTF-8, without white space but the line's end."""
    return written(plan_as_json(plan))


def plan_as_json(plan: Plan) -> Json:
    """The plan as JSON values. Severities have two digits after the point, every other measure four."""
    return {
        "document": plan.document,
        "changes": [recommendation_as_json(change) for change in plan.changes],
        "effect": effect_as_json(plan.effect),
        "cost": cost_as_json(plan.cost),
        "severity": {"before": severity(plan.severity_before), "after": severity(plan.severity_after)},
        "front": [_point(point) for point in plan.front],
        "search": {
            "runs": plan.search.runs,
            "moves": plan.search.moves,
            "complete": plan.search.complete,
            "gap": measure(plan.search.gap),
        },
        **({"blockers": [_blocker(blocker) for blocker in plan.blockers]} if plan.blockers else {}),
    }


def _point(point: FrontPoint) -> Json:
    alignment = None if point.alignment is None else measure(point.alignment)
    said: dict[str, Any] = {
        "count": len(point.changes),
        "changes": list(point.changes),
        "severity": severity(point.severity),
        "total": severity(point.total),
        "alignment": alignment,
        "removed": list(point.removed),
        "weakened": list(point.weakened),
        "worsened": list(point.worsened),
        "cost": cost_as_json(point.cost),
    }
    return {**said, "knee": True} if point.knee else said


def _blocker(blocker: Blocker) -> Json:
    about = {"about": blocker.constraint.about} if blocker.constraint.about else {}
    return {"constraint": blocker.constraint.kind, **about, "said": blocker.said}
