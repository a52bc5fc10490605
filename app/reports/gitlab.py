"""Audits as a code quality report of GitLab: what a merge request shows beside its changes.

GitLab compares the report with that of the target branch itself; what is waived is left out, as it has no place there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.terms import Level
from app.domain.verdicts import AuditReport, Verdict
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.subject_places import SubjectPlaces

NAME = "gitlab"
MEDIA_TYPE = "application/vnd.gitlab.code-quality+json"
SUFFIX = ".json"

_SEVERITIES: Mapping[Level, str] = {"critical": "critical", "high": "major", "medium": "minor", "low": "info"}
_CATEGORY = "Bug Risk"

Json = dict[str, Any]


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A list of issues; a fingerprint is made of the finding's own and the name of the file, so that it is unique in the report."""
    issues = [*_refusals(refused), *(issue for report in reports for issue in _issues(report))]
    return (json.dumps(issues, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8", "replace")


def _issues(report: AuditReport) -> Iterator[Json]:
    places = SubjectPlaces(report)
    for verdict in report.verdicts:
        if verdict.waiver is None:
            spot = places.of(verdict.finding)
            yield _issue(report, verdict, spot.line if spot else 1)


def _issue(report: AuditReport, verdict: Verdict, line: int) -> Json:
    finding = verdict.finding
    content = {"content": {"body": finding.explanation}} if finding.explanation else {}
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": finding.title,
        **content,
        "categories": [_CATEGORY],
        "severity": _SEVERITIES[finding.level],
        "fingerprint": _fingerprint(report.file, finding.fingerprint),
        "location": _location(report.file, line),
    }


def _refusals(refused: Sequence[Refusal]) -> Iterator[Json]:
    """What keeps a file from being audited blocks."""
    for one in refused:
        told = [(p.pointer, p.code, p.message, p.line or 1) for p in one.problems] or [("", "", one.reason, 1)]
        for pointer, code, message, line in told:
            yield {
                "type": "issue",
                "check_name": "document-invalid",
                "description": f"{pointer}: {message}" if pointer else message,
                "categories": [_CATEGORY],
                "severity": "blocker",
                "fingerprint": _fingerprint(one.file, f"{pointer} {code} {message}"),
                "location": _location(one.file, line),
            }


def _location(file: str, line: int) -> Json:
    return {"path": written_name(file), "lines": {"begin": line}}


def _fingerprint(file: str, of: str) -> str:
    return hashlib.sha256(f"{written_name(file)}\0{of}".encode("utf-8", "replace")).hexdigest()[:32]
