"""When is pay paid, and for how long can it be taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.domain.finders.found import Found, component, plan, together
from app.domain.goals import SELLING, Part
from app.domain.remedies import Bindings, Text
from app.domain.situation import Situation
from app.domain.terms import DAYS_IN_MONTH, PERIOD_DAYS

TERMS = (3, 6, 9, 12, 18, 24, 36)
"""Months for which pay is usually held."""

HELD_STAKE = 0.05
"""Pay from this share of total pay on is worth holding back (judgement)."""

SMALL_EARNERS = frozenset({"service", "operations", "hr", "it"})
"""Functions in which most people are paid too little variable pay, too often, for it to be held or taken back (judgement)."""

LEADERS_SHARE = 0.2
"""From this variable share on, paid once a year, a plan is one for leaders, whose pay can be held in any function (judgement)."""

WAITS = frozenset({"sales", "marketing", "customer_success"}) | SMALL_EARNERS
"""Functions whose people are not made to wait for a year (judgement)."""

LONGER = {"month": "quarter", "quarter": "year"}
OFTEN = {"quarter": Text("once a quarter", "einmal im Quartal"), "year": Text("once a year", "einmal im Jahr")}


def lag_in_months(s: Situation, _: Bindings) -> Iterator[Found]:
    """For how long pay has to be held until the harm shows, and the components for which that makes sense."""
    if s.goal is None or s.serves_customers or s.conflict is None:
        return
    lag = _lag_days(s)
    months = next((term for term in TERMS if term * DAYS_IN_MONTH >= lag), TERMS[-1])
    items = [component(s.company, part) for part in s.parts if _worth_holding(s, part, lag, months)]
    if items:
        yield {**together(items), "months": months}


def lag_in_months_of_sales(s: Situation, found: Bindings) -> Iterator[Found]:
    """The same where what was paid for may turn out not to last: a sale, a contract, a renewal."""
    if any(_may_not_last(s, part) for part in s.parts):
        yield from lag_in_months(s, found)


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


def _worth_holding(s: Situation, part: Part, lag_days: int, months: int) -> bool:
    incentive_plan, paid = part.incentive_plan, part.component
    function = s.company.departments[incentive_plan.department].function
    yearly = incentive_plan.period == "year"
    if function in SMALL_EARNERS and not (yearly and incentive_plan.target_variable_pay_share >= LEADERS_SHARE):
        return False
    if paid.weight * incentive_plan.target_variable_pay_share < HELD_STAKE:
        return False
    if lag_days <= PERIOD_DAYS[incentive_plan.period] / 2 or paid.held_days >= months * DAYS_IN_MONTH:
        return False
    return yearly or _may_not_last(s, part)


def _may_not_last(s: Situation, part: Part) -> bool:
    if s.goal is None:
        return False
    metric = s.company.goals.metric(s.goal.item)
    if part.component.payout.kind == "commission":
        return True
    return metric is not None and metric.reap in (*SELLING, "retention")
