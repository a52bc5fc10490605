"""Which pay can be guarded, capped or made smooth? Components, never those whose change would be silly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.domain.document import Component, Payout
from app.domain.facts.payout import largest_step
from app.domain.finders.found import Found, component, together
from app.domain.goals import Part
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Situation

LEAST_STAKE = 0.005
"""Pay below this share of total pay is left alone (judgement)."""

LARGE_STEP = 0.5
"""A jump of this many times target pay is a cliff, wherever it stands."""

CAP_ON_RESULTS, CAP = 2.0, 1.5
"""The usual ceilings, as multiples of target pay: where each result is paid, and elsewhere (judgement)."""


def ungated_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """All components that pay for what is pushed and have no gate yet."""
    yield from _guardable(s, lambda paid: paid.gate is None)


def unscaled_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """All components that pay for what is pushed, with neither gate nor modifier."""
    yield from _guardable(s, lambda paid: paid.gate is None and paid.modifier is None)


def misgated_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """All components that pay for what is pushed and have a gate already."""
    yield from _guardable(s, lambda paid: paid.gate is not None)


def uncapped_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components that pay without limit, with the cap that fits."""
    items = []
    for part in s.parts:
        if is_unlimited(part.component.payout):
            items.append({**component(s.company, part), "cap": cap_of(part.component.payout)})
    if items:
        highest = max(float(item["cap"]) for item in items)
        yield {**together(items), "cap": Text(f"{highest:g}", f"{highest:g}".replace(".", ","))}


def jagged_pay(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components whose pay jumps (at one value, by rank, back to the first unit), with a payout in proportion instead."""
    jagged = [part for part in s.parts if jumps(part.component.payout)]
    items = [{**component(s.company, part), "payout": in_proportion(part.component.payout)} for part in jagged]
    if items:
        yield {**together(items), "jumps": _said([part.component for part in jagged])}


def penalties(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components on which more than pay hangs."""
    if s.serves_customers:
        return
    items = [component(s.company, part) for part in s.parts if part.component.penalties]
    if items:
        yield together(items)


def exclusive_credit(s: Situation, _: Bindings) -> Iterator[Found]:
    """Components whose success counts for one department only."""
    items = [component(s.company, part) for part in s.parts if part.component.exclusive_credit]
    if items:
        yield together(items)


def is_unlimited(payout: Payout) -> bool:
    """Whether pay rises with the result for ever."""
    return payout.kind in ("linear", "tiered", "commission") and not payout.cap


def cap_of(payout: Payout) -> float:
    """The cap that fits, as a multiple of target pay."""
    by_result = payout.kind == "commission" or payout.accelerator_max > 1
    return CAP_ON_RESULTS if by_result else CAP


def is_worth_a_change(part: Part) -> bool:
    """Whether more than a trifle of total pay hangs on a component."""
    return part.component.weight * part.incentive_plan.target_variable_pay_share >= LEAST_STAKE


def _guardable(s: Situation, fits: Callable[[Component], bool]) -> Iterator[Found]:
    """Components worth a guard; what is owed to customers is not made to depend on another department's figure."""
    if s.serves_customers:
        return
    items = [component(s.company, part) for part in s.parts if is_worth_a_change(part) and fits(part.component)]
    if items:
        yield together(items)


def jumps(payout: Payout) -> bool:
    """Whether pay leaps at one value, by rank, or back to the first unit."""
    if payout.kind in ("threshold", "ranking") or any(a.retroactive for a in payout.accelerators):
        return True
    return payout.kind in ("linear", "tiered") and (largest_step(payout) or 0.0) >= LARGE_STEP


def in_proportion(payout: Payout) -> dict[str, Any]:
    """Pay in proportion to the result, never more than before: under the same cap; where pay was a fixed sum, that sum."""
    by_steps = payout.kind in ("threshold", "ranking")
    kept = [] if by_steps else [{"above": a.above, "multiplier": a.multiplier} for a in payout.accelerators]
    most = max((tier.pays for tier in payout.tiers), default=None)
    cap = payout.cap or (1.0 if payout.kind == "threshold" else most or (CAP_ON_RESULTS if kept else CAP))
    smooth: dict[str, Any] = {"kind": "commission" if payout.kind == "commission" else "linear", "cap": cap}
    smooth |= {name: value for name in ("rate", "target") if (value := getattr(payout, name)) is not None}
    return {**smooth, "accelerators": kept} if kept else smooth


def _said(components: list[Component]) -> Text:
    kinds = {component.payout.kind for component in components}
    if "ranking" in kinds:
        return Text("by rank among colleagues", "nach dem Rang unter Kollegen")
    if "threshold" in kinds:
        return Text("all or nothing at one value", "alles oder nichts an einem Wert")
    if any(a.retroactive for component in components for a in component.payout.accelerators):
        return Text(
            "from the first unit once a level is reached", "ab dem ersten Stück, sobald eine Stufe erreicht ist"
        )
    return Text("in large steps", "in großen Stufen")
