"""The whole engine as a table of contents: document and knowledge in, analysis out (semantics §1–§8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.domain.alignment import alignment_index, conflict_matrix
from app.domain.assumptions import assumption
from app.domain.canonical import content_hash, plain
from app.domain.catalogue import Catalogue
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.findings import Analysis, Finding, GoalView, Resolution, Subject, Summary, Waived
from app.domain.folding import fold
from app.domain.headline import LeftOut, headline
from app.domain.loops import find_loops
from app.domain.policy import NO_POLICY, Graded, Policy, graded, seen, with_policy, with_rulebook
from app.domain.proofs import Rerun
from app.domain.recommend import Recommended, recommend
from app.domain.rulebook import Rulebook, built_in
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
    (analysis,) = analyse_in(
        (language,),
        document,
        catalogue,
        as_of=as_of,
        raw=raw,
        with_recommendations=with_recommendations,
        policy=policy,
    )
    return analysis


def analyse_in(
    languages: Sequence[Language],
    document: Document,
    catalogue: Catalogue,
    *,
    as_of: date,
    raw: Mapping[str, Any] | None = None,
    with_recommendations: bool = True,
    policy: Policy = NO_POLICY,
) -> tuple[Analysis, ...]:
    """The same audit told in each of the languages, in their order: the engine runs once for all."""
    book = policy.rulebook or built_in(catalogue)
    rules, policy = book.compiled, with_rulebook(policy)
    detection = detect(document, catalogue, rules, as_of)
    run = _Run(document, catalogue, as_of, policy, book, detection, graded(detection.matches, document, policy))
    told = [_found(run, language) for language in languages]
    recommended: Recommended | None = None
    if with_recommendations and told[0].open:
        recommended = recommend(
            document,
            raw if raw is not None else plain(document),
            told[0].open,
            lambda changed: _rerun(changed, catalogue, rules, as_of, detection),
            Rerun.of(detection),
            catalogue=detection.goals.catalogue,
            limit=MOST_RECOMMENDATIONS,
        )
    return tuple(_told(run, found, recommended, language) for found, language in zip(told, languages, strict=True))


class _Run(NamedTuple):
    """What the engine was asked, and what it found, without a word of text yet."""

    document: Document
    catalogue: Catalogue
    as_of: date
    policy: Policy
    rulebook: Rulebook
    detection: Detection
    wanted: Graded


class _Found(NamedTuple):
    """Findings in a language: those that are open, worst first, those that somebody accepted, and how many are left out."""

    open: Sequence[Finding]
    waived: tuple[Waived, ...]
    left_out: LeftOut


def _found(run: _Run, language: Language) -> _Found:
    wanted, detection, policy = run.wanted, run.detection, run.policy
    told = with_policy(tell_all(wanted.matches[:MOST_FINDINGS], detection, language), wanted.overridden, policy)
    waived, open_findings = waive(told, (*granted(run.document.suppressions), *policy.grants), run.as_of)
    known = [f for f in open_findings if f.baseline == "unchanged"] if policy.new_only else []
    if known:
        open_findings = [finding for finding in open_findings if finding.baseline != "unchanged"]
    return _Found(open_findings, waived, LeftOut(len(known), len(detection.matches) - len(wanted.matches)))


def _told(run: _Run, found: _Found, recommended: Recommended | None, language: Language) -> Analysis:
    document, detection = run.document, run.detection
    has_policy = bool(document.suppressions) or run.policy != NO_POLICY
    analysis = Analysis(
        concord=1,
        engine={
            "version": ENGINE_VERSION,
            "catalogue": run.catalogue.version,
            "rule_packs": run.rulebook.packs,
            "parameters": detection.goals.parameters.as_dict(),
        },
        content_hash=content_hash(document),
        as_of=run.as_of.isoformat(),
        summary=_summary(found.open, detection.departments, detection, language, found.left_out),
        departments=detection.departments,
        matrix=conflict_matrix(found.open),
        resolutions=_resolutions(detection),
        findings=fold(found.open),
        recommendations=recommended.told(language) if recommended else (),
        waived=found.waived,
        rules=detection.outcomes,
        loops=find_loops(detection.field),
        goals=_goal_views(detection),
        assumptions=_assumptions(detection, len(run.wanted.matches), document, language),
        settings=run.policy.settings,
        not_run=run.rulebook.not_run(run.as_of),
        seen=seen(detection.matches) if has_policy else (),
    )
    return _with_notices(analysis, run, language)


def _with_notices(analysis: Analysis, run: _Run, language: Language) -> Analysis:
    """With what is wrong with the waivers that stand in the document."""
    waivers = run.document.suppressions
    if not waivers:
        return analysis
    told = notices(granted(waivers), [analysis], run.as_of, run.rulebook.rules, language)
    return analysis._replace(notices=tuple(told))


def _rerun(
    changed: Document, catalogue: Catalogue, rules: Sequence[CompiledRule], as_of: date, before: Detection
) -> Rerun:
    detection = detect(changed, catalogue, rules, as_of, before.resolutions, before.field)
    return Rerun.of(detection)


def _summary(
    findings: Sequence[Finding], departments: Sequence[Any], detection: Detection, language: Language, left_out: LeftOut
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
