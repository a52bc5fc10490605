"""Whole incentive plans: what is changed for a role, or for all roles of a department, at once, in one sentence of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.domain.document import Component
from app.domain.finders.found import Found, component, listed
from app.domain.finders.pay import cap_of, in_proportion, is_unlimited, is_worth_a_change, jumps
from app.domain.goals import Part
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Company, Situation

FEWEST = 2
"""Components from which on a change is one of a whole plan."""

MOST_NAMED = 4
"""Measures and roles that a title names; of more it says how many."""


def parts_together(s: Situation, *, by_policy: bool = False) -> Iterator[list[Part]]:
    """All components of the acting department's plans, then those of each plan that pays for what is pushed.

    `by_policy`: first those of all plans of the company, for what is settled once for everybody.
    """
    if s.goal is None or not s.parts:
        return
    known = sorted(s.company.measures.paid.items())
    own = [p.part for _, p in known if p.part.incentive_plan.department == s.goal.department]
    if by_policy:
        yield [p.part for _, p in known]
    yield own
    for plan in sorted({part.incentive_plan.key for part in s.parts}):
        yield [part for part in own if part.incentive_plan.key == plan]


def whole_pay(s: Situation, found: Bindings) -> Iterator[Found]:
    """All pay that can be made to depend on the guard found before: of all roles that see it, of the acting department, of one role.

    Pay for what customers say or get stays free: it is what the guard is for.
    """
    yield from _guarded(s, found["guard"], lambda paid: paid.gate is None)


def whole_unscaled_pay(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same, of pay that is not scaled by anything yet."""
    yield from _guarded(s, found["guard"], lambda paid: paid.modifier is None)


def whole_payout(s: Situation, _: Bindings) -> Iterator[Found]:
    """All pay of the acting department that jumps or has no limit: in proportion to the result instead, up to a limit."""

    def fits(part: Part) -> bool:
        return jumps(part.component.payout) or is_unlimited(part.component.payout)

    for parts in _fitting(s, fits, by_policy=True):
        paid = [(component(s.company, part), part.component.payout) for part in parts]
        jagged = [{**found, "payout": in_proportion(payout)} for found, payout in paid if jumps(payout)]
        limited = [{**found, "cap": cap_of(payout)} for found, payout in paid if not jumps(payout)]
        highest = max([*(float(item["cap"]) for item in limited), *(float(item["payout"]["cap"]) for item in jagged)])
        said = Text(f"{highest:g} times target pay", f"das {highest:g}-Fache der Zielvergütung".replace(".", ","))
        most = said if highest > 1 else Text("target pay", "die Zielvergütung")
        yield {**of_roles([found for found, _ in paid]), "jagged": jagged, "limited": limited, "most": most}


def _guarded(s: Situation, guard: Found, free: Callable[[Component], bool]) -> Iterator[Found]:
    def guardable(part: Part) -> bool:
        item = s.company.paid_for(part.incentive_plan, part.component).item
        if part.component.kpi == guard["key"] or s.company.measures.about_customers(item):
            return False
        seen = _sees(s.company, part.incentive_plan.department, guard)
        return seen and free(part.component) and is_worth_a_change(part)

    for parts in _fitting(s, guardable, by_policy=True):
        yield of_roles([component(s.company, part) for part in parts])


def _sees(company: Company, department: str, guard: Found) -> bool:
    """Whether a department's people see and can move a guard: a KPI, or one that is to be taken up."""
    if (known := company.goals.kpis.get(guard["key"])) is not None:
        return company.sees(department, known)
    kpi = guard["kpi"]
    if kpi["department"] == department:
        return True
    metric = kpi.get("metric")
    return metric is not None and (metric.startswith("customer.") or company.controls(department, metric))


def of_roles(items: Sequence[Found]) -> dict[str, Any]:
    """Components that one change touches, with their measures (`said`) and roles as one says them; of very many the first are named.

    `policy`: whether it is one for several departments.
    """
    names = list(dict.fromkeys(str(item["name"]) for item in items))
    roles = list(dict.fromkeys(str(item["role"]) for item in items))
    quoted = [Text(f"“{name}”", f"„{name}“") for name in names]
    return {
        "items": items,
        "said": _first(quoted, Text("measures", "Größen")),
        "role": _first([Text(role, role) for role in roles], Text("roles", "Rollen")),
        "policy": len({str(item["department"]) for item in items}) > 1,
    }


def _first(names: Sequence[Text], of: Text) -> Text:
    beyond = len(names) - (MOST_NAMED - 1)
    if len(names) <= MOST_NAMED:
        return listed(names)
    more = Text(f"{beyond} more {of.en}", f"{beyond} weitere {of.de}")
    return listed([*names[: MOST_NAMED - 1], more])


def _fitting(s: Situation, fits: Callable[[Part], bool], *, by_policy: bool = False) -> Iterator[list[Part]]:
    """Those that a change fits, wherever there are several, among them one that pays for what is pushed."""
    if s.serves_customers:
        return
    pushing = {part.component.key for part in s.parts}
    seen: set[tuple[str, ...]] = set()
    for whole in parts_together(s, by_policy=by_policy):
        parts = [part for part in whole if fits(part)]
        keys = tuple(part.component.key for part in parts)
        if len(parts) >= FEWEST and keys not in seen and not pushing.isdisjoint(keys):
            seen.add(keys)
            yield parts
