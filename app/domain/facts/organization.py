"""The row of the fact kind `organization`: one per document (semantics §6)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.alignment import alignment_index
from app.domain.arcs import FAMILY
from app.domain.conflicts import Conflict
from app.domain.document import Kpi, Outcome
from app.domain.facts.governance import known, named_department, names_nobody, said
from app.domain.facts.measures import FRONT, Measures, reap_shares
from app.domain.facts.rows import FactRow
from app.domain.field import Field
from app.domain.findings import DepartmentView, Subject
from app.domain.goals import Goals, Item
from app.domain.terms import PERIOD_DAYS

Values = dict[str, Any]

QUARTER = PERIOD_DAYS["quarter"]
NAMES_SHOWN = 5

ABOUT: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "satisfaction": (frozenset({"customer.satisfaction"}), frozenset({FAMILY + "service_experience"})),
    "effort": (frozenset({"customer.effort"}), frozenset({FAMILY + "access_effort"})),
    "trust": (frozenset({"customer.trust"}), frozenset({FAMILY + "trust_reputation"})),
    "loyalty": (
        frozenset({"customer.nps", "customer.word_of_mouth", "customer.retention_rate", "customer.churn_rate"}),
        frozenset({FAMILY + "loyalty_retention"}),
    ),
    "lifetime_value": (frozenset({"customer.lifetime_value"}), frozenset({FAMILY + "long_term_value"})),
}
"""What a company may ask of its customers → the metrics and families that say it."""


def organization_rows(
    field: Field, conflicts: Sequence[Conflict], departments: Sequence[DepartmentView]
) -> list[FactRow]:
    """The one row of the whole organization; `departments`: how each is aligned."""
    organization = field.goals.document.organization
    measures = Measures(field)
    return [
        FactRow(
            kind="organization",
            values={
                **_size(field.goals),
                **_governance(field, conflicts),
                **_conflicts(field, conflicts),
                **_reached(measures, departments),
                **_outcomes(field, conflicts),
                **reap_shares(field.goals.goals, measures),
                "short_horizon_share": _short_horizon_share(field.goals),
                **_asked(field.goals),
                **_names(field.goals),
            },
            subjects=(Subject("organization", organization.key or "organization"),),
            names={"organization": organization.name},
        )
    ]


def _size(goals: Goals) -> Values:
    document = goals.document
    customers = document.organization.customers
    return {
        "departments": len(document.departments),
        "kpis": len(document.kpis),
        "plans": len(document.incentive_plans),
        "outcomes": len(goals.outcomes),
        "outcomes_assumed": _assumed(goals),
        "shared_kpis": len(goals.shared),
        "segments": len(customers.segments) if customers else 0,
        "segmented_measures": sum(bool(k.segment) for k in document.kpis)
        + sum(bool(o.segment) for o in document.outcomes),
    }


def _assumed(goals: Goals) -> bool:
    """Whether the default outcomes stand in."""
    return not goals.document.outcomes


def _governance(field: Field, conflicts: Sequence[Conflict]) -> Values:
    document = field.goals.document
    governance = document.governance
    review = governance.incentive_review
    owner = said(governance.outcome_owner)
    department = named_department(governance.outcome_owner, document)
    names = {d.key: d.name for d in document.departments}
    customer = named_department(governance.customer_owned_by, document)
    view = governance.single_customer_view
    return {
        "outcome_owner_named": None if owner is None else not names_nobody(owner),
        "outcome_owner": names.get(department, owner) if department is not None else None,
        "owner_harms_outcomes": _harms_outcomes(department, field, conflicts) if department else None,
        "executive_sponsor": known(governance.executive_sponsor),
        "customer_in_all_decisions": known(governance.customer_in_all_decisions),
        "customer_owned": None if customer is None else bool(customer),
        "single_customer_view": None if view == "unknown" else view,
        "quality_monitored": review.quality_monitoring if review else None,
        "review_days": PERIOD_DAYS[review.frequency] if review and review.frequency else None,
    }


def _harms_outcomes(department: str, field: Field, conflicts: Iterable[Conflict]) -> bool:
    return any(
        c.target.is_outcome and c.goal.department == department and c.severity >= field.parameters.flaw_grave
        for c in conflicts
    )


def _conflicts(field: Field, conflicts: Sequence[Conflict]) -> Values:
    serious = [c for c in conflicts if not c.tension and field.parameters.level(c.severity) != "low"]
    front = {d.key for d in field.goals.document.departments if d.function in FRONT}
    between = [c for c in serious if not c.target.is_outcome]
    return {
        "goal_conflicts": len(between),
        "front_conflicts": sum(1 for c in between if {c.goal.department, c.target.item.department} <= front),
        "outcome_conflicts": len(serious) - len(between),
    }


def _reached(measures: Measures, views: Sequence[DepartmentView]) -> Values:
    return {
        "alignment_index": alignment_index(views),
        "departments_without_outcome": sum(1 for v in views if measures.department_reaches_outcome(v.key) is False),
    }


def _outcomes(field: Field, conflicts: Iterable[Conflict]) -> Values:
    """Outcomes that no KPI measures, those that no goal helps, and those of the latter that a goal harms."""
    goals = field.goals
    kpis = [item for item in goals.kpis.values() if item.kind == "kpi"]
    unmeasured = [o for o in _by_key(goals.outcomes.values()) if _understood(o) and not _measured(o, kpis)]
    unsure = bool(unmeasured) and not all(_understood(item) for item in kpis)
    floor = field.parameters.harm_floor
    helped = {
        target.item.key
        for target in field.targets
        if target.is_outcome and any(field.between(goal, target).help >= floor for goal in goals.goals)
    }
    unpushed = [o for o in _by_key(goals.outcomes.values()) if _understood(o) and o.key not in helped]
    harmed = {
        c.target.item.key for c in conflicts if c.target.is_outcome and field.parameters.level(c.severity) != "low"
    }
    only_harmed = [o for o in unpushed if o.key in harmed]
    return {
        "outcomes_unmeasured": None if unsure else len(unmeasured),
        "unmeasured_outcomes": _listed(unmeasured) if unmeasured and not unsure else None,
        "outcomes_unpushed": len(unpushed),
        "unpushed_outcomes": _listed(unpushed) if unpushed else None,
        "outcomes_only_harmed": len(only_harmed),
        "only_harmed_outcomes": _listed(only_harmed) if only_harmed else None,
    }


def _measured(outcome: Item, kpis: Iterable[Item]) -> bool:
    if _has_figure(outcome):
        return True
    metrics = {m.metric for m in outcome.movements}
    families = {m.metric for m in outcome.families}
    return any(
        metrics & {m.metric for m in item.movements} or families & {m.metric for m in item.families} for item in kpis
    )


def _has_figure(outcome: Item) -> bool:
    source = outcome.source
    return isinstance(source, Outcome) and (source.baseline is not None or source.target is not None)


def _understood(item: Item) -> bool:
    return bool(item.movements or item.families)


def _short_horizon_share(goals: Goals) -> float | None:
    """The share of pressure due within a quarter; None when the horizon of half of the pressure or more is not known."""
    timed = [
        (PERIOD_DAYS[g.item.source.horizon], g.pressure)
        for g in goals.goals
        if isinstance(g.item.source, Kpi) and g.item.source.horizon
    ]
    known_pressure = math.fsum(pressure for _, pressure in timed)
    if known_pressure <= 0.5 * math.fsum(g.pressure for g in goals.goals):
        return None
    return math.fsum(pressure for days, pressure in timed if days <= QUARTER) / known_pressure


def _asked(goals: Goals) -> Values:
    """What customers are asked for or watched on; None where a name that was not understood may be the one."""
    items = [item for item in goals.kpis.values() if item.kind == "kpi"]
    items += [outcome for outcome in goals.outcomes.values() if _has_figure(outcome)]
    unsure = not all(_understood(item) for item in items)
    asked: Values = {}
    for about, (metrics, families) in ABOUT.items():
        found = any(
            metrics & {m.metric for m in item.movements} or families & {m.metric for m in item.families}
            for item in items
        )
        asked[f"{about}_measured"] = True if found else (None if unsure and about != "satisfaction" else False)
    return asked


def _names(goals: Goals) -> Values:
    every = _by_key([*goals.kpis.values(), *(() if _assumed(goals) else goals.outcomes.values())])
    lost = [item for item in every if not item.movements]
    return {
        "unresolved_names": len(lost),
        "names_not_understood": _listed(lost) if lost else None,
        "unresolved_share": len(lost) / len(every) if every else 0.0,
    }


def _by_key(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.kind, item.key))


def _listed(items: Sequence[Item]) -> str:
    names = [item.name for item in items[:NAMES_SHOWN]]
    return ", ".join(names) + (" …" if len(items) > NAMES_SHOWN else "")
