"""Reports of audits that no settings, waivers or baseline change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from app.domain.findings import Analysis, Finding
from app.domain.terms import Language
from app.domain.verdicts import AuditReport, Verdict
from app.exchange.source import Source


def reported(file: str, source: Source, analysis: Analysis, *, language: Language = "en") -> AuditReport:
    """The analysis of a file as a report: every open finding as the engine grades it."""
    findings = sorted(_each(analysis), key=lambda finding: -finding.severity)
    return AuditReport(
        file=file,
        analysis=analysis,
        verdicts=tuple(Verdict(finding, finding.level) for finding in findings),
        place=place_in(source),
        notices=(),
        as_of=date.fromisoformat(analysis.as_of),
        language=language,
        raw=source.raw,
    )


def place_in(source: Source) -> Callable[[str], tuple[int, int] | None]:
    """JSON pointer → line and column in the text that was read; None for sheets."""

    def place(pointer: str) -> tuple[int, int] | None:
        at = source.places.at(pointer)
        return None if at.line is None or at.sheet is not None else (at.line, at.column or 1)

    return place


def _each(analysis: Analysis) -> Iterator[Finding]:
    for finding in analysis.findings:
        yield finding._replace(also=())
        yield from finding.also
