"""Constraints of a plan in words, English and German."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.document import Document
from app.domain.optimise_constraints import Constraint, Constraints, Kind
from app.domain.phrases import number
from app.domain.terms import Language

_TEXTS: Mapping[Kind, tuple[str, str]] = {
    "max_changes": ("no more than {n} changes are made", "es werden höchstens {n} Änderungen gemacht"),
    "freeze": ("{name} stays as it is", "{name} bleibt, wie es ist"),
    "weights": ("weights that are set lie between {low} and {high} %", "gesetzte Gewichte liegen zwischen {low} und {high} %"),
    "budget": ("no more than {amount} a year come to hang on something else", "höchstens {amount} im Jahr hängen danach an etwas anderem"),
    "measures": ("{name} pays for no more than {n} measures", "{name} bezahlt höchstens {n} Messgrößen"),
    "claims": ("what only governance says is not changed", "was nur in der Governance steht, wird nicht geändert"),
    "removals": (
        "no KPI and no component is taken out, and no weight is brought to nothing",
        "kein KPI und kein Bestandteil entfällt, und kein Gewicht wird auf null gesetzt",
    ),
    "target_pay": ("what is paid at target stays", "die Zielvergütung bleibt"),
    "targets": ("every KPI keeps its target", "jeder KPI behält sein Ziel"),
    "own_goal": ("each department keeps a goal of its own", "jede Abteilung behält ein eigenes Ziel"),
    "worse": (
        "no finding gets worse by a level, and none of medium level or above comes up",
        "kein Befund wird um eine Stufe schlimmer, und keiner ab der Stufe mittel kommt hinzu",
    ),
    "total": ("in all no more is found than before", "insgesamt wird nicht mehr gefunden als vorher"),
    "must_go": ("“{title}” must go", "„{title}“ muss weg"),
}  # fmt: skip


def constraint_said(
    constraint: Constraint,
    constraints: Constraints,
    document: Document,
    titles: Mapping[str, str],
    language: Language,
) -> str:
    """What a constraint says. `titles`: those of findings, by fingerprint."""
    text = _TEXTS[constraint.kind][language == "de"]
    return text.format(
        n=constraints.most_measures if constraint.kind == "measures" else constraints.max_changes,
        name=_name(constraint.about, document, language),
        title=titles.get(constraint.about, constraint.about),
        low=number(100 * constraints.least_weight, language, 0),
        high=number(100 * constraints.most_weight, language, 0),
        amount=_amount(constraints.budget or 0.0, document, language),
    )


def _name(key: str, document: Document, language: Language) -> str:
    opening, closing = ("„", "“") if language == "de" else ("“", "”")
    named = {department.key: department.name for department in document.departments}
    named |= {kpi.key: kpi.name for kpi in document.kpis}
    named |= {plan.key: plan.role or plan.key for plan in document.incentive_plans}
    kpis = {kpi.key: kpi.name for kpi in document.kpis}
    for plan in document.incentive_plans:
        named |= {c.key: c.measure or kpis.get(c.kpi or "", c.key) for c in plan.components}
    return f"{opening}{named[key]}{closing} ({key})" if key in named else key


def _amount(amount: float, document: Document, language: Language) -> str:
    said = f"{amount:,.0f}"
    if language == "de":
        said = said.replace(",", ".")
    return " ".join(filter(None, (said, document.organization.currency)))
