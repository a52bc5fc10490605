"""Which field of the document fills a fact that a rule missed."""

from __future__ import annotations

UNDERSTOOD = "metric"
"""Stands for what follows once a name is understood."""

PLANS, COMPONENTS = "incentive_plans[]", "incentive_plans[].components[]"

HOLDERS = {
    COMPONENTS: ("component",),
    PLANS: ("incentive_plan", "component", "department"),
    "kpis[]": ("kpi",),
    "departments[]": ("department",),
}
"""Start of a field → the kinds of subject that it can be missing for, the nearest first."""

FIELDS: dict[str, tuple[str, ...]] = {
    "outcome_owner_named": ("governance.outcome_owner",),
    "outcome_owner": ("governance.outcome_owner",),
    "owner_harms_outcomes": ("governance.outcome_owner",),
    "executive_sponsor": ("governance.executive_sponsor",),
    "customer_in_all_decisions": ("governance.customer_in_all_decisions",),
    "customer_owned": ("governance.customer_owned_by",),
    "owns_customer": ("governance.customer_owned_by",),
    "single_customer_view": ("governance.single_customer_view",),
    "quality_monitored": ("governance.incentive_review.quality_monitoring",),
    "monitored": ("governance.incentive_review.quality_monitoring",),
    "review_days": ("governance.incentive_review.frequency",),
    "headcount": ("departments[].headcount",),
    "horizon_days": ("kpis[].horizon",),
    "kpi_horizon_days": ("kpis[].horizon",),
    "short_horizon_share": ("kpis[].horizon",),
    "single_designer_plans": (f"{PLANS}.designed_by", f"{PLANS}.approved_by"),
    "own_approval_plans": (f"{PLANS}.approved_by",),
    "starts_mid_period": (f"{PLANS}.effective.from",),
    "pay_horizon_days": (PLANS,),
    "paid_on_outcome_share": (PLANS,),
    "guarded_pay_share": (PLANS,),
    "cap": (f"{COMPONENTS}.payout.cap",),
    "largest_step": (f"{COMPONENTS}.payout.tiers",),
    "effective_weight": (f"{COMPONENTS}.payout",),
    "gate_stated": (f"{COMPONENTS}.gate.condition",),
    "controllable": (f"{COMPONENTS}.controllable",),
}
"""Column of a fact table → fields of the document."""

NAMES = frozenset({
    "metric_function", "direction", "reap", "gameability", "kind", "customer_metric", "survey_paid", "measure_kind",
    "department_controls", "alignment", "coverage", "reaches_outcome", "customer_kpi_share", "retention_share",
    "efficiency_share", "acquisition_share", "penetration_share", "alignment_index", "outcomes_unmeasured",
    "guard_on_customer", "effort_measured", "trust_measured", "loyalty_measured", "lifetime_value_measured",
})  # fmt: skip
"""Columns that are known once the names of KPIs and outcomes are understood."""

NOTHING = frozenset({"longest_outcome_lag_days", "worst_lag_days", "late_lag_days"})
"""Columns that stay empty because there is nothing to be said: no field fills them."""


def filled_by(column: str) -> tuple[str, ...]:
    """The fields to fill in so that a column is known."""
    if column in NOTHING:
        return ()
    return FIELDS.get(column, (UNDERSTOOD,))
