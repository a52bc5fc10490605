"""Conflicts as findings: subjects, witness chain, words (semantics §1, §7; the texts are `explain`'s)."""

from __future__ import annotations

from app.domain.arcs import Arc, ArcGraph
from app.domain.conflicts import Conflict
from app.domain.detection import Match
from app.domain.explain import Account, conflict_explanation, conflict_title
from app.domain.findings import ChainLink, Condition, Finding, Subject
from app.domain.goals import Goals
from app.domain.terms import FindingKind, Language


def conflict_finding(
    match: Match, conditions: tuple[Condition, ...], goals: Goals, graph: ArcGraph, language: Language
) -> Finding:
    """The finding that a rule makes of a conflict."""
    conflict, rule = match.row.conflict, match.rule.rule
    assert conflict is not None
    goal, between = conflict.goal, conflict.between
    account = account_of(conflict, goals, rule.finding)
    paying = [Subject("component", p.component.key, "source") for p in goal.parts]
    return Finding(
        fingerprint=match.fingerprint,
        kind=rule.finding,
        rule=rule.id,
        rule_version=rule.version,
        flaw=None,
        level=account.level,
        severity=conflict.severity,
        confidence=conflict.confidence,
        subjects=tuple(sorted({*paying, *match.row.subjects}, key=lambda s: (s.role != "source", s.kind, s.key))),
        departments=match.row.departments,
        title=conflict_title(account, language),
        explanation=conflict_explanation(account, goals.catalogue, language),
        remedies=rule.remedies,
        contested=conflict.contested,
        sign_reliability=between.reliability,
        basis="metric" if between.fallback == "none" else "family",
        related=_related(conflict),
        chain=chain_links(between.chain, graph),
        help=chain_links(between.help_chain, graph),
        conditions=conditions,
        facts=match.row.values,
        references=rule.references,
    )


def account_of(conflict: Conflict, goals: Goals, kind: FindingKind) -> Account:
    """What there is to tell about a conflict."""
    goal, target, between = conflict.goal, conflict.target, conflict.between
    names = {d.key: d.name for d in goals.document.departments}
    return Account(
        kind=kind,
        source_name=goal.item.name,
        source_department=names[goal.department],
        source_wanted=goal.item.wanted,
        source_paid=bool(goal.parts),
        source_pay_share=goal.stake,
        source_roles=tuple(sorted({p.incentive_plan.role or "" for p in goal.parts} - {""})),
        target_name=target.item.name,
        target_kind="outcome" if target.is_outcome else "kpi",
        target_department=names.get(target.item.department or "", ""),
        target_wanted=target.item.wanted,
        chain=chain_links(between.chain, None),
        help=chain_links(between.help_chain, None),
        harm=between.harm,
        help_value=between.help,
        net=conflict.net,
        sign_reliability=between.reliability,
        confidence=conflict.confidence,
        basis="metric" if between.fallback == "none" else "family",
        contested=conflict.contested,
        rival=between.rival,
        internalised=conflict.internalised,
        lag_days=conflict.lag_days,
        severity=conflict.severity,
        level=goals.parameters.level(conflict.severity),
        gated_by=tuple(sorted({goals.kpis[p.component.gate.kpi].name for p in goal.parts if p.component.gate})),
    )


def chain_links(arcs: tuple[Arc, ...], graph: ArcGraph | None) -> tuple[ChainLink, ...]:
    """Arcs with their evidence, as reported."""
    return tuple(
        ChainLink(
            id=arc.influence.id,
            source=arc.source,
            target=arc.target,
            kind=arc.influence.kind,
            strength=arc.influence.strength,
            lag_days=arc.lag_days,
            evidence=arc.influence.evidence,
            support=arc.influence.support,
            citations=arc.influence.citations,
            mechanism=arc.influence.mechanism,
            when=arc.influence.when,
            contested=arc.influence.contested,
            counters=graph.counters.get(arc.influence.id, ()) if graph else (),
            lever=arc.influence.source if arc.influence.source.startswith("lever.") else "",
            means=arc.means,
        )
        for arc in arcs
    )


def _related(conflict: Conflict) -> tuple[Subject, ...]:
    found = {Subject("kpi", p.component.gate.kpi, "gate") for p in conflict.goal.parts if p.component.gate}
    found |= {Subject("kpi", p.component.modifier.kpi, "modifier") for p in conflict.goal.parts if p.component.modifier}
    if conflict.internalised_by is not None:
        item = conflict.internalised_by.item
        found.add(Subject(item.kind, item.key, "internalised_by"))
    return tuple(sorted(found, key=lambda s: (s.role, s.kind, s.key)))
