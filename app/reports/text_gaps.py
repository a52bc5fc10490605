"""What could not be judged and what would make it so; what was assumed; loops; what somebody waived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.domain.findings import Analysis, Resolution, Subject
from app.domain.terms import Movement
from app.reports.text_missing import COMPONENTS, HOLDERS, UNDERSTOOD, filled_by
from app.reports.text_names import FAMILY, Names
from app.reports.text_page import Page

GUESSED = ("fuzzy", "semantic")
_MOST_CANDIDATES, _MOST_SUBJECTS, _MOST_NAMES, _MOST_LOOPS = 3, 4, 20, 5
_LIKELY = 0.1


def write_gaps(page: Page, analysis: Analysis, names: Names) -> None:
    """Names that were not understood, and facts that are missing."""
    page.heading(names.words("not_judged"))
    before = len(page.lines)
    if analysis.goals and not names.pays:
        page.paragraph(names.words("no_plans"))
    _names(page, analysis, names)
    _facts(page, analysis, names)
    if len(page.lines) == before:
        page.paragraph((names.words("all_judged"), "good"))


def write_assumptions(page: Page, analysis: Analysis, names: Names) -> None:
    """What was assumed where the document does not say."""
    if analysis.assumptions:
        page.heading(names.words("assumptions"))
        for told in analysis.assumptions:
            page.labelled("•", told, gap=2)


def write_loops(page: Page, analysis: Analysis, names: Names) -> None:
    """Goals whose movements feed each other."""
    if not analysis.loops:
        return
    page.heading(names.words("loops"))
    for loop in analysis.loops[:_MOST_LOOPS]:
        round_ = [names.movement(movement) for movement in (*loop.movements, loop.movements[0])]
        kind = names.words("reinforcing" if loop.reinforcing else "balancing")
        page.labelled("•", " → ".join(round_), (f"  {kind}", "aside"), gap=2)
    if len(analysis.loops) > _MOST_LOOPS:
        page.paragraph((names.words("more_also", n=len(analysis.loops) - _MOST_LOOPS), "aside"), indent=2)


def write_waived(page: Page, analysis: Analysis, names: Names) -> None:
    """Findings that somebody accepted: never hidden."""
    if not analysis.waived:
        return
    words = names.words
    page.heading(words("waived"))
    for waived in analysis.waived:
        by = {"reason": waived.reason or words("no_reason"), "owner": waived.owner or words("no_owner")}
        told = (
            words("waived_by", day=words.day(waived.expires), **by) if waived.expires else words("waived_forever", **by)
        )
        about = f"  {waived.finding.rule} · {waived.fingerprint}" if waived.finding else f"  {waived.fingerprint}"
        page.labelled("•", (words(waived.level), waived.level), f"  {waived.title}", (about, "aside"), gap=2)
        page.paragraph((told, "aside"), indent=2)


def _names(page: Page, analysis: Analysis, names: Names) -> None:
    words = names.words
    unresolved = [r for r in analysis.resolutions if r.method == "unresolved"]
    by_kind = [r for r in analysis.resolutions if r.method == "family"]
    guessed = [r for r in analysis.resolutions if r.method in GUESSED]
    _list(page, words("unresolved"), [(r, _candidates(r, names)) for r in unresolved], names)
    _list(page, words("by_kind_only"), [(r, _kind(r, names)) for r in by_kind], names)
    _list(page, words("read_as"), [(r, _taken(r, names)) for r in guessed], names)


def _list(page: Page, intro: str, told: list[tuple[Resolution, str]], names: Names) -> None:
    if not told:
        return
    page.blank()
    page.paragraph(intro)
    for resolution, text in told[:_MOST_NAMES]:
        key = f" ({resolution.subject.key})" if resolution.subject else ""
        page.labelled("•", (resolution.name, "name"), (key, "aside"), f": {text}", gap=2)
    if len(told) > _MOST_NAMES:
        page.paragraph((names.words("more_also", n=len(told) - _MOST_NAMES), "aside"), indent=2)


def _candidates(resolution: Resolution, names: Names) -> str:
    near = [c.metric for c in resolution.candidates if c.score >= _LIKELY][:_MOST_CANDIDATES]
    words = names.words
    return words("perhaps", names=words.listed(near)) if near else words("no_candidates")


def _kind(resolution: Resolution, names: Names) -> str:
    family = FAMILY + (resolution.family or "")
    direction = resolution.family_direction
    told = names.movement(Movement(family, direction)) if direction else names.metric(family)
    return names.words("taken_as", name=told)


def _taken(resolution: Resolution, names: Names) -> str:
    metric = f"{names.metric(resolution.metric or '')} ({resolution.metric})"
    return names.words("taken_as_opposite" if resolution.inverted else "taken_as", name=metric)


def _facts(page: Page, analysis: Analysis, names: Names) -> None:
    """By field of the document: for whom it is missing, and the rules that wait for it."""
    waiting: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for field, rule, concerned in _missing(analysis, names):
        waiting[field][0].add(rule)
        waiting[field][1].update(concerned)
    if not waiting:
        return
    words = names.words
    page.blank()
    page.paragraph(words("fill_in"))
    for field in sorted(waiting, key=lambda f: (f == UNDERSTOOD, f)):
        rules, subjects = waiting[field]
        told = words("metric_missing") if field == UNDERSTOOD else field
        whom = f" {words('for_subjects', names=words.listed(sorted(subjects), _MOST_SUBJECTS))}" if subjects else ""
        page.labelled("•", (told, "name"), whom, gap=2)
        page.paragraph((words.listed([names.rule(rule) for rule in sorted(rules)]), "aside"), indent=4)


def _missing(analysis: Analysis, names: Names) -> Iterator[tuple[str, str, set[str]]]:
    """Field, rule, and for whom."""
    for outcome in analysis.rules:
        for row in outcome.not_assessable:
            for column in row.missing:
                for field in filled_by(column):
                    yield field, outcome.id, _holders(field, row.subjects, names)


def _holders(field: str, subjects: Sequence[Subject], names: Names) -> set[str]:
    """Those of the subjects that have the field: plans (a component stands for its plan), components, KPIs or departments."""
    for kind in next((kinds for start, kinds in HOLDERS.items() if field.startswith(start)), ()):
        if found := [s for s in subjects if s.kind == kind]:
            plan = kind == "component" and not field.startswith(COMPONENTS)
            return {names.plan(s.key) if plan else names.subject(s) for s in found}
    return set()
