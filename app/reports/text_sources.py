"""The numbered sources at the end, with those marked that nobody has looked up."""

from __future__ import annotations

from app.domain.citations import reference
from app.domain.findings import Analysis
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page


def write_sources(page: Page, names: Names, sources: Sources) -> None:
    """Every source that was named, by number."""
    words = names.words
    cited = list(sources.used())
    if not cited:
        return
    page.heading(words("sources"))
    gap = len(str(cited[-1][0])) + 3
    for number, citation in cited:
        page.labelled((f"[{number}]", "reference"), reference(citation, words.language), gap=gap)
    page.blank()
    page.paragraph((words("judgement_note"), "aside"))


def write_foot(page: Page, analysis: Analysis, names: Names) -> None:
    """With what it was made, and where to go on."""
    rule = analysis.findings[0].rule if analysis.findings else (analysis.rules[0].id if analysis.rules else "")
    told = names.words(
        "foot", engine=analysis.engine.get("version", ""), catalogue=analysis.engine.get("catalogue", ""), rule=rule
    )
    page.blank()
    page.rule()
    page.paragraph((told, "aside"))
