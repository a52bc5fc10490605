"""Which list a sheet holds: by its name, and by its headings where the name says nothing (`Sheet1`) or something else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Final

from app.exchange.cells import text_of
from app.exchange.columns import SHEETS, columns_of
from app.exchange.flat_columns import flat_column_of
from app.exchange.header_rows import WIDEST, header_row, known_headings
from app.exchange.headings import Match, column_of, list_of, list_within
from app.exchange.sheets import Sheet

FLAT: Final = "flat"
"""What one sheet with a row for each component holds."""


def list_held(sheet: Sheet, *, alone: bool = False) -> str | None:
    """The list that a sheet holds, None where neither name nor headings tell. `alone`: it is the only sheet, and may be a flat one."""
    held = list_of(sheet.name) or _likeliest(sheet)
    if not alone:
        return held
    if held is None:
        return FLAT
    flat = _known(sheet, flat_column_of)
    return FLAT if flat >= _SURE and flat > _known(sheet, partial(column_of, sheet=held)) else held


_SURE = 4
"""Headings that have to be known before a sheet is taken for a flat one whatever it is called."""


def _likeliest(sheet: Sheet) -> str | None:
    """The list of which most headings are known: one that a word of the name names, or that has everything its items need."""
    within = list_within(sheet.name)
    named = _known(sheet, partial(column_of, sheet=within)) if within else 0
    found = [(known, name) for name in SHEETS if (known := _complete(sheet, name)) > named]
    best = max(found, default=(0, ""))
    return best[1] if [known for known, _ in found].count(best[0]) == 1 else within


def _complete(sheet: Sheet, name: str) -> int:
    """How many columns of a list the headings of a sheet name, 0 where one is lacking that every item needs."""
    meant = partial(column_of, sheet=name)
    row = header_row(sheet, lambda text: meant(text) is not None)
    named = {match.column for cell in islice(sheet.rows[row].values(), WIDEST) if (match := meant(text_of(cell)))}
    columns = columns_of(name)
    needed = {column.name for column in columns.values() if column.required and not column.member.part}
    return len(named) if needed and needed <= named else 0


def _known(sheet: Sheet, meant: Callable[[str], Match | None]) -> int:
    row = header_row(sheet, lambda text: meant(text) is not None)
    return known_headings(sheet, row, lambda text: meant(text) is not None)
