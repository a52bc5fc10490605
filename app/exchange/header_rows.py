"""Which row of a sheet names its columns: seldom is it the first, where people put a title, a date or a logo above."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from app.exchange.cells import text_of
from app.exchange.sheets import Sheet

_LOOKED_AT = 30
WIDEST = 500
"""Rows among which the headings are looked for, and cells of a row."""


def header_row(sheet: Sheet, is_heading: Callable[[str], bool]) -> int:
    """The first row in which at least two headings, and half of what stands there, are known; failing that the first row.

    Where cells of it span several columns, they are headings over those of the next row. `is_heading`: whether a text names a column.
    """
    rows = sorted(sheet.rows)[:_LOOKED_AT]
    for row in rows:
        known, filled = known_headings(sheet, row, is_heading), len(sheet.rows[row])
        if known >= 2 and 2 * known >= filled:
            below = row + 1
            spans = below in rows and any(of == row for of, _ in sheet.spans)
            return below if spans and known_headings(sheet, below, is_heading) > known else row
    return rows[0]


def known_headings(sheet: Sheet, row: int, is_heading: Callable[[str], bool]) -> int:
    """How many different texts of a row name a column."""
    cells = islice(sheet.rows[row].values(), WIDEST)
    return sum(1 for text in {text_of(cell) for cell in cells if cell.form == "text"} if is_heading(text))
