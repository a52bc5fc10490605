"""From a match to a finding with its words: what a rule reports, told to a head of department."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.arcs import Arc
from app.domain.conflict_findings import chain_links, conflict_finding
from app.domain.detection import Detection, Match
from app.domain.explain_flaws import flaw_explanation, flaw_title, loop_explanation
from app.domain.findings import Finding, Subject
from app.domain.goals import Goal
from app.domain.grounds import grounds
from app.domain.loops import self_harm
from app.domain.phrases import sentence
from app.domain.terms import Language
from app.domain.voice import Voice

SELF_HARM = "self_harm"
"""The column by whose reading a rule speaks of a goal that undermines itself."""


def tell_all(matches: Iterable[Match], detection: Detection, language: Language) -> list[Finding]:
    """The findings of matches, in their order."""
    voice = Voice(detection.goals, language)
    citations = detection.goals.catalogue.citations
    told = (_with_reason(tell(match, detection, voice), match, voice) for match in matches)
    return [f._replace(grounds=grounds(f.chain, f.references, citations)) for f in told]


def tell(match: Match, detection: Detection, voice: Voice) -> Finding:
    """The finding of a match: a conflict by its chain, anything else by its rule's message and what stands behind it."""
    rule = match.rule.rule
    conditions = match.rule.conditions(match.row.values)
    if match.conflict is not None and rule.finding.endswith(("conflict", "tension")):
        found = conflict_finding(match, conditions, voice)
        return _in_own_words(found, match, voice) if rule.own else found
    behind = match.row.conflict
    chain: tuple[Arc, ...] = behind.between.chain if behind else ()
    explanation = flaw_explanation(match, conditions, voice)
    if any(SELF_HARM in condition.value for condition in conditions):
        goal = _undermined(match, detection)
        chain = self_harm(detection.field, goal).arcs
        explanation = loop_explanation(match, goal, chain, voice)
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
        explanation=explanation,
        remedies=rule.remedies,
        contested=bool(behind and behind.contested),
        sign_reliability=behind.between.reliability if behind else None,
        basis=("metric" if behind.between.fallback == "none" else "family") if behind else None,
        related=match.row.related,
        chain=chain_links(chain, voice),
        help=chain_links(behind.between.help_chain, voice) if behind else (),
        conditions=conditions,
        facts=match.row.values,
        references=rule.references,
    )


def _in_own_words(found: Finding, match: Match, voice: Voice) -> Finding:
    """A conflict as an organization's own rule reports it: by its message, and as grave and sure as it says."""
    reason = voice.say(match.rule.rule.rationale, match.rule.rule.why("de"))
    return found._replace(
        title=flaw_title(match, voice),
        explanation=f"{found.explanation} {sentence(reason)}",
        severity=match.severity,
        confidence=match.confidence,
    )


def _with_reason(found: Finding, match: Match, voice: Voice) -> Finding:
    """With the reason for which an organization sets parameters of the rule otherwise."""
    rule, changed = match.rule.rule, match.rule.rule.retuned
    if changed is None:
        return found
    set_ = ", ".join(
        voice.say(f"{name} {rule.params[name]} instead of {before}", f"{name} {rule.params[name]} statt {before}")
        for name, before in sorted(changed.before.items())
    )
    told = voice.say(f"Judged with {set_}: {changed.reason}", f"Beurteilt mit {set_}: {changed.reason}")
    return found._replace(explanation=f"{found.explanation} {sentence(told)}")


def _undermined(match: Match, detection: Detection) -> Goal:
    """The goal of a row of goals: the one on its KPI or measure in its department whose push comes back as the row says."""
    (subject,), (department,) = match.row.subjects, match.row.departments
    goals = [
        g
        for g in detection.goals.goals
        if (g.item.kind, g.item.key, g.department) == (subject.kind, subject.key, department)
    ]
    return next((g for g in goals if self_harm(detection.field, g).weight == match.row.values[SELF_HARM]), goals[0])


def _subjects(match: Match) -> tuple[Subject, ...]:
    return tuple(sorted(match.row.subjects, key=lambda s: (s.role != "source", s.kind, s.key)))
