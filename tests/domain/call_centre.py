"""A small company in which a plan pays for short calls, to be changed by one thing at a time."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding, Recommendation
from app.domain.terms import Language

Raw = dict[str, Any]
AS_OF = date(2026, 7, 1)

CALL_CENTRE: Raw = {
    "concord": 1,
    "organization": {"name": "Acme"},
    "departments": [
        {"key": "service", "name": "Customer Service", "function": "service", "headcount": 300},
        {"key": "sales", "name": "Sales", "function": "sales", "headcount": 40},
        {"key": "finance", "name": "Finance", "function": "finance"},
    ],
    "outcomes": [
        {"key": "loyalty", "name": "Customer retention rate", "metric": "customer.retention_rate", "direction": "increase", "weight": 60},
        {"key": "ease", "name": "Customer effort", "metric": "customer.effort", "direction": "decrease", "weight": 40},
    ],
    "kpis": [
        {"key": "aht", "department": "service", "name": "Average handling time", "metric": "service.average_handle_time",
         "direction": "decrease", "weight": 60, "unit": "seconds", "baseline": 420, "target": 330},
        {"key": "fcr", "department": "service", "name": "First-contact resolution", "metric": "service.first_contact_resolution",
         "direction": "increase", "weight": 40, "unit": "%", "baseline": 72, "target": 80},
        {"key": "new", "department": "sales", "name": "New customers won", "metric": "sales.new_customers", "direction": "increase",
         "weight": 100, "target": 400},
        {"key": "cost", "department": "finance", "name": "Operating cost", "metric": "finance.operating_cost", "direction": "decrease",
         "weight": 100},
    ],
    "incentive_plans": [
        {"key": "agents", "department": "service", "role": "Agent", "period": "month", "target_variable_pay_share": 0.2,
         "headcount": 260, "target_total_pay": 40000,
         "components": [{"key": "agents-aht", "kpi": "aht", "weight": 1, "payout": {"kind": "threshold", "threshold": 1}}]},
        {"key": "sellers", "department": "sales", "role": "Sales representative", "period": "month", "target_variable_pay_share": 0.4,
         "headcount": 30, "target_total_pay": 60000,
         "components": [{"key": "sellers-new", "kpi": "new", "weight": 1, "payout": {"kind": "commission"}}]},
    ],
    "governance": {"outcome_owner": "nobody", "executive_sponsor": False},
}  # fmt: skip


def call_centre() -> Raw:
    """A copy that may be changed."""
    return copy.deepcopy(CALL_CENTRE)


def audit(raw: Mapping[str, Any], language: Language = "en", *, recommend: bool = True) -> Analysis:
    """The whole analysis of a document as submitted."""
    document = document_from(raw, catalogue())
    return analyse(document, catalogue(), as_of=AS_OF, raw=raw, language=language, with_recommendations=recommend)


def recommended(raw: Mapping[str, Any], language: Language = "en") -> tuple[Recommendation, ...]:
    """What the audit recommends."""
    return audit(raw, language).recommendations


def by_fingerprint(analysis: Analysis) -> dict[str, Finding]:
    """Every open finding, those folded included."""
    return {one.fingerprint: one for finding in analysis.findings for one in (finding, *finding.also)}
