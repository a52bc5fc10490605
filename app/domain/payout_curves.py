"""Payout curves: what a component, and all of a role's plan together, pays at each attainment (the document's conventions).

Pay is a multiple of target pay: of the component's own, or of the role's target variable pay. A curve is drawn through its points in order;
where pay jumps, two points stand at the same attainment, before and after the jump.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.domain.document import Component, IncentivePlan, Payout
from app.domain.facts.payout import pay_at, pay_before

WIDEST = 2.0
"""The attainment up to which curves are drawn."""

MARKS = (0.8, 1.0, 1.2)
"""Attainments at which pay is read off."""


class CurvePoint(NamedTuple):
    """What is paid at an attainment."""

    attainment: float
    pay: float


class Mark(NamedTuple):
    """What is paid at an attainment: with gates that hold and modifiers at 1 (`pay`); with gates that fail and modifiers at their lowest;
    with gates that hold and modifiers at their highest."""

    attainment: float
    pay: float
    lowest: float
    highest: float


class ComponentCurve(NamedTuple):
    """The curve of a component in multiples of its own target pay; empty where pay does not follow attainment alone, as by place."""

    component: Component
    points: tuple[CurvePoint, ...]


class RoleCurve(NamedTuple):
    """The curve of a role, all its measures being at the same attainment, in multiples of its target variable pay.

    `known`: the share of that pay which follows attainment; components paid by place or by tiers that are not listed are not in the curve.
    """

    plan: IncentivePlan
    points: tuple[CurvePoint, ...]
    marks: tuple[Mark, ...]
    known: float
    components: tuple[ComponentCurve, ...]

    @property
    def variable_pay(self) -> float | None:
        """Target variable pay of one person a year, in the organization's currency."""
        total = self.plan.target_total_pay
        return None if total is None else total * self.plan.target_variable_pay_share


def role_curve(plan: IncentivePlan) -> RoleCurve:
    """The curve of a role's plan."""
    known = [component for component in plan.components if pay_at(component.payout, 0.0) is not None]
    bends = sorted({bend for component in known for bend in _bends(component.payout)})
    return RoleCurve(
        plan=plan,
        points=_points(known, bends, of_one=False),
        marks=tuple(_mark(known, attainment) for attainment in MARKS) if known else (),
        known=round(sum(component.weight for component in known), 6),
        components=tuple(
            ComponentCurve(one, _points([one], _bends(one.payout), of_one=True) if one in known else ())
            for one in plan.components
        ),
    )


def _points(components: Sequence[Component], bends: Iterable[float], *, of_one: bool) -> tuple[CurvePoint, ...]:
    if not components:
        return ()
    points: list[CurvePoint] = []
    for bend in bends:
        before, here = (
            round(sum((1.0 if of_one else c.weight) * (paid(c.payout, bend) or 0.0) for c in components), 6)
            for paid in (pay_before, pay_at)
        )
        points += [CurvePoint(bend, pay) for pay in dict.fromkeys((before, here) if bend else (here,))]
    return tuple(point for n, point in enumerate(points) if not _is_idle(points, n))


def _is_idle(points: Sequence[CurvePoint], number: int) -> bool:
    """Whether a point lies on the line between those around it."""
    if number in (0, len(points) - 1):
        return False
    (x0, y0), (x, y), (x1, y1) = points[number - 1 : number + 2]
    return x0 < x < x1 and abs((y - y0) * (x1 - x0) - (y1 - y0) * (x - x0)) < 1e-6


def _bends(payout: Payout) -> list[float]:
    """Attainments between which pay is a straight line, the ends of what is drawn among them."""
    edges = {
        0.0,
        WIDEST,
        payout.threshold or 0.0,
        *(t.from_ for t in payout.tiers),
        *(a.above for a in payout.accelerators),
    }
    if payout.kind == "threshold":
        edges.add(1.0 if payout.target is None else payout.target)
    edges = {edge for edge in edges if edge <= WIDEST}
    for level in (payout.floor, payout.cap):
        edges |= set(_reached(payout, sorted(edges), level)) if level is not None else set()
    return sorted(edges)


def _reached(payout: Payout, edges: Sequence[float], level: float) -> Iterable[float]:
    """Where pay that is neither floored nor capped passes a level, between two edges."""
    free = payout.model_copy(update={"floor": None, "cap": None})
    for start, end in pairwise(edges):
        low, high = pay_at(free, start), pay_before(free, end)
        if low is not None and high is not None and min(low, high) < level < max(low, high):
            yield round(start + (end - start) * (level - low) / (high - low), 9)


def _mark(components: Sequence[Component], attainment: float) -> Mark:
    pay = lowest = highest = 0.0
    for component in components:
        paid = component.weight * (pay_at(component.payout, attainment) or 0.0)
        modifier = component.modifier
        low, high = (modifier.low, modifier.high) if modifier else (None, None)
        pay += paid
        lowest += 0.0 if component.gate else paid * (1.0 if low is None else min(low, 1.0))
        highest += paid * (1.0 if high is None else max(high, 1.0))
    return Mark(attainment, *(round(value, 6) for value in (pay, lowest, highest)))
