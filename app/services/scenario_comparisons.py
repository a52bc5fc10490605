"""A scenario beside the model, or beside another scenario: what the engine finds in both, whose pay moves, and what roles are paid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.analysis import analyse
from app.domain.change_form import change_as_json
from app.domain.changes import cost
from app.domain.compare import Comparison, compare
from app.domain.coverage import goals_gone, pushed
from app.domain.document import Document, IncentivePlan
from app.domain.document.changes import changes_between
from app.domain.document.checks import document_from
from app.domain.effective_weights import measure_weights, paid_weights
from app.domain.findings import Analysis
from app.domain.pay_moved import PayMoved, pay_moved
from app.domain.payout_curves import RoleCurve, role_curve
from app.domain.policy import Policy
from app.domain.scenario_stack import Raw
from app.domain.terms import Language
from app.domain.waivers import Grant
from app.reports.canonical_json import as_json, cost_as_json
from app.reports.reread import analysis_from
from app.services import rules_in_force, sightings
from app.services.audits import check_size
from app.services.comparisons import shifts
from app.services.kept_scenarios import document_at, existing_scenario
from app.services.organizations import existing
from app.services.rules_in_force import InForce
from app.storage import documents
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

Json = dict[str, Any]

MODEL, BASE = "model", "base"
"""What a scenario is compared with beside other scenarios: the document as it stands, or the revision that it stands on."""


class Side(NamedTuple):
    """One of two documents that are compared: which it is, as it is shown, and the document."""

    about: Json
    raw: Raw


class Sides(NamedTuple):
    """Both documents, and the waivers and rules in force."""

    before: Side
    after: Side
    waivers: tuple[Grant, ...]
    rules: InForce

    @property
    def tag(self) -> str:
        """What tells these two documents from others."""
        return "-".join(
            str(side.about["content_hash"]).removeprefix("sha256:")[:16] for side in (self.before, self.after)
        )


def sides(store: Database, caller: Caller, organization: str, id_: str, other: str) -> Sides:
    """A scenario and what it is compared with: another scenario, `model` or `base`. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, id_)
        before = _document(tx, of, of.revision if other == MODEL else row.revision) if other in (MODEL, BASE) else None
        waivers, rules = sightings.waivers_in_force(tx, of), rules_in_force.in_force(tx, of)
        return Sides(before or _scenario(tx, of, other), _scenario(tx, of, id_), waivers, rules)


def compared(
    found: Sides, language: Language, as_of: date, *, with_unchanged: bool = False, most_goals: int | None = None
) -> Json:
    """What the scenario's document has that the other one has not: findings, index, pay, curves. Both are analysed as of a day.

    Raises DocumentInvalid, as too large, for documents with more than `most_goals` KPIs and components.
    """
    policy = Policy(grants=found.waivers, rulebook=found.rules.book())
    before, after = (_analysed(side.raw, policy, as_of, language, most_goals) for side in (found.before, found.after))
    comparison = compare(before.analysis, after.analysis)
    gone = goals_gone(pushed(before.analysis.goals), pushed(after.analysis.goals))
    come = goals_gone(pushed(after.analysis.goals), pushed(before.analysis.goals))
    currency = after.document.organization.currency
    return {
        "before": {**found.before.about, **_summary(before.analysis, comparison.severity_before)},
        "after": {**found.after.about, **_summary(after.analysis, comparison.severity_after)},
        "as_of": as_of.isoformat(),
        "alignment_change": _change(comparison),
        **shifts(comparison, {one.goal for one in gone}, with_unchanged=with_unchanged),
        "removed_goals": [{**one.goal._asdict(), "pressure": one.pressure} for one in gone],
        "added_goals": [{**one.goal._asdict(), "pressure": one.pressure} for one in come],
        "cost": cost_as_json(cost(before.document, after.document)),
        "pay_moved": [_moved(one, currency) for one in pay_moved(before.document, after.document)],
        "roles": _roles(before.document, after.document, currency),
        "changes": [change_as_json(one) for one in changes_between(found.before.raw, found.after.raw)],
    }


class _Analysed(NamedTuple):
    """A document, and what an analysis says of it once it was written and read again: figures as reports have them."""

    document: Document
    analysis: Analysis


def _analysed(raw: Raw, policy: Policy, as_of: date, language: Language, most_goals: int | None) -> _Analysed:
    document = document_from(raw, catalogue())
    if most_goals is not None:
        check_size(document, most_goals)
    analysis = analyse(
        document,
        catalogue(),
        as_of=as_of,
        raw=raw,
        language=language,
        with_recommendations=False,
        policy=policy,
    )
    return _Analysed(document, analysis_from(as_json(analysis)))


def _document(tx: Transaction, of: Organization, number: int) -> Side:
    stored: documents.Stored = document_at(tx, of, number)
    return Side({"revision": stored.number, "content_hash": stored.content_hash}, stored.raw)


def _scenario(tx: Transaction, of: Organization, id_: str) -> Side:
    row = existing_scenario(tx, of, id_)
    about = {"scenario": row.id, "name": row.name, "revision": row.revision, "content_hash": row.content_hash}
    return Side(about, json.loads(row.body))


def _summary(analysis: Analysis, severity: float) -> Json:
    index = analysis.summary.alignment_index
    return {
        "alignment_index": None if index is None else round(index, 4),
        "levels": dict(analysis.summary.levels),
        "severity": round(severity, 2),
    }


def _change(found: Comparison) -> float | None:
    if found.alignment_before is None or found.alignment_after is None:
        return None
    return round(found.alignment_after - found.alignment_before, 4)


def _moved(one: PayMoved, currency: str | None) -> Json:
    return {**_role(one.plan), "share": one.share, **_known({"amount": _money(one.amount, currency)})}


def _roles(before: Document, after: Document, currency: str | None) -> list[Json]:
    """Every role whose plan is not the same in both, with what it pays before and after."""
    old, new = ({plan.key: plan for plan in one.incentive_plans} for one in (before, after))
    keys = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    return [
        {
            **_role(new.get(key) or old[key]),
            **_known(
                {name: _paid(plan, currency) for name, plan in (("before", old.get(key)), ("after", new.get(key)))}
            ),
        }
        for key in keys
    ]


def _role(plan: IncentivePlan) -> Json:
    about = {"role": plan.role, "headcount": plan.headcount}
    return {"incentive_plan": plan.key, "department": plan.department, **_known(about)}


def _paid(plan: IncentivePlan | None, currency: str | None) -> Json | None:
    """What a plan pays, as a drawing needs it: curve, pay at marks, weights as stated and as they work."""
    if plan is None:
        return None
    curve = role_curve(plan)
    return {
        **_known({"variable_pay": _money(curve.variable_pay, currency)}),
        "known": curve.known,
        "points": [point._asdict() for point in curve.points],
        "marks": _marks(curve, currency),
        "components": _components(plan, curve),
        "measures": [
            {
                **_known({"kpi": one.kpi, "component": one.component}),
                "stated": one.stated,
                "effective": one.effective,
                "gates": list(one.gates),
                "modifies": list(one.modifies),
            }
            for one in measure_weights(plan)
        ],
    }


def _marks(curve: RoleCurve, currency: str | None) -> list[Json]:
    pay = curve.variable_pay
    return [
        {**mark._asdict(), **_known({"amount": None if pay is None else _money(mark.pay * pay, currency)})}
        for mark in curve.marks
    ]


def _components(plan: IncentivePlan, curve: RoleCurve) -> list[Json]:
    return [
        {
            "component": drawn.component.key,
            "measure": drawn.component.kpi or drawn.component.measure or drawn.component.key,
            "weight": drawn.component.weight,
            "effective_weight": weight.effective,
            "points": [point._asdict() for point in drawn.points],
        }
        for drawn, weight in zip(curve.components, paid_weights(plan), strict=True)
    ]


def _money(amount: float | None, currency: str | None) -> Json | None:
    if amount is None:
        return None
    said = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {"amount": str(said), **_known({"currency": currency})}


def _known(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value is not None}
