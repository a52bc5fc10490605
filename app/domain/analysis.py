"""The whole engine as a table of contents: document and knowledge in, analysis out (semantics §1–§8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.alignment import alignment_index, conflict_matrix
from app.domain.assumptions import assumption
from app.domain.canonical import content_hash, plain
from app.domain.catalogue import Catalogue
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.findings import Analysis, Finding, GoalView, Recommendation, Resolution, Subject, Summary
from app.domain.folding import fold
from app.domain.headline import headline
from app.domain.loops import find_loops
from app.domain.policy import NO_POLICY, Policy, graded, seen, with_policy
from app.domain.proofs import Rerun
from app.domain.recommend import recommend
from app.domain.rulebook import compiled_rules
from app.domain.rules.rule import CompiledRule
from app.domain.telling import tell_all
from app.domain.terms import LEVELS, Language
from app.domain.waivers import granted, notices, waive

ENGINE_VERSION = "0.1.0"

MOST_FINDINGS = 5_000
"""Findings told in full, worst first; what is beyond is counted and said, so that no document makes an answer without bound."""

MOST_RECOMMENDATIONS = 12


def analyse(
    document: Document,
    catalogue: Catalogue,
    *,
    as_of: date,
    raw: Mapping[str, Any] | None = None,
    language: Language = "en",
    with_recommendations: bool = True,
    policy: Policy = NO_POLICY,
) -> Analysis:
    """Audit one document on one day, as a policy wants it.

    `raw` is the document as submitted (recommendations patch it by index); without it the document's own dump is used. The result
    depends on nothing else, and not on the order of lists.
    """
    rules = compiled_rules(catalogue)
    detection = detect(document, catalogue, rules, as_of)
    wanted = graded(detection.matches, document, policy)
    told = with_policy(tell_all(wanted.matches[:MOST_FINDINGS], detection, language), wanted.overridden, policy)
    waived, open_findings = waive(told, (*granted(document.suppressions), *policy.grants), as_of)
    if policy.new_only:
        open_findings = [finding for finding in open_findings if finding.baseline != "unchanged"]
    left_out = len(detection.matches) - len(wanted.matches) + len(told) - len(waived) - len(open_findings)
    departments = detection.departments
    recommendations: tuple[Recommendation, ...] = ()
    if with_recommendations and open_findings:
        before = Rerun.of(detection)
        recommendations = recommend(
            document,
            raw if raw is not None else plain(document),
            open_findings,
            lambda changed: _rerun(changed, catalogue, rules, as_of, detection),
            before,
            catalogue=detection.goals.catalogue,
            language=language,
            limit=MOST_RECOMMENDATIONS,
        )
    analysis = Analysis(
        concord=1,
        engine={
            "version": ENGINE_VERSION,
            "catalogue": catalogue.version,
            "rule_packs": dict(sorted(catalogue.rule_packs.items())),
            "parameters": detection.goals.parameters.as_dict(),
        },
        content_hash=content_hash(document),
        as_of=as_of.isoformat(),
        summary=_summary(open_findings, departments, detection, language, left_out),
        departments=departments,
        matrix=conflict_matrix(open_findings),
        resolutions=_resolutions(detection),
        findings=fold(open_findings),
        recommendations=recommendations,
        waived=waived,
        rules=detection.outcomes,
        loops=find_loops(detection.field),
        goals=_goal_views(detection),
        assumptions=_assumptions(detection, len(wanted.matches), document, language),
        settings=policy.settings,
        seen=seen(detection.matches) if document.suppressions or policy != NO_POLICY else (),
    )
    return _with_notices(analysis, document, catalogue, as_of, language)


def _with_notices(
    analysis: Analysis, document: Document, catalogue: Catalogue, as_of: date, language: Language
) -> Analysis:
    """With what is wrong with the waivers that stand in the document."""
    if not document.suppressions:
        return analysis
    told = notices(granted(document.suppressions), [analysis], as_of, catalogue.rules, language)
    return analysis._replace(notices=tuple(told))


def _rerun(
    changed: Document, catalogue: Catalogue, rules: Sequence[CompiledRule], as_of: date, before: Detection
) -> Rerun:
    detection = detect(changed, catalogue, rules, as_of, before.resolutions, before.field)
    return Rerun.of(detection)


def _summary(
    findings: Sequence[Finding], departments: Sequence[Any], detection: Detection, language: Language, left_out: int
) -> Summary:
    levels = Counter(finding.level for finding in findings)
    kinds = Counter(finding.kind for finding in findings)
    return Summary(
        alignment_index=alignment_index(departments),
        levels={level: levels[level] for level in reversed(LEVELS)},
        kinds=dict(sorted(kinds.items())),
        headline=headline(
            findings,
            {d.key: d.name for d in detection.document.departments},
            list(detection.resolutions.values()),
            language,
            goals=len(detection.goals.goals),
            left_out=left_out,
        ),
    )


def _resolutions(detection: Detection) -> tuple[Resolution, ...]:
    return tuple(
        resolution._replace(subject=Subject(kind, key, "subject"))
        for (kind, key), resolution in sorted(detection.resolutions.items())
    )


def _goal_views(detection: Detection) -> tuple[GoalView, ...]:
    views = [
        GoalView(
            department=goal.department,
            subject=Subject(goal.item.kind, goal.item.key, "subject"),
            metric=goal.movement.metric if goal.movement else None,
            direction=goal.movement.direction if goal.movement else None,
            pressure=goal.pressure,
            exposure={"kpi": goal.kpi_exposure, "pay": goal.pay_exposure, "penalties": goal.penalty_exposure},
        )
        for goal in detection.goals.goals
    ]
    return tuple(sorted(views, key=lambda v: (-v.pressure, v.department, v.subject.key, v.direction or "")))


def _assumptions(detection: Detection, findings: int, document: Document, language: Language) -> tuple[str, ...]:
    told = [assumption(kind, details, document, language) for kind, details in detection.assumptions]
    beyond = findings - MOST_FINDINGS
    if beyond > 0:
        told.append(assumption("findings_left_out", {"told": MOST_FINDINGS, "left_out": beyond}, document, language))
    return tuple(told)
