"""Which row of a sheet names its columns: seldom is it the first, where people put a title, a date or a logo above."""

from __future__ import annotations

from collections.abc import Callable

from app.exchange.cells import text_of
from app.exchange.sheets import Sheet

_LOOKED_AT = 30
"""Rows among which the headings are looked for."""


def header_row(sheet: Sheet, is_heading: Callable[[str], bool]) -> int:
    """The first row in which at least two headings, and half of what stands there, are known; failing that the first row.

    `is_heading`: whether a text names a column.
    """
    first, *others = sorted(sheet.rows)[:_LOOKED_AT]
    for row in (first, *others):
        known, filled = known_headings(sheet, row, is_heading), len(sheet.rows[row])
        if known >= 2 and 2 * known >= filled:
            return row
    return first


def known_headings(sheet: Sheet, row: int, is_heading: Callable[[str], bool]) -> int:
    """How many different texts of a row name a column."""
    texts = {text_of(cell) for cell in sheet.rows[row].values() if cell.form == "text"}
    return sum(1 for text in texts if is_heading(text))
