"""Conflicts as findings: subjects, witness chain, words (semantics §1, §7; the sentences are made by `titles` and `explain`)."""

from __future__ import annotations

from app.domain.arcs import LEVER, Arc
from app.domain.conflicts import Conflict
from app.domain.detection import Match
from app.domain.explain import conflict_explanation
from app.domain.findings import ChainLink, Condition, Finding, Subject
from app.domain.titles import conflict_title
from app.domain.voice import Voice


def conflict_finding(match: Match, conditions: tuple[Condition, ...], voice: Voice) -> Finding:
    """The finding that a rule makes of a conflict."""
    conflict, rule = match.row.conflict, match.rule.rule
    assert conflict is not None
    between = conflict.between
    paying = [Subject("component", p.component.key, "source") for p in conflict.goal.parts]
    return Finding(
        fingerprint=match.fingerprint,
        kind=rule.finding,
        rule=rule.id,
        rule_version=rule.version,
        flaw=None,
        level=match.level,
        severity=conflict.severity,
        confidence=conflict.confidence,
        subjects=tuple(sorted({*paying, *match.row.subjects}, key=lambda s: (s.role != "source", s.kind, s.key))),
        departments=match.row.departments,
        title=conflict_title(conflict, voice),
        explanation=conflict_explanation(conflict, voice),
        remedies=rule.remedies,
        contested=conflict.contested,
        sign_reliability=between.reliability,
        basis="metric" if between.fallback == "none" else "family",
        related=_related(conflict),
        chain=chain_links(between.chain, voice),
        help=chain_links(between.help_chain, voice),
        conditions=conditions,
        facts=match.row.values,
        references=rule.references,
    )


def chain_links(arcs: tuple[Arc, ...], voice: Voice) -> tuple[ChainLink, ...]:
    """Arcs with their evidence, as reported; what German texts lack is left in English."""
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
            mechanism=voice.say(arc.influence.mechanism, arc.influence.mechanism_de or arc.influence.mechanism),
            when=voice.say(arc.influence.when, arc.influence.when_de or arc.influence.when),
            contested=arc.influence.contested,
            counters=tuple(against.id for against in voice.counters.get(arc.influence.id, ())),
            lever=arc.influence.source if arc.influence.source.startswith(LEVER) else "",
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
