"""What a patch on a document as submitted makes of it, and what the change costs (semantics §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.domain.catalogue import Catalogue
from app.domain.document import Document, IncentivePlan, Kpi
from app.domain.document_checks import checked
from app.domain.findings import Cost
from app.domain.json_patch import Operation, PatchFailed, apply

Keyed = TypeVar("Keyed", Kpi, IncentivePlan)


def changed(raw: Mapping[str, Any], patch: Sequence[Operation], catalogue: Catalogue) -> Document | None:
    """The document after a patch on what was submitted; None when the patch does not fit or its result would not be valid."""
    try:
        after = apply(raw, patch)
    except PatchFailed:
        return None
    document, faults = checked(after, catalogue)
    return None if faults else document


def cost(before: Document, after: Document) -> Cost:
    """What a change costs to make.

    `weight_moved`: shares of incentive plans' pay that move to another component; `pay_moved`: pay that moves (money a year, where total
    pay and heads of every plan touched are known, else shares of total pay); `people`: those on the plans, else in the departments,
    that are touched.
    """
    touched = _touched(before.incentive_plans, after.incentive_plans)
    weight = sum(_weight_moved(old, new) for old, new in touched)
    shares = [(old, _share_moved(old, new)) for old, new in touched]
    known = all(plan.target_total_pay is not None and plan.headcount is not None for plan, _ in shares)
    pay = sum(
        share * (plan.target_total_pay or 0.0) * (plan.headcount or 0) if known else share for plan, share in shares
    )
    people = sum(plan.headcount or 0 for plan, _ in shares)
    if not touched:
        heads = {d.key: d.headcount or 0 for d in after.departments}
        people = sum(heads[department] for department in departments_touched(before, after))
    return Cost(weight_moved=round(weight, 6), pay_moved=round(pay, 6), plans=len(touched), people=people)


def share_moved(before: Document, after: Document) -> float:
    """The largest share of total pay that moves for anybody, 0–1."""
    touched = _touched(before.incentive_plans, after.incentive_plans)
    return max((_share_moved(old, new) for old, new in touched), default=0.0)


def departments_touched(before: Document, after: Document) -> tuple[str, ...]:
    """Departments whose KPIs or incentive plans a change touches, by key."""
    found = {plan.department for _, plan in _touched(before.incentive_plans, after.incentive_plans)}
    known = {kpi.key: kpi for kpi in before.kpis}
    for kpi in after.kpis:
        old = known.get(kpi.key)
        if old != kpi:
            found |= {kpi.department, *(set(kpi.shared_with) - set(old.shared_with if old else ()))}
    return tuple(sorted(found))


def _touched(before: Sequence[Keyed], after: Sequence[Keyed]) -> list[tuple[Keyed, Keyed]]:
    """Parts that are there before and after, and are not the same."""
    new = {part.key: part for part in after}
    return [(part, new[part.key]) for part in before if part.key in new and part != new[part.key]]


def _weight_moved(before: IncentivePlan, after: IncentivePlan) -> float:
    """Weight taken from components, including those that are gone: what others gain when their plan shrinks moves nothing."""
    old, new = _weights(before), _weights(after)
    if len(new) < len(old):
        return sum(old[key] for key in old.keys() - new.keys())
    return sum(abs(new.get(key, 0.0) - old.get(key, 0.0)) for key in old.keys() | new.keys()) / 2


def _share_moved(before: IncentivePlan, after: IncentivePlan) -> float:
    """The share of total pay that hangs on something else afterwards, or on nothing."""
    new = _weights(after)
    stakes = (
        (weight * before.target_variable_pay_share, new.get(key, 0.0) * after.target_variable_pay_share)
        for key, weight in _weights(before).items()
    )
    return sum(max(0.0, old - now) for old, now in stakes)


def _weights(plan: IncentivePlan) -> dict[str, float]:
    return {component.key: component.weight for component in plan.components}
