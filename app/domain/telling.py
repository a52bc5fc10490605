"""From a match to a finding with its words: what a rule reports, told to a head of department."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.conflict_findings import chain_links, conflict_finding
from app.domain.detection import Detection, Match
from app.domain.explain_flaws import flaw_explanation, flaw_title
from app.domain.findings import Finding, Subject
from app.domain.terms import Language
from app.domain.voice import Voice


def tell_all(matches: Iterable[Match], detection: Detection, language: Language) -> list[Finding]:
    """The findings of matches, in their order."""
    voice = Voice(detection.goals, language)
    return [tell(match, detection, voice) for match in matches]


def tell(match: Match, detection: Detection, voice: Voice) -> Finding:
    """The finding of a match: a conflict by its chain, anything else by its rule's message and what stands behind it."""
    rule = match.rule.rule
    conditions = match.rule.conditions(match.row.values)
    if match.conflict is not None and rule.finding.endswith(("conflict", "tension")):
        return conflict_finding(match, conditions, voice)
    behind = match.row.conflict
    return Finding(
        fingerprint=match.fingerprint,
        kind=rule.finding,
        rule=rule.id,
        rule_version=rule.version,
        flaw=rule.flaw,
        level=match.level,
        severity=match.severity,
        confidence=match.confidence,
        subjects=_subjects(match),
        departments=match.row.departments,
        title=flaw_title(match, voice),
        explanation=flaw_explanation(match, conditions, voice),
        remedies=rule.remedies,
        contested=bool(behind and behind.contested),
        sign_reliability=behind.between.reliability if behind else None,
        basis=("metric" if behind.between.fallback == "none" else "family") if behind else None,
        related=match.row.related,
        chain=chain_links(behind.between.chain, voice) if behind else (),
        help=chain_links(behind.between.help_chain, voice) if behind else (),
        conditions=conditions,
        facts=match.row.values,
        references=rule.references,
    )


def _subjects(match: Match) -> tuple[Subject, ...]:
    return tuple(sorted(match.row.subjects, key=lambda s: (s.role != "source", s.kind, s.key)))
