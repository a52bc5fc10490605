"""What a run adds to an analysis: settings in force, notices, files that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.findings import Analysis
from app.reports.run_words import RunWords
from app.reports.text_page import Page

if TYPE_CHECKING:
    from app.reports.refusals import Refusal


def write_settings(page: Page, analysis: Analysis, words: RunWords) -> None:
    """The settings that depart from the defaults, each with where it stands."""
    if analysis.settings:
        page.heading(words("settings_in_force"))
    for setting in analysis.settings:
        page.labelled("•", f"{setting.name} = {written_value(setting.value)}", (f"  {setting.origin}", "aside"), gap=2)


def write_not_run(page: Page, analysis: Analysis, words: RunWords) -> None:
    """The rules that were not run, each with why."""
    if analysis.not_run:
        page.heading(words("rules_not_run"))
    for one in analysis.not_run:
        page.labelled("•", words.not_run(one), gap=2)


def write_notices(page: Page, analysis: Analysis, words: RunWords) -> None:
    """What is to be known of waivers and baselines."""
    if analysis.notices:
        page.heading(words("notices"))
    for notice in analysis.notices:
        page.labelled("•", notice, gap=2)


def write_refused(page: Page, refused: Sequence[Refusal], words: RunWords) -> None:
    """Files that were refused, with their problems."""
    page.heading(words("not_audited"))
    for one in refused:
        page.labelled("•", (one.file, "name"), f"  {one.reason}", gap=2)
        for problem in one.problems:
            at = f"{problem.line}:{problem.column or 1}" if problem.line else problem.cell or problem.pointer
            page.labelled((at, "aside"), problem.message, indent=2, gap=8)


def written_value(value: object) -> str:
    """A setting's value as people read it: lists with commas, all else as it is."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
