"""What differs between two documents, for people: a line for each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.document.changes import Change
from app.domain.terms import Language
from app.reports.text_clauses import change_text
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_words import Words

_MARKS = {"added": ("+", "good"), "removed": ("–", "high"), "changed": ("~", "reference")}


def diff_page(
    changes: Sequence[Change], before: Mapping[str, Any], after: Mapping[str, Any], *, language: Language, width: int
) -> Page:
    """The page; one sentence where nothing differs."""
    page, words = Page(width), Words(language)
    old_names, new_names = Names(words, before, None), Names(words, after, None)
    if not changes:
        page.paragraph("Nichts ist anders." if language == "de" else "Nothing differs.")
    for change in changes:
        page.labelled(_MARKS[change.action], change_text(change, new_names, old_names), gap=2)
    return page
