"""From a patched document as submitted to the document as the engine reads it, and what the change costs (semantics §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from app.domain.document import Department, Document, IncentivePlan, Kpi, Outcome
from app.domain.findings import Cost
from app.domain.json_patch import Operation, PatchFailed, apply

_LISTS: dict[str, type[BaseModel]] = {
    "departments": Department,
    "outcomes": Outcome,
    "kpis": Kpi,
    "incentive_plans": IncentivePlan,
}


def changed(document: Document, raw: Mapping[str, Any], patch: Sequence[Operation]) -> Document | None:
    """The document after a patch on what was submitted; None when the patch does not fit or its result would not be valid.

    Only what the patch touches is read again: a patch shares the rest with the document before.
    """
    try:
        after = apply(raw, patch)
        parts = {
            name: _list(getattr(document, name), raw.get(name), after.get(name), kind)
            for name, kind in _LISTS.items()
            if after.get(name) is not raw.get(name)
        }
        if after.get("governance") is not raw.get("governance"):
            governance = type(document.governance)
            parts["governance"] = governance.model_validate(_present(after.get("governance") or {}))
    except (PatchFailed, ValidationError):
        return None
    result = document.model_copy(update=parts)
    return result if _holds_together(result) else None


def cost(before: Document, after: Document) -> Cost:
    """What a change costs to make.

    `weight_moved`: shares of incentive plans' pay that move to another component; `pay_moved`: pay that moves (money a year, where total
    pay and heads of every plan touched are known, else shares of total pay); `people`: those on the plans, else in the departments,
    that are touched.
    """
    touched = [(old, new) for old, new in _pairs(before.incentive_plans, after.incentive_plans) if old is not new]
    weight = sum(_weight_moved(old, new) for old, new in touched)
    shares = [(old, _pay_moved(old, new)) for old, new in touched]
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
    pairs = _pairs(before.incentive_plans, after.incentive_plans)
    return max((_pay_moved(old, new) for old, new in pairs if old is not new), default=0.0)


def departments_touched(before: Document, after: Document) -> tuple[str, ...]:
    """Departments whose KPIs or incentive plans a change touches, by key."""
    old: dict[str, Kpi | IncentivePlan] = {**_by_key(before.kpis), **_by_key(before.incentive_plans)}
    found: set[str] = set()
    for part in (*after.kpis, *after.incentive_plans):
        was = old.get(part.key)
        if was is part:
            continue
        found.add(part.department)
        if isinstance(part, Kpi):
            found |= set(part.shared_with) - set(was.shared_with if isinstance(was, Kpi) else ())
    return tuple(sorted(found))


def _by_key(parts: Sequence[Any]) -> dict[str, Any]:
    return {part.key: part for part in parts}


def _pairs(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[Any, Any]]:
    new = _by_key(after)
    return [(part, new[part.key]) for part in before if part.key in new]


def _list(parts: Sequence[Any], before: Any, after: Any, kind: type[BaseModel]) -> tuple[Any, ...]:
    known = _by_key(parts)
    same = {id(item) for item in before or ()}
    return tuple(
        known[item["key"]] if id(item) in same else kind.model_validate(_present(item)) for item in after or ()
    )


def _present(value: Any) -> Any:
    """The value without members that are null: they count as left out."""
    if isinstance(value, Mapping):
        return {name: _present(member) for name, member in value.items() if member is not None}
    return [_present(item) for item in value] if isinstance(value, list | tuple) else value


def _holds_together(document: Document) -> bool:
    """What a patch could break: keys, references, sums of weights, gates on the component's own KPI."""
    departments = {d.key for d in document.departments}
    kpis = {k.key for k in document.kpis}
    if len(kpis) != len(document.kpis) or any(k.department not in departments for k in document.kpis):
        return False
    components = [c for plan in document.incentive_plans for c in plan.components]
    if len({c.key for c in components}) != len(components):
        return False
    for plan in document.incentive_plans:
        if not plan.components or abs(sum(c.weight for c in plan.components) - 1) > 1e-6:
            return False
    for component in components:
        guards = [g.kpi for g in (component.gate, component.modifier) if g]
        if component.kpi in guards or not {*guards, *([component.kpi] if component.kpi else [])} <= kpis:
            return False
    return all(set(k.shared_with) <= departments - {k.department} for k in document.kpis)


def _weight_moved(before: IncentivePlan, after: IncentivePlan) -> float:
    old, new = _by_key(before.components), _by_key(after.components)
    if len(new) < len(old):
        return float(sum(old[key].weight for key in old.keys() - new.keys()))
    return sum(abs((new[k].weight if k in new else 0) - (old[k].weight if k in old else 0)) for k in old | new) / 2


def _pay_moved(before: IncentivePlan, after: IncentivePlan) -> float:
    """The share of total pay that hangs on something else afterwards, or on nothing."""
    old = {c.key: c.weight * before.target_variable_pay_share for c in before.components}
    new = {c.key: c.weight * after.target_variable_pay_share for c in after.components}
    return sum(max(0.0, stake - new.get(key, 0.0)) for key, stake in old.items())
