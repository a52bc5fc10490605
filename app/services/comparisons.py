"""Two analyses of an organization side by side: what became of findings, index, coverage and goals, and what changed in the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.compare import Comparison, Shift, compare
from app.domain.coverage import GoalKey, goals_gone, pushed
from app.domain.document.changes import changes_between
from app.domain.findings import Finding
from app.domain.terms import Language
from app.reports.reread import analysis_from
from app.services.analyses import StoredAnalysis
from app.services.kept_results import KeptResult, read_result
from app.storage.database import Database

Json = dict[str, Any]

SHIFTS = ("new", "worse", "better", "fixed", "waived", "unchanged")
"""What may have become of a finding."""


def compared(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    other: str,
    language: Language,
    *,
    with_unchanged: bool = False,
) -> Json:
    """What an analysis says that another one, before it, did not; findings that are unchanged are counted, and listed where asked for.

    Raises Missing.
    """
    after = read_result(store, caller, organization, id_, language)
    before = read_result(store, caller, organization, other, language)
    then, now = analysis_from(before.result), analysis_from(after.result)
    gone = goals_gone(pushed(then.goals), pushed(now.goals))
    come = goals_gone(pushed(now.goals), pushed(then.goals))
    found = compare(then, now)
    return {
        "before": _side(before.analysis, found.severity_before),
        "after": _side(after.analysis, found.severity_after),
        "alignment_change": _change(found),
        "differs": differing(before.analysis, after.analysis),
        **shifts(found, {one.goal for one in gone}, with_unchanged=with_unchanged),
        "removed_goals": [{**one.goal._asdict(), "pressure": one.pressure} for one in gone],
        "added_goals": [{**one.goal._asdict(), "pressure": one.pressure} for one in come],
        "changes": _changes(before, after),
    }


def differing(one: StoredAnalysis, other: StoredAnalysis) -> list[str]:
    """What, beside the document, two analyses depend on that is not the same in both."""
    pairs: Mapping[str, tuple[Any, Any]] = {
        "engine": (one.engine_version, other.engine_version),
        "catalogue": (one.hashes["catalogue"], other.hashes["catalogue"]),
        "rule_packs": (_packs(one.hashes), _packs(other.hashes)),
        "parameters": (one.parameters, other.parameters),
        "waivers": (one.waivers, other.waivers),
        "as_of": (one.as_of, other.as_of),
    }
    return [name for name, (ours, theirs) in pairs.items() if ours != theirs]


def _packs(hashes: Mapping[str, str]) -> dict[str, str]:
    return {name: hash_ for name, hash_ in hashes.items() if name != "catalogue"}


def _side(analysis: StoredAnalysis, severity: float) -> Json:
    return {
        "id": analysis.id,
        "revision": analysis.revision,
        "as_of": analysis.as_of,
        "alignment_index": analysis.alignment_index,
        "coverage": analysis.coverage,
        "levels": analysis.levels,
        "severity": round(severity, 2),
    }


def _change(found: Comparison) -> float | None:
    if found.alignment_before is None or found.alignment_after is None:
        return None
    return round(found.alignment_after - found.alignment_before, 4)


def shifts(found: Comparison, gone: Collection[GoalKey], *, with_unchanged: bool) -> Json:
    """How many findings there are of each fate, and which; those that are as they were where that is asked for. `gone`: goals."""
    by_fate: dict[str, Sequence[Shift]] = {name: getattr(found, name) for name in SHIFTS}
    listed = SHIFTS if with_unchanged else SHIFTS[:-1]
    counts = {name: len(each) for name, each in by_fate.items()}
    return {"counts": counts, **{name: [_shift(shift, gone) for shift in by_fate[name]] for name in listed}}


def _shift(shift: Shift, gone: Collection[GoalKey]) -> Json:
    finding = shift.finding
    sides = {name: _grade(side) for name, side in (("before", shift.before), ("after", shift.after)) if side}
    hidden = {"goal_removed": True} if shift.after is None and _rests_on(finding, gone) else {}
    return {
        "fingerprint": finding.fingerprint,
        "kind": finding.kind,
        "rule": finding.rule,
        "departments": list(finding.departments),
        "title": finding.title,
        **sides,
        **hidden,
    }


def _grade(finding: Finding) -> Json:
    return {"level": finding.level, "severity": finding.severity}


def _rests_on(finding: Finding, gone: Collection[GoalKey]) -> bool:
    """Whether the finding is gone because a goal is that it was about: nobody has solved it."""
    about = {(subject.kind, subject.key) for subject in finding.subjects}
    return any((goal.kind, goal.key) in about for goal in gone)


def _changes(before: KeptResult, after: KeptResult) -> list[Json]:
    if before.analysis.content_hash == after.analysis.content_hash:
        return []
    return list(map(change_as_json, changes_between(before.raw, after.raw)))
