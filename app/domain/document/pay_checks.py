"""What the shape cannot say about incentive plans and their components."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from app.domain.document.references import period, reference, references
from app.domain.document.view import Item
from app.domain.faults import Fault
from app.domain.parameters import SHAPE_FACTOR

WEIGHTS_TOLERANCE = 1e-6
"""How far the weights of a plan's components may be from 1 together."""

_COMPARISON = r"(>=|<=|>|<|==|=|!=|≥|≤)\s*[-+]?[0-9]+([.][0-9]+)?\s*(%|[^\W\d_][^\n]*)?"
"""A gate's condition as a comparison: sign, number, and a unit if any (`>= 4.2`, `< 3 %`, `≤ 5 days`)."""

_MEMBERS_OF_KIND = {"tiers": "tiered", "places": "ranking", "rate": "commission"}
_STEPS = {"tiers": "from", "places": "to", "accelerators": "above"}


def pay_faults(whole: Item) -> Iterator[Fault]:
    """Every fault in the incentive plans that shows only when members are seen together."""
    kpis, departments, plans = (whole.keys(name) for name in ("kpis", "departments", "incentive_plans"))
    for plan in whole.items("incentive_plans"):
        for member in ("department", "designed_by", "approved_by"):
            yield from reference(plan, member, departments, "unknown_department")
        yield from references(plan, "supervises", plans, "unknown_plan")
        yield from period(plan)
        yield from _components(plan)
        for component in plan.items("components"):
            yield from _measured(component, kpis)
            yield from _guards(component, kpis)
            if payout := component.part("payout"):
                yield from _payout(payout)


def _components(plan: Item) -> Iterator[Fault]:
    components = plan.members.get("components")
    if not isinstance(components, list | tuple):
        return
    if not components:
        yield Fault(plan.at("components"), "no_component")
        return
    weights = [item.number("weight") for item in plan.items("components")]
    known = [weight for weight in weights if weight is not None and 0 <= weight <= 1]
    if len(known) < len(components):
        return
    total = math.fsum(known)
    if abs(total - 1) > WEIGHTS_TOLERANCE:
        yield Fault(plan.at("components"), "weights_sum", details={"sum": f"{total:.10g}"})


def _measured(component: Item, kpis: Mapping[str, Item]) -> Iterator[Fault]:
    has_kpi, has_measure = "kpi" in component.members, "measure" in component.members
    if not has_kpi and not has_measure:
        yield Fault(component.path, "kpi_or_measure")
    if has_kpi and has_measure:
        yield Fault(component.at("measure"), "kpi_and_measure")
    if has_measure and not has_kpi and "direction" not in component.members:
        yield Fault(component.at("direction"), "measure_direction")
    yield from reference(component, "kpi", kpis, "unknown_kpi")
    kpi = kpis.get(component.text("kpi") or "")
    if kpi is not None and not has_measure:
        yield from _contradictions(component, kpi)


def _contradictions(component: Item, kpi: Item) -> Iterator[Fault]:
    """A component on a KPI may repeat what the KPI says, and nothing else."""
    for member in ("direction", "metric", "family", "inverted"):
        said = component.members.get(member)
        of_kpi = kpi.members.get(member, False if member == "inverted" else None)
        if said is not None and said != of_kpi:
            expected = "nothing" if of_kpi is None else str(of_kpi).lower()
            details = {"kpi": kpi.text("key"), "values": expected}
            yield Fault(component.at(member), "said_by_kpi", said, "just", details=details)


def _guards(component: Item, kpis: Mapping[str, Item]) -> Iterator[Fault]:
    own = component.text("kpi")
    for name in ("gate", "modifier"):
        guard = component.part(name)
        if guard is None:
            continue
        yield from reference(guard, "kpi", kpis, "unknown_kpi")
        if own is not None and guard.text("kpi") == own:
            yield Fault(guard.at("kpi"), "guard_on_itself", own, details={"guard": name})
        yield from _low_above_high(guard, "low", "high")
        condition = guard.text("condition")
        if condition is not None and not _reads_as_condition(condition.strip()):
            yield Fault(guard.at("condition"), "bad_condition", condition, "comparison")


def _reads_as_condition(text: str) -> bool:
    return not text or text[0].isalpha() or re.fullmatch(_COMPARISON, text) is not None


def _payout(payout: Item) -> Iterator[Fault]:
    kind = payout.text("kind")
    for member, needed in _MEMBERS_OF_KIND.items():
        if kind in SHAPE_FACTOR and kind != needed and payout.members.get(member) not in (None, [], ()):
            yield Fault(payout.at(member), "not_of_this_kind", details={"kind": needed, "actual": kind})
    yield from _low_above_high(payout, "floor", "cap")
    for member, name in _STEPS.items():
        yield from _same_step(payout, member, name)


def _low_above_high(item: Item, low: str, high: str) -> Iterator[Fault]:
    least, most = item.number(low), item.number(high)
    if least is not None and most is not None and least > most:
        yield Fault(item.at(high), "low_above_high", most, details={"low": low, "bound": f"{least:.16g}"})


def _same_step(payout: Item, member: str, name: str) -> Iterator[Fault]:
    seen: set[float] = set()
    for step in payout.items(member):
        value = step.number(name)
        if value is None:
            continue
        if value in seen:
            yield Fault(step.at(name), "duplicate_item", step.members[name])
        seen.add(value)
