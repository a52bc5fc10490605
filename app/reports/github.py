"""Audits as workflow commands of GitHub Actions: an annotation at the line of each finding.

A run shows ten of each kind for a step, so the worst come first, and what is waived or known from the baseline is only counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.domain.catalogue import Catalogue
from app.domain.terms import LEVELS, Level
from app.domain.verdicts import AuditReport
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords, words_of
from app.reports.subject_places import Spot, SubjectPlaces

NAME = "github"
MEDIA_TYPE = "text/x-github-workflow-commands"
SUFFIX = ".txt"

_COMMANDS: Mapping[Level, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "notice"}


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A command a line, the gravest of all files first."""
    words = words_of(reports)
    lines = [*_refusals(refused, words), *_findings(reports, words), *_notices(reports, words)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _findings(reports: Sequence[AuditReport], words: RunWords) -> Iterator[str]:
    told = [
        (LEVELS.index(verdict.finding.level), verdict.finding.severity, report, verdict)
        for report in reports
        for verdict in report.verdicts
        if verdict.counts
    ]
    places = {id(report): SubjectPlaces(report) for report in reports}
    for _, _, report, verdict in sorted(told, key=lambda one: (-one[0], -one[1])):
        finding = verdict.finding
        title = f"{finding.rule} ({words.grade(finding.level, finding.severity)}): {finding.title}"
        text = "\n".join(part for part in (finding.explanation or finding.title, words.override(verdict)) if part)
        spot = places[id(report)].of(finding)
        yield command(_COMMANDS[finding.level], text, report.file, spot, title)


def _refusals(refused: Sequence[Refusal], words: RunWords) -> Iterator[str]:
    for one in refused:
        if not one.problems:
            yield command("error", one.reason, one.file, None, words("not_valid"))
        for problem in one.problems:
            spot = Spot(problem.line, problem.column or 1) if problem.line and problem.sheet is None else None
            text = f"{problem.pointer}: {problem.message}" if problem.pointer else problem.message
            yield command("error", text, one.file, spot, words("not_valid"))
        if one.omitted:
            yield command("error", words("problems_omitted", n=one.omitted), one.file, None, words("not_valid"))


def _notices(reports: Sequence[AuditReport], words: RunWords) -> Iterator[str]:
    for report in reports:
        for notice in report.notices:
            yield command("warning", notice, report.file, None, words("notices"))
        if quiet := sum(not verdict.counts for verdict in report.verdicts):
            yield command("notice", words("not_marked", n=quiet), report.file, None, "Concord")


def command(name: str, text: str, file: str, spot: Spot | None, title: str) -> str:
    """`::error file=acme.yaml,line=3,col=5,title=FLU101::…`."""
    properties = {"file": written_name(file)}
    if spot is not None:
        properties |= {"line": str(spot.line), "col": str(spot.column)}
    properties["title"] = title
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
