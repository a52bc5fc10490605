"""From what was read and what was found in it to the report that every format tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.catalogue.load import catalogue
from app.domain.findings import Analysis
from app.domain.rulebook import Rulebook
from app.domain.terms import Language
from app.domain.verdicts import AuditReport, verdicts_of
from app.exchange.source import Source

if TYPE_CHECKING:
    from app.reports.formats import Format
    from app.reports.refusals import Refusal


def reported(file: str, source: Source, analysis: Analysis, *, language: Language = "en") -> AuditReport:
    """The analysis of a file as a report, under the name by which the caller knows the file."""
    return AuditReport(
        file=file,
        analysis=analysis,
        verdicts=verdicts_of(analysis),
        place=place_in(source),
        notices=analysis.notices,
        as_of=date.fromisoformat(analysis.as_of),
        language=language,
        settings=analysis.settings,
        raw=source.raw,
    )


def told(
    form: Format,
    reports: Sequence[AuditReport],
    refused: Sequence[Refusal] = (),
    rulebook: Rulebook | None = None,
) -> bytes:
    """The reports in a format, with the catalogue's names for things, and those of the rules that were run."""
    known = catalogue() if rulebook is None else rulebook.of(catalogue())
    return form.render(reports, catalogue=known, refused=refused)


def place_in(source: Source) -> Callable[[str], tuple[int, int] | None]:
    """JSON pointer → line and column in the text that was read; None for sheets."""

    def place(pointer: str) -> tuple[int, int] | None:
        at = source.places.at(pointer)
        return None if at.line is None or at.sheet is not None else (at.line, at.column or 1)

    return place
