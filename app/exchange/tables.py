"""A sheet whose headings are understood: which column holds which member."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.faults import Fault, Path
from app.domain.nearest import nearest
from app.exchange.cells import Unclear, text_of, value_of
from app.exchange.columns import Column
from app.exchange.flaws import Flaw
from app.exchange.habits import Habits
from app.exchange.sheets import Cell, Sheet


class Table(NamedTuple):
    """A sheet, its columns by position, their positions by heading, and the rows that hold something.

    `percentages`: columns of weights that are percentages throughout, so that 40 % can be read as 0.4 although any scale would do.
    """

    sheet: Sheet
    columns: Mapping[int, Column]
    positions: Mapping[str, int]
    rows: tuple[int, ...]
    header: int
    percentages: frozenset[int] = frozenset()

    def cells(self) -> Iterator[tuple[Column, Cell]]:
        """Every cell with something in it, with its column."""
        for row in self.rows:
            for position, cell in self.sheet.rows[row].items():
                if position in self.columns:
                    yield self.columns[position], cell


def understood(
    sheet: Sheet, name: str, known: Mapping[str, Column], meant: Callable[[str], str | None], flaws: list[Flaw]
) -> Table:
    """The sheet with its headings understood: `meant` gives the known column that a heading names.

    What is wrong with a heading is noted. A heading that is nearly a known one is then taken for it, so that the rest can be judged.
    """
    numbers = sorted(sheet.rows)
    if not numbers:
        return Table(sheet, {}, {}, (), 1)
    header, *rows = numbers
    columns: dict[int, Column] = {}
    positions: dict[str, int] = {}
    for position, cell in sorted(sheet.rows[header].items()):
        column, fault = _column(cell, name, known, meant, positions)
        if fault is not None:
            flaws.append(Flaw(fault, sheet.place(header, position)))
        if column is not None:
            columns[position] = column
            positions[column.name] = position
    flaws.extend(_headless(sheet, name, header, rows))
    filled = tuple(row for row in rows if sheet.rows[row].keys() & columns.keys())
    percentages = frozenset(at for at, column in columns.items() if _is_percentage(column, at, sheet, filled))
    return Table(sheet, columns, positions, filled, header, percentages)


class Row(NamedTuple):
    """What the cells of a row hold, by column, and the faults of those that cannot be read."""

    values: Mapping[Column, Any]
    faults: Mapping[Column, Fault]


def read_row(table: Table, row: int, habits: Habits) -> Row:
    """The values of a row."""
    values: dict[Column, Any] = {}
    faults: dict[Column, Fault] = {}
    for position, cell in sorted(table.sheet.rows[row].items()):
        column = table.columns.get(position)
        if column is None:
            continue
        try:
            values[column] = value_of(cell, column, habits, percent_is_share=position in table.percentages)
        except Unclear as unclear:
            faults[column] = unclear.fault
    return Row(values, faults)


def flaw_in(table: Table, row: int, path: Path, column: Column, fault: Fault) -> Flaw:
    """The flaw of a cell; `path`: the place in the document of what the column describes."""
    whole = fault._replace(path=(*path, *column.path, *fault.path))
    return Flaw(whole, table.sheet.place(row, table.positions[column.name]))


def nested(values: Mapping[Column, Any]) -> dict[str, Any]:
    """The object that values by column make: `payout.kind` is the `kind` of the `payout`."""
    whole: dict[str, Any] = {}
    for column, value in values.items():
        put(whole, column.path, value)
    return whole


def put(whole: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set a member within an object; an object without members changes nothing where members are known."""
    part = whole
    for name in path[:-1]:
        part = part.setdefault(name, {})
    if value == {}:
        part.setdefault(path[-1], {})
    else:
        part[path[-1]] = value


def _column(
    cell: Cell, name: str, known: Mapping[str, Column], meant: Callable[[str], str | None], taken: Mapping[str, int]
) -> tuple[Column | None, Fault | None]:
    if cell.form == "formula":
        return None, Fault((name,), "formula")
    heading = text_of(cell)
    found = meant(heading)
    if found is None:
        near = next((option for option in nearest(heading, known, 1) if option not in taken), None)
        details = {"sheet_name": name}
        return known.get(near or ""), Fault((name,), "unknown_column", heading, details=details, nearest=near)
    if found in taken:
        return None, Fault((name,), "duplicate_column", heading)
    return known[found], None


def _is_percentage(column: Column, position: int, sheet: Sheet, rows: tuple[int, ...]) -> bool:
    if column.path[-1] != "weight":
        return False
    cells = [cell for row in rows if (cell := sheet.rows[row].get(position))]
    return all(cell.form == "percent" or (cell.form == "text" and str(cell.value).endswith("%")) for cell in cells)


def _headless(sheet: Sheet, name: str, header: int, rows: list[int]) -> Iterator[Flaw]:
    """Columns with values and without a heading, each at its first value."""
    headed = sheet.rows[header].keys()
    seen: set[int] = set()
    for row in rows:
        for position in sheet.rows[row].keys() - headed - seen:
            seen.add(position)
            yield Flaw(Fault((name,), "no_header"), sheet.place(row, position))
