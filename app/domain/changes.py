"""What a patch on a document as submitted makes of it, and what the change costs (semantics §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.domain.catalogue import Catalogue
from app.domain.document import Document, IncentivePlan, Kpi
from app.domain.document.checks import checked
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
    """What a change costs to make; `people` are those on the incentive plans touched, else in the departments touched."""
    touched = _touched(before.incentive_plans, after.incentive_plans)
    people = sum(plan.headcount or 0 for plan, _ in touched)
    if not touched:
        heads = {d.key: d.headcount or 0 for d in after.departments}
        people = sum(heads[department] for department in departments_touched(before, after))
    return Cost(
        weight_moved=round(sum(_weight_moved(old, new) for old, new in touched), 6),
        pay_moved=round(share_moved(before, after), 6),
        plans=len(touched),
        people=people,
        pay_amount=_amount(touched),
    )


def changed_amount(before: Document, after: Document) -> float | None:
    """Money a year that hangs on something else afterwards, or on nothing; None where it moves and pay or heads are not known."""
    return _amount(
        [
            (old, new)
            for old, new in _touched(before.incentive_plans, after.incentive_plans)
            if role_share_moved(old, new) > 0
        ]
    )


def _amount(touched: Sequence[tuple[IncentivePlan, IncentivePlan]]) -> float | None:
    """Money a year that moves; None where the pay or the heads of a plan are not known."""
    amounts = [
        role_share_moved(old, new) * old.target_total_pay * old.headcount
        for old, new in touched
        if old.target_total_pay is not None and old.headcount is not None
    ]
    return round(sum(amounts), 2) if len(amounts) == len(touched) else None


def share_moved(before: Document, after: Document) -> float:
    """The largest share of total pay that moves for anybody, 0–1."""
    touched = _touched(before.incentive_plans, after.incentive_plans)
    return max((role_share_moved(old, new) for old, new in touched), default=0.0)


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


def role_share_moved(before: IncentivePlan, after: IncentivePlan) -> float:
    """The share of total pay that hangs on something else afterwards, or on nothing."""
    new = _weights(after)
    stakes = (
        (weight * before.target_variable_pay_share, new.get(key, 0.0) * after.target_variable_pay_share)
        for key, weight in _weights(before).items()
    )
    return sum(max(0.0, old - now) for old, now in stakes)


def _weights(plan: IncentivePlan) -> dict[str, float]:
    return {component.key: component.weight for component in plan.components}
