"""Audits as a table for spreadsheets: a row for each finding, in UTF-8 with commas (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from app.domain.catalogue import Catalogue
from app.domain.verdicts import AuditReport, Verdict
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords
from app.reports.subject_places import SubjectPlaces, main_subject
from app.reports.text_names import Names

NAME = "csv"
MEDIA_TYPE = "text/csv"
SUFFIX = ".csv"

COLUMNS = (
    "file", "line", "column", "organization", "state", "rule", "kind", "level", "severity", "confidence", "title",
    "explanation", "departments", "subjects", "pointer", "remedies", "owner", "reason", "expires", "engine_level",
    "override", "fingerprint",
)  # fmt: skip
"""Names of the columns; they stay the same in every language, so that scripts can rely on them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""Beginnings that spreadsheets take for a formula, and the sign that keeps them from it."""


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """The findings of all files, then the problems of those that were refused; `state` is open, new, known, waived or refused."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for report in reports:
        rows.writerows(_rows(report, catalogue))
    for one in refused:
        rows.writerows(_refusals(one))
    return text.getvalue().encode("utf-8", "replace")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a quotation mark stands before what would be one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(report: AuditReport, catalogue: Catalogue) -> Iterator[dict[str, str]]:
    names = Names(RunWords(report.language), report.raw, catalogue, report.analysis.resolutions)
    places = SubjectPlaces(report)
    for verdict in report.verdicts:
        finding, main = verdict.finding, main_subject(verdict.finding)
        spot = places.of(finding)
        yield _guarded(
            {
                "file": written_name(report.file),
                "line": str(spot.line) if spot else "",
                "column": str(spot.column) if spot else "",
                "organization": names.organization,
                "state": _state(verdict),
                "rule": finding.rule,
                "kind": finding.kind,
                "level": finding.level,
                "severity": f"{finding.severity:.2f}",
                "confidence": f"{finding.confidence:.4f}",
                "title": finding.title,
                "explanation": finding.explanation,
                "departments": "; ".join(names.department(key) for key in finding.departments),
                "subjects": "; ".join(names.subject(subject) for subject in finding.subjects),
                "pointer": places.pointer(main) if main else "",
                "remedies": "; ".join(finding.remedies),
                **_waiver(verdict),
                "engine_level": verdict.engine_level,
                "override": verdict.override or "",
                "fingerprint": finding.fingerprint,
            }
        )


def _state(verdict: Verdict) -> str:
    if verdict.waiver is not None:
        return "waived"
    return {"new": "new", "unchanged": "known"}.get(verdict.baseline or "", "open")


def _waiver(verdict: Verdict) -> dict[str, str]:
    by = verdict.waiver
    if by is None:
        return {}
    expires = by.expires.isoformat() if by.expires else ""
    return {"owner": by.owner or "", "reason": by.reason or "", "expires": expires}


def _refusals(refusal: Refusal) -> Iterator[dict[str, str]]:
    row = {"file": written_name(refusal.file), "state": "refused"}
    if not refusal.problems:
        yield _guarded({**row, "title": refusal.reason})
    for problem in refusal.problems:
        line = str(problem.line) if problem.line and problem.sheet is None else ""
        column = str(problem.column or 1) if line else ""
        place = {"line": line, "column": column, "pointer": problem.pointer}
        yield _guarded({**row, **place, "rule": problem.code, "title": problem.message})


def _guarded(row: dict[str, str]) -> dict[str, str]:
    return {name: guarded(value) for name, value in row.items()}
