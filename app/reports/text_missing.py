"""Which field of the document fills a fact that a rule missed."""

from __future__ import annotations

UNDERSTOOD = "metric"
"""Stands for all facts that follow once a name is understood."""

PLANS, COMPONENTS = "incentive_plans[]", ".components[]"

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
    "single_designer_plans": (f"{PLANS}.designed_by", f"{PLANS}.approved_by"),
    "own_approval_plans": (f"{PLANS}.approved_by",),
    "starts_mid_period": (f"{PLANS}.effective.from",),
    "largest_step": (f"{PLANS}{COMPONENTS}.payout.tiers",),
    "pay_horizon_days": (f"{PLANS}.components",),
    "horizon_days": ("kpis[].horizon",),
    "effective_weight": (f"{PLANS}{COMPONENTS}.gate.condition",),
}
"""Column of a fact table → fields of the document; all others follow from names that are understood."""


def filled_by(column: str) -> tuple[str, ...]:
    """The fields to fill in so that a column is known."""
    return FIELDS.get(column, (UNDERSTOOD,))
