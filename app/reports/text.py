"""An analysis as text for people: a page of a terminal, in colour or without, English or German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.domain.catalogue import Catalogue
from app.domain.findings import Analysis
from app.domain.terms import LEVELS, Language
from app.domain.verdicts import AuditReport
from app.reports.looks import Looks
from app.reports.run_words import RunWords, words_of
from app.reports.text_findings import Numbered, write_brief, write_findings
from app.reports.text_gaps import write_assumptions, write_gaps, write_loops, write_waived
from app.reports.text_line import cells, padded, shortened
from app.reports.text_matrix import write_matrix
from app.reports.text_names import Names, Sources
from app.reports.text_not_assessable import write_not_assessable
from app.reports.text_page import Page
from app.reports.text_recommendations import write_recommendations
from app.reports.text_run import write_not_run, write_notices, write_refused, write_settings
from app.reports.text_sources import write_foot, write_sources
from app.reports.text_summary import levels_pieces, write_summary
from app.reports.text_words import Words

if TYPE_CHECKING:
    from app.reports.refusals import Refusal

NAME = "text"
MEDIA_TYPE = "text/plain"
SUFFIX = ".txt"


def render(
    reports: Sequence[AuditReport],
    *,
    catalogue: Catalogue | None = None,
    refused: Sequence[Refusal] = (),
    looks: Looks | None = None,
) -> bytes:
    """The audits one below the other, each under the name of its file where there are several; then all of them side by side."""
    looks = looks or Looks()
    several = len(reports) + len(refused) > 1
    pages = []
    for report in reports:
        page = render_analysis(
            report.analysis, raw=report.raw, catalogue=catalogue, language=report.language, **looks._asdict()
        )
        pages.append(file_heading(report.file, looks.width, looks.colour) + page if several else page)
    if several and reports:
        audited = [(report.file, report.analysis) for report in reports]
        pages.append(render_several(audited, reports[0].language, looks.width, looks.colour))
    if refused:
        last = Page(looks.width)
        write_refused(last, refused, words_of(reports))
        pages.append(last.text(colour=looks.colour).encode("utf-8", "replace"))
    return b"\n".join(pages)


def render_analysis(
    analysis: Analysis,
    *,
    raw: Mapping[str, Any] | None = None,
    catalogue: Catalogue | None = None,
    language: Language = "en",
    width: int = 80,
    colour: bool = False,
    brief: bool = False,
    everything: bool = False,
    with_recommendations: bool = True,
    not_assessable: bool = False,
) -> bytes:
    """The report as UTF-8, no line wider than `width` cells.

    `raw` (the document as submitted) and `catalogue` give names to keys; without them the keys are shown. `brief`: the summary and a
    line for each finding; `everything`: low findings and every recommendation too; `not_assessable`: what each rule could not judge.
    """
    words = RunWords(language)
    names = Names(words, raw, catalogue, analysis.resolutions)
    sources, numbers, page = Sources(names), Numbered.of(analysis), Page(width)
    write_summary(page, analysis, names)
    if brief:
        page.blank()
        write_brief(page, analysis, names, numbers=numbers)
        if not_assessable:
            write_not_assessable(page, analysis, names)
        write_notices(page, analysis, words)
        return page.text(colour=colour).encode()
    if analysis.matrix or not analysis.settings:
        write_matrix(page, analysis, names)
    write_findings(page, analysis, names, sources, numbers=numbers, everything=everything)
    if with_recommendations and analysis.findings:
        write_recommendations(page, analysis, names, raw, numbers=numbers.findings, everything=everything)
    write_gaps(page, analysis, names)
    if not_assessable:
        write_not_assessable(page, analysis, names)
    write_assumptions(page, analysis, names)
    write_loops(page, analysis, names)
    write_waived(page, analysis, names)
    write_settings(page, analysis, words)
    write_not_run(page, analysis, words)
    write_notices(page, analysis, words)
    write_sources(page, names, sources)
    write_foot(page, analysis, names)
    return page.text(colour=colour).encode()


def file_heading(name: str, width: int, colour: bool) -> bytes:
    """The line above a report that is one of several."""
    page = Page(width)
    head = f"━━ {shortened(name, width - 6)} "
    page.row((head + "━" * (width - cells(head)), "title"))
    return page.text(colour=colour).encode()


def render_several(audited: Sequence[tuple[str, Analysis]], language: Language, width: int, colour: bool) -> bytes:
    """Several documents side by side: what was found in each."""
    words, page = Words(language), Page(width)
    page.heading(words("several", n=len(audited)))
    for name, analysis in audited:
        worst = next((level for level in reversed(LEVELS) if analysis.summary.levels.get(level)), None)
        counts = levels_pieces(analysis.summary.levels, words)
        index = analysis.summary.alignment_index
        told = words.signed(index) if index is not None else ""
        page.labelled((padded(told, 6, right=True), "aside"), (name, worst or "good"), "  ", *counts, gap=8)
    return page.text(colour=colour).encode()
