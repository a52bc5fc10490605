"""Findings, worst first: the worst told in full, the rest of them in a line each, the low ones counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.findings import Analysis, Finding
from app.reports.text_finding import INDENT, Teller
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_summary import kinds_text

IN_FULL = 10
"""Findings that are told in full; those that are high or critical always are."""


class Numbered(NamedTuple):
    """Numbers of findings and of recommendations, by which the report refers to them."""

    findings: Mapping[str, int]
    recommendations: Mapping[str, int]

    @classmethod
    def of(cls, analysis: Analysis) -> Numbered:
        """In the order of the report; what a finding folds has no number of its own, nor have low ones."""
        shown = [f for f in analysis.findings if f.level != "low"]
        return cls(
            {f.fingerprint: number for number, f in enumerate(shown, 1)},
            {r.id: number for number, r in enumerate(analysis.recommendations, 1)},
        )


def write_findings(
    page: Page, analysis: Analysis, names: Names, sources: Sources, *, numbers: Numbered, everything: bool
) -> None:
    """All findings of level medium or worse; with `everything` each in full, and the low ones listed."""
    page.heading(names.words("worst_first"))
    if not analysis.findings:
        _nothing(page, analysis, names)
        return
    teller = Teller(page, names, sources, analysis.recommendations, numbers.recommendations, arithmetic=everything)
    shown = [(numbers.findings[f.fingerprint], f) for f in analysis.findings if f.fingerprint in numbers.findings]
    full = [entry for entry in shown if everything or entry[0] <= IN_FULL or entry[1].level in ("critical", "high")]
    for number, finding in full:
        page.blank()
        teller.tell(number, finding)
    if short := shown[len(full) :]:
        page.blank()
        page.paragraph((names.words("short_ones"), "heading"))
        for number, finding in short:
            _line(page, number, finding, names)
    _low(page, [f for f in analysis.findings if f.level == "low"], names, everything=everything)


def write_brief(page: Page, analysis: Analysis, names: Names, *, numbers: Numbered) -> None:
    """One line for each finding of level medium or worse."""
    for finding in analysis.findings:
        if number := numbers.findings.get(finding.fingerprint):
            _line(page, number, finding, names)


def _nothing(page: Page, analysis: Analysis, names: Names) -> None:
    words = names.words
    if not any(r.subject and r.subject.kind != "outcome" for r in analysis.resolutions):
        page.paragraph(words("no_kpis"))
        return
    known = sum(r.metric is not None for r in analysis.resolutions)
    rules = sum(not rule.not_assessable_rows for rule in analysis.rules)
    judged = words("judged", known=known, names=len(analysis.resolutions), rules=rules, all=len(analysis.rules))
    page.paragraph((words("clean_of_wanted" if analysis.settings else "clean", judged=judged), "good"))


def _line(page: Page, number: int, finding: Finding, names: Names) -> None:
    level = (names.words.grade(finding.level, finding.severity), finding.level)
    about = " · ".join([finding.rule, *([names.words(finding.baseline)] if finding.baseline else [])])
    page.labelled(f"{number:>2}", level, f"  {finding.title}", (f"  {about}", "aside"), gap=INDENT)


def _low(page: Page, findings: Sequence[Finding], names: Names, *, everything: bool) -> None:
    if not findings:
        return
    words = names.words
    page.blank()
    if not everything:
        told = kinds_text(Counter(f.kind for f in findings), words).replace(" · ", ", ")
        page.paragraph((words("one_low" if len(findings) == 1 else "low_ones", n=len(findings), kinds=told), "aside"))
        return
    page.paragraph((words("low_heading"), "heading"))
    for finding in findings:
        page.labelled(
            (words.severity(finding.severity), "low"), finding.title, (f"  {finding.rule}", "aside"), gap=INDENT
        )
