"""Finders: what a remedy's template needs to know of this company, each a function from a situation to what it found (semantics §8).

A finder yields the alternatives that an analyst would consider, best first, and nothing where the remedy would be silly: no gate on
what the people cannot see, no clawback on a support agent's bonus. It sees what finders named before it in the form have found.
Bounds marked as judgement are rules of thumb of compensation practice, not measured.
"""

from __future__ import annotations

from app.domain.finders import guards, kpis, mix, outcomes, pay, scorecards, timing, who, whole
from app.domain.finders.found import Finder

FINDERS: dict[str, Finder] = {
    finder.__name__: finder
    for finder in (
        who.pusher, who.organization, who.answerable, who.answerable_instead, who.approver,
        guards.metric_on_chain, guards.new_metric_on_chain, guards.scalable_metric, guards.unscalable_metric,
        guards.unstated_gate, guards.level_to_hold,
        pay.ungated_pay, pay.unscaled_pay, pay.misgated_pay, pay.uncapped_pay, pay.jagged_pay, pay.penalties, pay.exclusive_credit,
        timing.lag_in_months, timing.lag_in_months_of_sales, timing.longer_period, timing.end_of_month,
        timing.whole_pay_kept_back, timing.whole_pay_of_sales, whole.whole_pay, whole.whole_unscaled_pay, whole.whole_payout,
        mix.quality_in_plan, mix.token_quality, mix.unpaid_quality, mix.unpaid_customers, mix.counter_measure, mix.better_measure,
        mix.removable, mix.only_component, mix.twin, mix.crowd,
        kpis.kpi_weights, kpis.lighter_kpi, kpis.guardrail_measure, kpis.handover, kpis.harmed_kpi, kpis.most_harmed_kpi,
        kpis.common_kpi, kpis.competence, kpis.customer_measure,
        scorecards.joint_scorecard,
        outcomes.unmeasured_outcomes, outcomes.lifetime_value, outcomes.beyond_satisfaction, outcomes.segment_measure,
    )
}  # fmt: skip
"""Name in a template → finder."""
