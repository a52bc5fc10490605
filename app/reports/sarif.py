"""Audits as SARIF 2.1.0 (OASIS, errata 01): what code scanning and editors read.

One run for all files. A result stands at the line of what has to change and carries the fingerprint, the chain as a code flow, the waiver
as a suppression; overrides of levels, notices and refused files are told by the invocation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.verdicts import AuditReport, Verdict
from app.reports.canonical_json import written
from app.reports.file_names import uri_of
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords, words_of
from app.reports.sarif_results import SARIF_LEVELS, Results, artifact, message, region
from app.reports.sarif_rules import descriptors
from app.reports.text_run import written_value

NAME = "sarif"
MEDIA_TYPE = "application/sarif+json"
SUFFIX = ".sarif"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 5_000
"""Results that code scanning shows; beyond, the worst are kept and a notification says how many are left out."""

Json = dict[str, Any]


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """The audits as one log with one run."""
    words = words_of(reports)
    kept = _worst(reports)
    ruled = sorted({verdict.finding.rule for verdicts in kept for verdict in verdicts})
    index = {rule: place for place, rule in enumerate(ruled)}
    results = [
        result
        for report, verdicts in zip(reports, kept, strict=True)
        for result in Results(report, catalogue, words, index).of(verdicts)
    ]
    _complete(results)
    run: Json = {
        "tool": {"driver": {**_driver(reports), "rules": descriptors(ruled, catalogue, words)}},
        "invocations": [_invocation(reports, kept, index, refused, words)],
        "artifacts": [
            {"location": artifact(name), "roles": ["analysisTarget"]}
            for name in dict.fromkeys([report.file for report in reports] + [one.file for one in refused])
        ],
        "columnKind": "unicodeCodePoints",
        "language": words.language,
        "results": results,
    }
    if audits := [_audit(report) for report in reports]:
        run["properties"] = {"audits": audits}
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _worst(reports: Sequence[AuditReport]) -> list[Sequence[Verdict]]:
    """The verdicts of each report, the worst of all where there are too many; what is open counts before what is waived or known."""
    if sum(len(report.verdicts) for report in reports) <= MOST_RESULTS:
        return [report.verdicts for report in reports]
    each = [(report, verdict) for report, one in enumerate(reports) for verdict in one.verdicts]
    order = sorted(range(len(each)), key=lambda at: (not each[at][1].counts, -each[at][1].finding.severity))
    kept = sorted(order[:MOST_RESULTS])
    return [[each[at][1] for at in kept if each[at][0] == report] for report in range(len(reports))]


def _complete(results: Sequence[Json]) -> None:
    """Where one result is suppressed, the others say that they are not (SARIF §3.27.23)."""
    if any("suppressions" in result for result in results):
        for result in results:
            result.setdefault("suppressions", [])


def _driver(reports: Sequence[AuditReport]) -> Json:
    driver: Json = {"name": "Concord", "organization": "Concord"}
    if reports:
        version = str(reports[0].analysis.engine["version"])
        driver |= {"version": version, "semanticVersion": version}
    return driver


def _invocation(
    reports: Sequence[AuditReport],
    kept: Sequence[Sequence[Verdict]],
    index: Mapping[str, int],
    refused: Sequence[Refusal],
    words: RunWords,
) -> Json:
    invocation: Json = {"executionSuccessful": not refused}
    if overrides := list(_overrides(kept, index)):
        invocation["ruleConfigurationOverrides"] = overrides
    if notifications := [*_notices(reports, kept, words), *_refusals(refused, words)]:
        invocation["toolConfigurationNotifications"] = notifications
    return invocation


def _overrides(kept: Sequence[Sequence[Verdict]], index: Mapping[str, int]) -> Iterator[Json]:
    """Each level that the settings give to findings of a rule, once for every place that says so."""
    said = {
        (verdict.finding.rule, verdict.override, verdict.finding.level)
        for verdicts in kept
        for verdict in verdicts
        if verdict.override is not None
    }
    for rule, origin, level in sorted(said):
        yield {
            "descriptor": {"id": rule, "index": index[rule]},
            "configuration": {"level": SARIF_LEVELS[level]},
            "properties": {"origin": origin, "level": level},
        }


def _notices(reports: Sequence[AuditReport], kept: Sequence[Sequence[Verdict]], words: RunWords) -> Iterator[Json]:
    for report in reports:
        where = [{"physicalLocation": {"artifactLocation": artifact(report.file)}}]
        for setting in report.settings:
            text = f"{words('settings_in_force')}: {setting.name} = {written_value(setting.value)} ({setting.origin})"
            yield {"level": "note", "message": message(text), "locations": where}
        for notice in report.notices:
            yield {"level": "warning", "message": message(notice), "locations": where}
    told, every = sum(map(len, kept)), sum(len(report.verdicts) for report in reports)
    if told < every:
        text = words("left_out", told=told, all=every, n=every - told)
        yield {"level": "warning", "message": message(text)}


def _refusals(refused: Sequence[Refusal], words: RunWords) -> Iterator[Json]:
    """A notification for every problem of a file that was refused."""
    for one in refused:
        if not one.problems:
            where = {"physicalLocation": {"artifactLocation": artifact(one.file)}}
            yield {"level": "error", "message": message(one.reason), "locations": [where]}
        for problem in one.problems:
            place: Json = {"artifactLocation": artifact(one.file)}
            if problem.line is not None and problem.sheet is None:
                place["region"] = region(problem.line, problem.column or 1)
            text = f"{problem.pointer}: {problem.message}" if problem.pointer else problem.message
            yield {"level": "error", "message": message(text), "locations": [{"physicalLocation": place}]}
        if one.omitted:
            yield {"level": "error", "message": message(words("problems_omitted", n=one.omitted))}


def _audit(report: AuditReport) -> Json:
    """What each audit rests on: the same document, day and versions give the same results."""
    analysis = report.analysis
    return {
        "file": uri_of(report.file),
        "content_hash": analysis.content_hash,
        "as_of": analysis.as_of,
        "engine": str(analysis.engine["version"]),
        "catalogue": str(analysis.engine["catalogue"]),
        "alignment_index": analysis.summary.alignment_index and round(analysis.summary.alignment_index, 4),
    }
