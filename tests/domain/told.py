"""Small companies for texts: written in a line, analysed with the real catalogue, asked for the finding on one pair."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.detection import Detection, detect
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding
from app.domain.rulebook import compiled_rules
from app.domain.terms import Language

AS_OF = date(2026, 11, 22)
TRUST = {"key": "trust", "name": "Customer trust", "metric": "customer.trust", "direction": "increase", "weight": 1}
CHURN = {
    "key": "churn",
    "name": "Customers lost",
    "metric": "customer.churn_rate",
    "direction": "decrease",
    "weight": 1,
}
SALES = {"key": "sales", "name": "Sales", "function": "sales"}
SERVICE = {"key": "service", "name": "Customer Service", "function": "service"}


def a_kpi(key: str, department: str, name: str, direction: str = "increase", **more: Any) -> dict[str, Any]:
    """A KPI that carries all of its department's weight unless another one does too."""
    return {"key": key, "department": department, "name": name, "direction": direction, **more}


def a_plan(kpi: str, department: str, share: float = 0.2, role: str = "Adviser", **component: Any) -> dict[str, Any]:
    """An incentive plan that pays for one KPI alone, in a straight line up to a cap."""
    paid = {"key": f"pay-{kpi}", "kpi": kpi, "weight": 1, "payout": {"kind": "linear", "cap": 1.5}, **component}
    return {
        "key": f"plan-{kpi}",
        "department": department,
        "role": role,
        "period": "quarter",
        "target_variable_pay_share": share,
        "components": [paid],
    }


def a_company(*departments: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    """A document out of copies of its parts."""
    organization = {"key": "acme", "name": "Acme"}
    return deepcopy({"concord": 1, "organization": organization, "departments": list(departments), **parts})


def analysed(document: Mapping[str, Any], language: Language = "en") -> Analysis:
    """What the engine says about a document."""
    known = catalogue()
    return analyse(document_from(document, known), known, as_of=AS_OF, language=language, with_recommendations=False)


def detected(document: Mapping[str, Any]) -> Detection:
    """What the engine finds in a document, without words."""
    known = catalogue()
    return detect(document_from(document, known), known, compiled_rules(known), AS_OF)


def every_finding(analysis: Analysis) -> list[Finding]:
    """The findings, folded ones too."""
    return [one for finding in analysis.findings for one in (finding, *finding.also)]


def told(document: Mapping[str, Any], source: str, target: str, language: Language = "en") -> Finding:
    """The conflict of a pair."""
    (found,) = [
        f
        for f in every_finding(analysed(document, language))
        if {source, target} <= {s.key for s in f.subjects} and f.flaw is None
    ]
    return found


def of_rule(document: Mapping[str, Any], rule: str, language: Language = "en") -> Finding:
    """The first finding of a rule."""
    return next(f for f in every_finding(analysed(document, language)) if f.rule == rule)
