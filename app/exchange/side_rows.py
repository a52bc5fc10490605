"""Rows that people put beside their data: totals below it, footnotes, and what is for reading only."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from app.domain.document.values import KEY_PATTERN
from app.exchange.cells import text_of
from app.exchange.numbers import written_number
from app.exchange.sheets import Cell, Sheet

Passed = Literal["above_headings", "total", "footnote", "nothing_read"]
"""Why a row is passed over."""

_TOTAL = re.compile(
    r"(?:grand[ _-]?|sub[ _-]?)?totals?|sum|average|summe|zwischensumme|gesamt(?:summe)?|insgesamt|mittelwert|durchschnitt|[∑Σ]",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"[*†¹²³]|(?:note|source|as of|legend|hinweis|quelle|stand|anmerkung|legende)\b\s*:", re.IGNORECASE
)


def side_row(sheet: Sheet, row: int, read: Collection[int]) -> Passed | None:
    """Why a row below the headings is none of the data; None for one that is. `read`: the columns that are read.

    A total has one text, which says so and is no key, beside numbers and formulas. A footnote is a text alone that begins as one.
    """
    cells = sheet.rows[row]
    if not cells.keys() & read:
        return "nothing_read"
    words = [text for cell in cells.values() if (text := _words(cell))]
    if len(words) == 1 and _TOTAL.fullmatch(words[0].strip(" :.")) and not re.match(KEY_PATTERN, words[0]):
        return "total"
    if len(cells) == 1 and words and _FOOTNOTE.match(words[0]):
        return "footnote"
    return None


def _words(cell: Cell) -> str:
    """The text of a cell that is neither a number nor a formula; empty for any other cell."""
    if cell.form != "text":
        return ""
    text = text_of(cell)
    return "" if text.startswith("=") or written_number(text) else text
