"""The outcomes that any company owes its customers, used when a document names none (document: `outcomes`)."""

from __future__ import annotations

from functools import lru_cache

from app.domain.document import Outcome


@lru_cache(maxsize=1)
def default_outcomes() -> tuple[Outcome, ...]:
    """Satisfaction, effort, retention, trust and what customers came for, at equal weights."""
    return (
        Outcome(key="effort", name="Customer effort", direction="decrease", weight=1.0, metric="customer.effort"),
        Outcome(key="outcome-achieved", name="Customers achieve what they came for", direction="increase", weight=1.0,
                metric="customer.outcome_achieved"),
        Outcome(key="retention", name="Customer retention rate", direction="increase", weight=1.0,
                metric="customer.retention_rate"),
        Outcome(key="satisfaction", name="Customer satisfaction", direction="increase", weight=1.0,
                metric="customer.satisfaction"),
        Outcome(key="trust", name="Customer trust", direction="increase", weight=1.0, metric="customer.trust"),
    )  # fmt: skip
