"""Sheets of cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.exchange.places import Place

CellForm = Literal["text", "number", "percent", "day", "flag", "formula", "error"]


class Cell(NamedTuple):
    """What stands in a cell. Text is trimmed; a day is text (`2026-01-31`); a percentage is the number behind it (0.4 for 40 %)."""

    value: str | int | float | bool
    form: CellForm = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: row → column → cell, both from 1, cells with something in them only.

    `lines`: row → line of its file, where it is text. `hidden`: not shown to who opens the file. `spans`: row and column of a cell that is
    merged with others of its row → their last column. `from_1904`: from when the workbook counts days, None for text.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    file: str | None = None
    lines: Mapping[int, int] = field(default_factory=dict)
    hidden: bool = False
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    from_1904: bool | None = None

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place(self.lines.get(row), None, self.name, address(row, column), self.file)


def address(row: int, column: int) -> str:
    """The address of a cell: row 4, column 3 is C4."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column: 3 is C, 28 is AB."""
    written = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        written = chr(ord("A") + rest) + written
    return written
