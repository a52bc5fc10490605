"""Findings, worst first: what is wrong, how it comes about, what it rests on, and the change that clears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.findings import Analysis, Finding, Recommendation
from app.reports.text_chain import write_chain
from app.reports.text_line import Piece
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_recommendations import proof
from app.reports.text_summary import kinds_text

IN_FULL = 10
"""Findings that are told in full; those that are high or critical always are."""

_INDENT, _GAP = 4, 10
_MOST_ALSO = 4
_SURE = 0.995


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbers of findings and of recommendations, by which the report refers to them."""

    findings: Mapping[str, int]
    recommendations: Mapping[str, int]

    @classmethod
    def of(cls, analysis: Analysis) -> Numbered:
        """In the order of the report; what a finding folds has no number of its own."""
        shown = [f for f in analysis.findings if f.level != "low"]
        return cls(
            {f.fingerprint: number for number, f in enumerate(shown, 1)},
            {r.id: number for number, r in enumerate(analysis.recommendations, 1)},
        )


def write_findings(
    page: Page, analysis: Analysis, names: Names, sources: Sources, *, numbers: Numbered, everything: bool
) -> None:
    """All findings of level medium or worse, the worst in full; the low ones counted, or listed when everything is wanted."""
    words = names.words
    page.heading(words("worst_first"))
    if not analysis.findings:
        _nothing(page, analysis, names)
        return
    told: set[str] = set()
    short = False
    for finding in analysis.findings:
        number = numbers.findings.get(finding.fingerprint)
        if number is None:
            break
        if everything or number <= IN_FULL or finding.level in ("critical", "high"):
            page.blank()
            _finding(page, number, finding, analysis.recommendations, names, sources, numbers, told)
            continue
        if not short:
            page.blank()
            page.paragraph((words("short_ones"), "heading"))
            short = True
        _line(page, finding, names, number)
    _low(page, [f for f in analysis.findings if f.level == "low"], names, everything=everything)


def write_brief(page: Page, analysis: Analysis, names: Names, *, numbers: Numbered) -> None:
    """One line for each finding of level medium or worse."""
    for finding in analysis.findings:
        if number := numbers.findings.get(finding.fingerprint):
            _line(page, finding, names, number)


def _nothing(page: Page, analysis: Analysis, names: Names) -> None:
    words = names.words
    if not any(r.subject and r.subject.kind != "outcome" for r in analysis.resolutions):
        page.paragraph(words("no_kpis"))
        return
    known = sum(r.metric is not None for r in analysis.resolutions)
    rules = sum(not rule.not_assessable_rows for rule in analysis.rules)
    judged = words("judged", known=known, names=len(analysis.resolutions), rules=rules, all=len(analysis.rules))
    page.paragraph((words("clean", judged=judged), "good"))


def _finding(
    page: Page,
    number: int,
    finding: Finding,
    recommendations: Sequence[Recommendation],
    names: Names,
    sources: Sources,
    numbers: Numbered,
    told: set[str],
) -> None:
    words = names.words
    page.labelled(f"{number:>2}", *_head(finding, names), (finding.title, "name"), gap=_INDENT)
    about = " · ".join(p for p in (names.parties(finding), finding.rule, finding.fingerprint) if p)
    page.paragraph((about, "aside"), indent=_INDENT)
    page.paragraph(_without_sources(finding, names), indent=_INDENT)
    write_chain(page, words("how"), finding.chain, names, sources, _GAP)
    _labelled(page, words("doubt"), "; ".join(_doubts(finding, names)))
    _labelled(page, words("rests_on"), "; ".join(dict.fromkeys(sources.named(r) for r in finding.references)))
    _change(page, finding, recommendations, names, numbers, told)
    _also(page, finding, names)


def _without_sources(finding: Finding, names: Names) -> str:
    """The explanation; the sources that end it stand on a line of their own, with numbers."""
    before, mark, _ = finding.explanation.rpartition(names.words("rests_on_told"))
    return before.rstrip() if mark and finding.references else finding.explanation


def _head(finding: Finding, names: Names) -> list[Piece]:
    level = names.words(finding.level).upper()
    return [(f" {level} {names.words.number(finding.severity)} ", finding.level), "  "]


def _line(page: Page, finding: Finding, names: Names, number: int) -> None:
    level = (f"{names.words(finding.level)} {names.words.number(finding.severity)}", finding.level)
    page.labelled(f"{number:>2}", level, f"  {finding.title}", (f"  {finding.rule}", "aside"), gap=_INDENT)


def _labelled(page: Page, label: str, *pieces: Piece) -> None:
    if any(piece for piece in pieces):
        page.labelled((label, "label"), *pieces, indent=_INDENT, gap=_GAP)


def _doubts(finding: Finding, names: Names) -> list[str]:
    """Why one may hesitate to believe it."""
    words = names.words
    said = []
    if finding.basis == "family":
        said.append(words("by_family"))
    if finding.sign_reliability is not None and finding.sign_reliability < _SURE:
        said.append(words("sign_unsure", share=words.share(finding.sign_reliability)))
    if finding.contested:
        said.append(words("contested"))
    if finding.confidence < _SURE:
        said.append(words("confidence", share=words.share(finding.confidence)))
    if guards := sorted({names.subject(s) for s in finding.related}):
        said.append(words("held_by", names=words.listed(guards, 3)))
    return said


def _change(
    page: Page,
    finding: Finding,
    recommendations: Sequence[Recommendation],
    names: Names,
    numbers: Numbered,
    told: set[str],
) -> None:
    """The first recommendation that clears the finding, or something that it folds."""
    if not recommendations:
        return
    words = names.words
    best = best_change(finding, recommendations)
    if best is None:
        if finding.level != "low":
            _labelled(page, words("change"), (words("no_change_found"), "aside"))
        return
    reference = f"R{numbers.recommendations[best.id]}"
    if best.id in told:
        _labelled(page, words("change"), (words("see_change", ref=reference), "reference"))
        return
    told.add(best.id)
    _labelled(page, words("change"), (reference, "reference"), f"  {best.title}")
    page.labelled("", (proof(best, words), "aside"), indent=_INDENT, gap=_GAP)


def best_change(finding: Finding, recommendations: Sequence[Recommendation]) -> Recommendation | None:
    """The first that removes the finding, else the first that weakens it, else one for what it folds."""
    for keys in ((finding.fingerprint,), tuple(f.fingerprint for f in finding.also)):
        for effect in ("removed", "weakened"):
            for recommendation in recommendations:
                if any(key in getattr(recommendation.effect, effect) for key in keys):
                    return recommendation
        for recommendation in recommendations:
            if any(key in recommendation.addresses for key in keys):
                return recommendation
    return None


def _also(page: Page, finding: Finding, names: Names) -> None:
    words = names.words
    for number, folded in enumerate(finding.also[:_MOST_ALSO]):
        level = (f"{words(folded.level)} {words.number(folded.severity)}", folded.level)
        _labelled(page, words("also") if number == 0 else "", level, f"  {folded.title}", (f"  {folded.rule}", "aside"))
    if len(finding.also) > _MOST_ALSO:
        page.labelled("", (words("more_also", n=len(finding.also) - _MOST_ALSO), "aside"), indent=_INDENT, gap=_GAP)


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
            (words.number(finding.severity), "low"), finding.title, (f"  {finding.rule}", "aside"), gap=_INDENT
        )
