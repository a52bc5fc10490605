"""Detection: from a document to everything that the rules report, without a word of text yet (semantics §2–§6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.alignment import align
from app.domain.arcs import ArcGraph, metric_graph
from app.domain.catalogue import Catalogue
from app.domain.conflicts import Conflict, find_conflicts
from app.domain.defaults import default_outcomes
from app.domain.document import Component, Document, Kpi, Outcome
from app.domain.facts.component import component_rows
from app.domain.facts.department import department_rows
from app.domain.facts.goal_rows import goal_rows
from app.domain.facts.organization import organization_rows
from app.domain.facts.pair_rows import goal_outcome_row, goal_pair_row
from app.domain.facts.rows import FactRow
from app.domain.field import Field
from app.domain.findings import DepartmentView, NotAssessable, Resolution, RuleOutcome, Subject
from app.domain.fingerprint import fingerprint
from app.domain.goals import Goals, find_goals
from app.domain.own_knowledge import with_own_knowledge
from app.domain.parameters import Parameters, parameters
from app.domain.pinned import pinned
from app.domain.rules.rule import CompiledRule
from app.domain.severity import flaw_severity
from app.domain.terms import CUSTOMER, Level

if TYPE_CHECKING:
    from app.domain.names.resolve import Resolver

MOST_NOT_ASSESSABLE = 50
"""Rows that a rule's outcome names as not assessable; the rest is counted."""

Resolutions = Mapping[tuple[str, str], Resolution]
"""(kind, key) of a KPI, outcome or component → what its name means."""

NOTHING_KNOWN: Resolutions = MappingProxyType({})


class Match(NamedTuple):
    """A rule that holds on a row: a finding without its words."""

    rule: CompiledRule
    row: FactRow
    fingerprint: str
    severity: float
    level: Level
    conflict: Conflict | None = None

    @property
    def confidence(self) -> float:
        """How sure the finding is, 0–1: as its rule says, else as its facts are."""
        own = self.rule.confidence(self.row.values)
        return self.row.confidence if own is None else own

    @property
    def order(self) -> tuple[float, float, str]:
        """Worst first, then surest, then by fingerprint (semantics §4)."""
        return (-self.severity, -self.confidence, self.fingerprint)


class Detection(NamedTuple):
    """What was found in a document, worst first, and what it was found with."""

    document: Document
    goals: Goals
    graph: ArcGraph
    field: Field
    """The reaches of all goals, and the answers between them."""
    resolutions: Resolutions
    departments: tuple[DepartmentView, ...]
    """How each department is aligned with what customers are owed."""
    matches: tuple[Match, ...]
    outcomes: tuple[RuleOutcome, ...]
    tables: Mapping[str, Sequence[FactRow]]
    """Fact kind → its rows, which the rules read."""
    assumptions: tuple[tuple[str, Mapping[str, object]], ...] = ()


def detect(
    document: Document,
    catalogue: Catalogue,
    rules: Sequence[CompiledRule],
    as_of: date,
    known: Resolutions = NOTHING_KNOWN,
    like: Field | None = None,
) -> Detection:
    """Run the engine: resolve → goals → reach → conflicts → facts → rules.

    `known`: what names have been taken to mean before, and `like`: the field of the document before it was changed, so that a second
    run reads only new names and asks only new questions.
    """
    in_force, assumptions = _in_force(document, as_of)
    chosen = parameters(in_force.parameters)
    seen = with_own_knowledge(catalogue, in_force)
    outcomes = in_force.outcomes or default_outcomes()
    if not in_force.outcomes:
        assumptions.append(("default_outcomes", {}))
    resolutions = resolve_names(in_force.model_copy(update={"outcomes": outcomes}), seen, known)
    own = {m.id: seen.metrics[m.id] for m in in_force.metrics}
    goals = find_goals(in_force, outcomes, resolutions, seen, own, chosen)
    graph = metric_graph(seen, chosen)
    field_, conflicts = find_conflicts(goals, graph, like)
    departments = align(field_)
    rows = _rows(goals, field_, conflicts, departments)
    matches, judged = _judge([rule for rule in rules if rule.rule.effective.holds(as_of)], rows, chosen)
    return Detection(
        document=in_force,
        goals=goals,
        graph=graph,
        field=field_,
        resolutions=resolutions,
        departments=departments,
        matches=_once_each(matches),
        outcomes=judged,
        tables=rows,
        assumptions=(*assumptions, *goals.assumptions),
    )


def resolve_names(document: Document, catalogue: Catalogue, known: Resolutions = NOTHING_KNOWN) -> Resolutions:
    """What every KPI, outcome and unlisted measure was taken to mean, by (kind, key); only what is not `known` is looked at."""

    @cache
    def resolver() -> Resolver:
        from app.domain.names import resolve

        return resolve.Resolver(catalogue, [catalogue.metrics[m.id] for m in document.metrics])

    functions = {d.key: d.function for d in document.departments}

    def resolved(named: Kpi | Outcome | Component, name: str, function: str | None, unit: str | None) -> Resolution:
        if named.metric is not None:
            return pinned(name, named.metric, named.inverted, catalogue)
        return resolver().resolve(
            name, function=function, unit=unit, direction=named.direction, metric=named.metric, inverted=named.inverted,
            family=named.family,
        )  # fmt: skip

    found: dict[tuple[str, str], Resolution] = {}
    for kpi in document.kpis:
        key = ("kpi", kpi.key)
        found[key] = known.get(key) or resolved(kpi, kpi.name, functions.get(kpi.department), kpi.unit)
    for outcome in document.outcomes:
        key = ("outcome", outcome.key)
        found[key] = known.get(key) or resolved(outcome, outcome.name, CUSTOMER, outcome.unit)
    for plan in document.incentive_plans:
        for component in plan.components:
            if component.kpi is None:
                key = ("component", component.key)
                function = functions.get(plan.department)
                found[key] = known.get(key) or resolved(component, component.measure or "", function, None)
    return found


def _in_force(document: Document, as_of: date) -> tuple[Document, list[tuple[str, Mapping[str, object]]]]:
    """The document as it holds on the day: KPIs and incentive plans outside their period are left out, and said."""
    out = {k.key for k in document.kpis if k.effective and not k.effective.holds(as_of)}
    late = {p.key for p in document.incentive_plans if p.effective and not p.effective.holds(as_of)}
    if not out and not late:
        return document, []
    plans = []
    for plan in document.incentive_plans:
        if plan.key in late:
            continue
        paying = tuple(c for c in plan.components if c.kpi not in out)
        if paying:
            plans.append(plan.model_copy(update={"components": paying}))
    in_force = document.model_copy(
        update={"kpis": tuple(k for k in document.kpis if k.key not in out), "incentive_plans": tuple(plans)}
    )
    assumptions: list[tuple[str, Mapping[str, object]]] = []
    if out:
        assumptions.append(("kpis_not_in_force", {"kpis": sorted(out), "as_of": as_of.isoformat()}))
    if late:
        assumptions.append(("plans_not_in_force", {"incentive_plans": sorted(late), "as_of": as_of.isoformat()}))
    return in_force, assumptions


def _rows(
    goals: Goals, field_: Field, conflicts: list[Conflict], departments: Sequence[DepartmentView]
) -> dict[str, list[FactRow]]:
    """Every fact table; conflicts first, because the other tables sum them up."""
    names = {d.key: d.name for d in goals.document.departments}
    pairs: list[FactRow] = []
    outcomes: list[FactRow] = []
    for conflict in conflicts:
        if conflict.target.is_outcome:
            outcomes.append(_conflict_row("goal_outcome", conflict, goal_outcome_row(conflict, goals), names))
        else:
            pairs.append(_conflict_row("goal_pair", conflict, goal_pair_row(conflict), names))
    return {
        "goal_pair": pairs,
        "goal_outcome": outcomes,
        "goal": goal_rows(field_),
        "component": component_rows(field_, conflicts),
        "department": department_rows(field_, conflicts, departments),
        "organization": organization_rows(field_, conflicts, departments),
    }


def _conflict_row(kind: str, conflict: Conflict, values: dict[str, Any], names: Mapping[str, str]) -> FactRow:
    goal, harmed = conflict.goal, conflict.target.item
    other = (harmed.department,) if harmed.department and harmed.department != goal.department else ()
    said = {"department": names[goal.department], "kpi": goal.item.name}
    if conflict.target.is_outcome:
        said["outcome"] = harmed.name
    else:
        said |= {"target_department": names.get(harmed.department or "", ""), "target_kpi": harmed.name}
    return FactRow(
        kind=kind,
        values=values,
        subjects=(Subject(goal.item.kind, goal.item.key, "source"), Subject(harmed.kind, harmed.key, "target")),
        names=said,
        departments=(goal.department, *other),
        confidence=conflict.confidence,
        conflict=conflict,
    )


def _judge(
    rules: Sequence[CompiledRule], tables: Mapping[str, list[FactRow]], chosen: Parameters
) -> tuple[list[Match], tuple[RuleOutcome, ...]]:
    """Every rule over its table. A pair has one finding: the first rule by id that holds on it; own rules report beside it."""
    matches: list[Match] = []
    outcomes: list[RuleOutcome] = []
    taken: set[int] = set()
    for compiled in sorted(rules, key=lambda r: r.rule.id):
        rule = compiled.rule
        rows = tables.get(rule.fact_kind, [])
        held = [(row, compiled.truth(row.values)) for row in rows]
        matching = [row for row, holds in held if holds]
        open_ = [row for row, holds in held if holds is None]
        for row in matching:
            if id(row) in taken and not rule.own:
                continue
            if row.conflict is not None and rule.finding.endswith(("conflict", "tension")) and not rule.own:
                taken.add(id(row))
            severity = severity_by(compiled, row.values)
            matches.append(
                Match(compiled, row, fingerprint(rule.id, row.subjects), severity, chosen.level(severity), row.conflict)
            )
        outcomes.append(
            RuleOutcome(
                id=rule.id,
                version=rule.version,
                fact_kind=rule.fact_kind,
                rows=len(rows),
                matched=len(matching),
                clear=len(rows) - len(matching) - len(open_),
                not_assessable_rows=len(open_),
                not_assessable=tuple(
                    NotAssessable(row.subjects, compiled.missing(row.values)) for row in open_[:MOST_NOT_ASSESSABLE]
                ),
            )
        )
    return matches, tuple(outcomes)


def _once_each(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Worst first; of rows that are the same finding (two departments that push one KPI) the worst stands for all."""
    worst: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: m.order):
        worst.setdefault(match.fingerprint, match)
    return tuple(worst.values())


def severity_by(compiled: CompiledRule, values: Mapping[str, Any]) -> float:
    """What the rule says of a row: a pair's own severity, a flaw's or a gap's base, or the rule's expression; within 0–100."""
    rule = compiled.rule
    if rule.severity != "standard":
        return max(0.0, min(100.0, compiled.severity(values) or 0.0))
    if rule.fact_kind in ("goal_pair", "goal_outcome"):
        return float(values["severity"])
    base = rule.base or 0.0
    return flaw_severity(base, values[rule.stake]) if rule.fact_kind == "component" else base
