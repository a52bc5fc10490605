"""Merged cells of a workbook: only the first of them has the value, and people mean it of all the rows that it spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from app.domain.faults import Fault
from app.exchange.budgets import MOST_CELLS
from app.exchange.flaws import stop
from app.exchange.places import Place
from app.exchange.sheets import Cell

_ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


def filled_down(rows: dict[int, dict[int, Cell]], merged: Iterable[str], most: int) -> dict[tuple[int, int], int]:
    """Write the value of cells that are merged downwards into every row that they span and that holds something else.

    Gives the cells that are merged sideways: row and column of the first → the last column. Stops where more than `most` cells would be
    looked at.
    """
    spans: dict[tuple[int, int], int] = {}
    numbers = sorted(rows)
    for reference in merged:
        first, _, last = reference.partition(":")
        start, end = corner(first), corner(last)
        if start is None or end is None:
            continue
        (top, left), (bottom, right) = start, end
        if right > left:
            spans[top, left] = right
        value = rows.get(top, {}).get(left)
        below = numbers[bisect_right(numbers, top) : bisect_left(numbers, bottom + 1)] if value else []
        most -= len(below) + 1
        if most < 0:
            stop(Fault((), "too_many_cells", details={"most": MOST_CELLS}), Place())
        for row in below:
            if value is not None:
                rows[row].setdefault(left, value)
    return spans


def corner(address: str) -> tuple[int, int] | None:
    """Row and column of an address: C4 is (4, 3); None for what is no address."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), _number(found[1])) if found else None


def _number(letters: str) -> int:
    """The number of a column: C is 3, AB is 28."""
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column
