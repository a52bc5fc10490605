"""Effective weights: on what a role's pay really hangs once thresholds, floors, caps, accelerators, gates and modifiers count.

A component moves pay by what it pays from nothing to 150 % attainment, times its weight; a gate by what the component pays at target, which
it lets through or not; a modifier by that times the width of its scale. Shares of the sum of these are effective weights.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from app.domain.document import Component, IncentivePlan
from app.domain.facts.payout import MOST_ATTAINMENT, effective_weight, pay_at

AT_TARGET = 1.0


class PaidWeight(NamedTuple):
    """A component's stated weight, and the share of the pay that components move which it moves; None where a payout is not known."""

    component: Component
    effective: float | None


class MeasureWeight(NamedTuple):
    """A measure on which a role's pay hangs: the weights of what is paid for it, and the share of all pay that moves which hangs on it.

    `kpi`: its key, None for a measure that is no KPI of the document, which `component` then names; `gates`, `modifies`: keys of the
    components that it does that to.
    """

    kpi: str | None
    component: str | None
    stated: float
    effective: float | None
    gates: tuple[str, ...]
    modifies: tuple[str, ...]


def paid_weights(plan: IncentivePlan) -> tuple[PaidWeight, ...]:
    """The components of a plan with their effective weights, as the fact `effective_weight` has them."""
    return tuple(PaidWeight(one, _rounded(effective_weight(one, plan.components))) for one in plan.components)


def measure_weights(plan: IncentivePlan) -> tuple[MeasureWeight, ...]:
    """What a plan's pay hangs on, what most hangs on first. Effective weights are None where a payout is not known."""
    stated: dict[tuple[str | None, str | None], float] = defaultdict(float)
    moved: dict[tuple[str | None, str | None], float] = defaultdict(float)
    gates: dict[str, list[str]] = defaultdict(list)
    modifies: dict[str, list[str]] = defaultdict(list)
    is_known = True
    for one in plan.components:
        lowest, target, highest = (pay_at(one.payout, at) for at in (0.0, AT_TARGET, MOST_ATTAINMENT))
        if lowest is None or target is None or highest is None:
            is_known = False
            lowest = target = highest = 0.0
        own = (one.kpi, None if one.kpi else one.key)
        stated[own] += one.weight
        moved[own] += one.weight * abs(highest - lowest)
        if one.gate:
            gates[one.gate.kpi].append(one.key)
            moved[one.gate.kpi, None] += one.weight * target
        if one.modifier:
            modifies[one.modifier.kpi].append(one.key)
            moved[one.modifier.kpi, None] += one.weight * target * _width(one)
    whole = sum(moved.values())
    found = [
        MeasureWeight(
            kpi=kpi,
            component=component,
            stated=round(stated.get((kpi, component), 0.0), 6),
            effective=_rounded(amount / whole) if is_known and whole > 0 else None,
            gates=tuple(sorted(gates.get(kpi or "", ()))),
            modifies=tuple(sorted(modifies.get(kpi or "", ()))),
        )
        for (kpi, component), amount in moved.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (-(one.effective or 0.0), -one.stated, one.kpi or "", one.component or ""))
    )


def _width(component: Component) -> float:
    """How far a modifier scales pay; a bound that is not said is 1."""
    modifier = component.modifier
    if modifier is None:
        return 0.0
    low, high = (1.0 if bound is None else bound for bound in (modifier.low, modifier.high))
    return abs(high - low)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
