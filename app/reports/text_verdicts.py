"""How one rule judges a document, on a page: what matches, what nearly does, what nobody can say, each with what decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.rules.rule import CompiledRule
from app.domain.rules.verdict import VerdictKind
from app.domain.rules.words import in_words
from app.domain.terms import Language
from app.reports.text_page import Page

_TEXTS = {
    "when": ("reports, when: {}", "meldet, wenn gilt: {}"),
    "counted": (
        "On {rows} rows ({kind}): {match} match, {near_miss} nearly do, {not_assessable} cannot be judged, {clear} are clear.",
        "Von {rows} Zeilen ({kind}): Auf {match} schlägt sie an, auf {near_miss} beinahe, {not_assessable} sind nicht zu beurteilen, "
        "{clear} sind frei davon.",
    ),
    "nothing": ("There is nothing in the document that it looks at.", "Im Dokument gibt es nichts, was sie prüft."),
    "match": ("Matches, because", "Schlägt an, weil"),
    "near_miss": ("Near misses: all that stands in the way", "Beinahe: alles, was dagegen spricht"),
    "not_assessable": ("Not assessable, because", "Nicht zu beurteilen, weil"),
    "more": ("and {} more", "und {} weitere"),
}

SHOWN: tuple[VerdictKind, ...] = ("match", "near_miss", "not_assessable")
MOST_SHOWN = 20
"""Rows of a verdict that are told."""


class TellableRow(NamedTuple):
    """A row by its names, the verdict on it, and what decided in words."""

    names: tuple[str, ...]
    verdict: VerdictKind
    because: tuple[str, ...]


def verdicts_page(compiled: CompiledRule, rows: Sequence[TellableRow], *, language: Language, width: int) -> Page:
    """The rule, the counts, and every row on which it matches, nearly does, or cannot tell."""
    page, rule = Page(width), compiled.rule
    page.paragraph((f"{rule.id}  ", "reference"), (rule.title[language], "title"))
    page.paragraph((_said("when", language).format(in_words(compiled.node, compiled.kind, language)), "aside"))
    page.blank()
    if not rows:
        page.paragraph(_said("nothing", language))
        return page
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in (*SHOWN, "clear")}
    page.paragraph(_said("counted", language).format(rows=len(rows), kind=compiled.kind.labels[language], **counts))
    for verdict in SHOWN:
        _write(page, verdict, [row for row in rows if row.verdict == verdict], language)
    return page


def _write(page: Page, verdict: VerdictKind, rows: Sequence[TellableRow], language: Language) -> None:
    if not rows:
        return
    page.heading(_said(verdict, language))
    for row in rows[:MOST_SHOWN]:
        page.labelled("•", (" · ".join(row.names), "name"), gap=2)
        for reason in row.because:
            page.labelled("  –", reason, gap=4)
    if len(rows) > MOST_SHOWN:
        page.paragraph((_said("more", language).format(len(rows) - MOST_SHOWN), "aside"))


def _said(text: str, language: Language) -> str:
    return _TEXTS[text][language == "de"]
