"""KPIs that do not exist yet: what they measure, what they weigh, and what the others weigh then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.domain.catalogue import Metric
from app.domain.document import Kpi, Outcome
from app.domain.finders.found import new_key
from app.domain.finders.quality import is_quality, leads_to_target
from app.domain.finders.shares import exact, scaled
from app.domain.goals import Item
from app.domain.patch_templates import Text
from app.domain.situation import Company, Situation
from app.domain.terms import Movement

FIFTH = Decimal("0.2")
"""What a new KPI weighs in its department: enough to be minded (judgement)."""

A_FIFTH = Text("a fifth of its KPI weight", "ein Fünftel des KPI-Gewichts")
LIKE_OTHERS = Text("weighed like its other KPIs", "so gewichtet wie ihre anderen KPIs")

LONGEST_LAG = 2 * 365
"""Days after which what is harmed tells nobody any more what they did."""


def new_measures(s: Situation, *, weight: float | None, within: int = LONGEST_LAG) -> Iterator[dict[str, Any]]:
    """KPIs that the acting department does not have and could move: a metric on the chain, and, where harm shows within so many days,
    what is harmed itself."""
    if s.goal is None or s.target is None or s.direct:
        return
    yield from _on_chain(s, weight)
    yield from _harmed(s, weight, within)


def metric_kpi(company: Company, department: str, metric: str, weight: float | None) -> dict[str, Any]:
    """A KPI of a department on a metric in its good direction; members that are None are left out when it is written."""
    known = company.metric(metric)
    assert known is not None
    return {
        "key": new_key(f"{department}-{metric.rpartition('.')[2].replace('_', '-')}", company.kpis),
        "department": department,
        "name": Text(known.name, known.name_de or known.name),
        "direction": "decrease" if known.good == "down" else "increase",
        "metric": metric,
        "weight": weight,
    }


def same_kpi(
    company: Company, of: Item, department: str, weight: float | None, taken: Collection[str] = ()
) -> dict[str, Any]:
    """A KPI of a department on the same thing as an outcome or another's KPI."""
    source = of.source
    assert isinstance(source, Kpi | Outcome)
    return {
        "key": new_key(f"{department}-{of.key}", taken or company.kpis),
        "department": department,
        "name": of.name,
        "direction": of.wanted,
        "metric": of.resolution.metric,
        "inverted": True if of.resolution.metric and of.resolution.inverted else None,
        "family": None if of.resolution.metric else source.family,
        "unit": source.unit,
        "baseline": source.baseline if source.baseline != source.target else None,
        "target": source.target,
        "tolerance": source.tolerance,
        "weight": weight,
    }


def room(company: Company, department: str) -> dict[str, Any]:
    """The weight of one more KPI (a fifth of its department), and what the others weigh then, so that the sum stays.

    Where a KPI has no weight, none is given: those without share what is left.
    """
    kpis = [kpi for kpi in company.detection.document.kpis if kpi.department == department]
    weights = [exact(kpi.weight) for kpi in kpis if kpi.weight is not None]
    whole = sum(weights, Decimal(0))
    if len(weights) < len(kpis) or whole <= 0:
        return {"weight": None, "weighed": LIKE_OTHERS, "others": []}
    weight = (whole * FIFTH).quantize(Decimal(1).scaleb(whole.adjusted() - 2), ROUND_HALF_UP)
    kept = [kpi for kpi in kpis if kpi.weight]
    lighter = scaled([exact(kpi.weight or 0.0) for kpi in kept], whole - weight)
    return {
        "weight": float(weight),
        "weighed": A_FIFTH,
        "others": [
            {"key": kpi.key, "path": company.path("kpis", kpi.key), "weight": w}
            for kpi, w in sorted(zip(kept, lighter, strict=True), key=lambda pair: pair[0].key)
        ],
    }


def _on_chain(s: Situation, weight: float | None) -> Iterator[dict[str, Any]]:
    """Metrics on the chain that stand for what is harmed, that the department has in its hands, sees early enough and has no KPI on."""
    assert s.goal is not None and s.target is not None
    company, department = s.company, s.goal.department
    waited = 0
    for arc in s.chain:
        waited += arc.lag_days
        movement = arc.target.opposite
        metric = company.metric(movement.metric)
        if metric is None or waited > s.longest_wait_days or movement in s.target.movements:
            continue
        if metric.good != movement.direction or not is_quality(metric) or not company.controls(department, metric.id):
            continue
        if s.goal.movement is not None and metric.id == s.goal.movement.metric:
            continue
        if company.measures_already(department, movement) or not _stands_for_target(s, metric, movement):
            continue
        owed = [
            o for _, o in sorted(company.goals.outcomes.items()) if o.movement == movement and o.wanted != "maintain"
        ]
        if owed:
            yield same_kpi(company, owed[0], department, weight)
        else:
            yield metric_kpi(company, department, metric.id, weight)


def _stands_for_target(s: Situation, metric: Metric, movement: Movement) -> bool:
    """Whether a metric is about customers or people, or about the work of one of the two departments where the other's figure suffers."""
    assert s.goal is not None and s.target is not None
    if metric.customer_outcome:
        return True
    harmed = s.company.goals.metric(s.target)
    near = s.target.kind != "outcome" and metric.function in (s.goal.function, harmed.function if harmed else "")
    return (near or metric.reap in ("retention", "none")) and leads_to_target(s, movement)


def _harmed(s: Situation, weight: float | None, within: int) -> Iterator[dict[str, Any]]:
    """What is harmed, where the department sees it and does not measure it."""
    assert s.goal is not None and s.target is not None
    target, department, company = s.target, s.goal.department, s.company
    if target.wanted == "maintain" or target.kind == "component" or target.department == department:
        return
    if not is_quality(company.goals.metric(target)) or company.is_harmful(target):
        return
    if not company.sees(department, target) or (target.movement and company.pushes(department, target.movement)):
        return
    if sum(arc.lag_days for arc in s.chain) <= within:
        yield same_kpi(company, target, department, weight)
