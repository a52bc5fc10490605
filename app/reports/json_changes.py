"""What a change does, for programs: the findings that it introduces, worsens, fixes and betters, each with the clauses behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.change_form import change_as_json
from app.domain.compare import Comparison, Grade, Shift
from app.domain.compare_causes import Cause
from app.domain.document.changes import Change
from app.domain.findings import Analysis
from app.reports.canonical_json import finding_as_json
from app.reports.text_clauses import Places, place_of

Json = dict[str, Any]


def change_as_analysis(
    file: str,
    against: str,
    *,
    changes: Sequence[Change],
    comparison: Comparison,
    causes: Mapping[str, Sequence[Cause]],
    after: Analysis,
    unread: Iterable[str],
    places: Places,
) -> Json:
    """The change of one document as JSON values. Severities have two digits after the point, as in an analysis."""
    listed = {
        "new": comparison.new,
        "worse": comparison.worse,
        "fixed": comparison.fixed,
        "better": comparison.better,
    }
    return {
        "concord": 1,
        "file": file,
        "against": against,
        "as_of": after.as_of,
        "engine": dict(after.engine),
        "content_hash": after.content_hash,
        "severity": {"before": round(comparison.severity_before, 2), "after": round(comparison.severity_after, 2)},
        "alignment_index": {"before": _index(comparison.alignment_before), "after": _index(comparison.alignment_after)},
        "changes": [_change(change, places) for change in changes],
        **{name: [_shift(shift, causes, places) for shift in shifts] for name, shifts in listed.items()},
        "unchanged": [shift.finding.fingerprint for shift in comparison.unchanged],
        "waived": [shift.finding.fingerprint for shift in comparison.waived],
        "no_longer_understood": list(unread),
    }


def _change(change: Change, places: Places) -> Json:
    place = place_of(change, places)
    return {**change_as_json(change), **({"place": place} if place else {})}


def _shift(shift: Shift, causes: Mapping[str, Sequence[Cause]], places: Places) -> Json:
    """The finding as it is now, or as it was where it is gone."""
    before = shift.before if shift.after else None
    was = (
        {"fingerprint": before.fingerprint, "severity": round(before.severity, 2), "level": before.level}
        if before
        else None
    )
    behind = [_cause(cause, places) for cause in causes.get(shift.finding.fingerprint, ())]
    return {"finding": finding_as_json(shift.finding), **({"before": was} if was else {}), "clauses": behind}


def _cause(cause: Cause, places: Places) -> Json:
    return {
        "changes": [_change(change, places) for change in cause.clause.changes],
        "without": _grade(cause.without),
        "together": cause.together,
    }


def _grade(grade: Grade | None) -> Json | None:
    return None if grade is None else {"severity": round(grade.severity, 2), "level": grade.level}


def _index(index: float | None) -> float | None:
    return None if index is None else round(index, 4) + 0.0
