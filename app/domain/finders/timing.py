"""When is pay paid, and for how long can it be taken back?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.finders.found import Found, component, plan, together
from app.domain.finders.whole import FEWEST, of_roles, parts_together
from app.domain.goals import SELLING, Part
from app.domain.patch_templates import Bindings, Text
from app.domain.situation import Situation
from app.domain.terms import DAYS_IN_MONTH, PERIOD_DAYS

TERMS = (3, 6, 9, 12, 18, 24, 36)
"""Months for which pay is usually held."""

DEFERRED_MONTHS = {"month": 6, "quarter": 12, "year": 36}
CLAWED_BACK_MONTHS = {"month": 24, "quarter": 24, "year": 36}
"""Pay period → the longest time for which people put up with pay being kept back, or open to be taken back (judgement)."""

HELD_STAKE = 0.05
"""Pay from this share of total pay on is worth holding back (judgement)."""

SMALL_EARNERS = frozenset({"service", "operations", "hr", "it"})
"""Functions in which most people are paid too little variable pay, too often, for it to be held or taken back (judgement)."""

LEADERS_SHARE = 0.2
"""From this variable share on, paid once a year, a plan is one for leaders, whose pay can be held in any function (judgement)."""

SELLERS = frozenset({"sales", "marketing", "customer_success"})
CONTRACTING = frozenset({"sales", "customer_success"})
"""Functions whose people conclude contracts themselves."""

WAITS = SELLERS | SMALL_EARNERS
"""Functions whose people are not made to wait for a year (judgement)."""

LONGER = {"month": "quarter", "quarter": "year"}
OFTEN = {"quarter": Text("once a quarter", "einmal im Quartal"), "year": Text("once a year", "einmal im Jahr")}


def lag_in_months(s: Situation, _: Bindings) -> Iterator[Found]:
    """For how many months pay has to be kept back until the harm shows, and the components for which that makes sense."""
    yield from _held(s, s.parts, DEFERRED_MONTHS, _worth_keeping_back)


def lag_in_months_of_sales(s: Situation, _: Bindings) -> Iterator[Found]:
    """For how many months pay must be taken back when a sale, a contract or a renewal does not last."""
    yield from _held(s, s.parts, CLAWED_BACK_MONTHS, _may_not_last)


def whole_pay_kept_back(s: Situation, _: Bindings) -> Iterator[Found]:
    """The same of all pay of the company, of the acting department, and of a role, for which it makes sense, whatever it is for."""
    for parts in parts_together(s, by_policy=True):
        for held in _held(s, parts, DEFERRED_MONTHS, _worth_keeping_back, fewest=FEWEST):
            yield {**held, **of_roles(held["items"])}


def whole_pay_of_sales(s: Situation, _: Bindings) -> Iterator[Found]:
    """The same of all pay of the company, of the acting department, and of a role, for what they sell."""
    for parts in parts_together(s, by_policy=True):
        for held in _held(s, parts, CLAWED_BACK_MONTHS, _may_not_last, fewest=FEWEST):
            yield {**held, **of_roles(held["items"])}


def longer_period(s: Situation, _: Bindings) -> Iterator[Found]:
    """The incentive plan with its next longer pay period; nobody who sells or serves waits for more than a quarter."""
    lag = _lag_days(s)
    for part in s.parts[:1]:
        incentive_plan = part.incentive_plan
        function = s.company.departments[incentive_plan.department].function
        period = LONGER.get(incentive_plan.period)
        if period == "quarter" and lag > PERIOD_DAYS["quarter"] and function not in WAITS:
            period = "year"
        if period is None or lag <= PERIOD_DAYS[incentive_plan.period] or (period == "year" and function in WAITS):
            continue
        yield {**plan(s.company, incentive_plan), "period": period, "often": OFTEN[period]}


def end_of_month(s: Situation, _: Bindings) -> Iterator[Found]:
    """The incentive plan that ends in the middle of a month, with the first day after that month."""
    for part in s.parts[:1]:
        effective = part.incentive_plan.effective
        last = effective.to if effective else None
        if effective is None or last is None or last.day == 1 or (effective.from_ and effective.from_.day != 1):
            continue
        following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
        yield {**plan(s.company, part.incentive_plan), "to": following.isoformat()}


def _lag_days(s: Situation) -> int:
    """How long the harm takes to show, or the measure to be known."""
    known: Any = [s.finding.facts.get(name) for name in ("late_lag_days", "worst_lag_days", "kpi_horizon_days")]
    lags = [int(days) for days in known if days]
    return max([s.conflict.lag_days if s.conflict else 0, *lags])


def _held(
    s: Situation,
    parts: Sequence[Part],
    most: Mapping[str, int],
    fits: Callable[[Situation, Part], bool],
    fewest: int = 1,
) -> Iterator[Found]:
    if s.goal is None or s.serves_customers or s.conflict is None:
        return
    lag = _lag_days(s)
    months = next((term for term in TERMS if term * DAYS_IN_MONTH >= lag), None)
    if months is None:
        return
    items = [
        component(s.company, part)
        for part in parts
        if months <= most[part.incentive_plan.period]
        and lag > PERIOD_DAYS[part.incentive_plan.period] / 2
        and part.component.held_days < months * DAYS_IN_MONTH
        and part.component.weight * part.incentive_plan.target_variable_pay_share >= HELD_STAKE
        and fits(s, part)
    ]
    if len(items) >= fewest:
        yield {**together(items), "months": months}


def _worth_keeping_back(s: Situation, part: Part) -> bool:
    """Whether people earn enough variable pay to wait for a part of it: those who sell, and leaders."""
    incentive_plan = part.incentive_plan
    if s.company.departments[incentive_plan.department].function in SMALL_EARNERS:
        return incentive_plan.period == "year" and incentive_plan.target_variable_pay_share >= LEADERS_SHARE
    return incentive_plan.period == "year" or _sells(s, part)


def _may_not_last(s: Situation, part: Part) -> bool:
    """Whether single sales, contracts or renewals are paid: by commission, or to those who make them."""
    function = s.company.departments[part.incentive_plan.department].function
    if part.component.payout.kind == "ranking" or function in SMALL_EARNERS:
        return False
    return part.component.payout.kind == "commission" or _sells(s, part)


def _sells(s: Situation, part: Part) -> bool:
    """Whether people who sell are paid for what they win or keep."""
    metric = s.company.goals.metric(s.company.paid_for(part.incentive_plan, part.component).item)
    function = s.company.departments[part.incentive_plan.department].function
    if metric is None or function not in CONTRACTING or metric.customer_outcome:
        return False
    return metric.reap in (*SELLING, "retention")
