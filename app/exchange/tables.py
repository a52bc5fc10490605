"""A sheet whose headings are understood: which column holds which member."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.faults import Fault, Path
from app.exchange.cells import Unclear, says_nothing, value_of
from app.exchange.columns import Column
from app.exchange.flaws import Flaw
from app.exchange.guide import ALONE, Guide
from app.exchange.habits import Habits
from app.exchange.header_rows import header_row
from app.exchange.heading_units import Scale, other_unit, scale_of
from app.exchange.headings import Match
from app.exchange.sheets import Cell, Sheet
from app.exchange.side_rows import Passed, side_row
from app.exchange.table_headings import Heading, Headings


class Table(NamedTuple):
    """A sheet, its headings and columns by position, their positions by heading, and the rows that hold something.

    `scales`: how the numbers of a column are counted, where its heading or all its cells say; `passed`: rows that are no data, and why.
    """

    sheet: Sheet
    name: str
    headings: Mapping[int, Heading]
    columns: Mapping[int, Column]
    positions: Mapping[str, int]
    rows: tuple[int, ...]
    header: int
    scales: Mapping[int, Scale]
    passed: Mapping[int, Passed]

    def cells(self) -> Iterator[tuple[Column, Cell]]:
        """Every cell with something in it, with its column."""
        for row in self.rows:
            for position, cell in self.sheet.rows[row].items():
                if position in self.columns:
                    yield self.columns[position], cell


def table_of(
    sheet: Sheet,
    name: str,
    known: Mapping[str, Column],
    meant: Callable[[str], Match | None],
    flaws: list[Flaw],
    guide: Guide = ALONE,
) -> Table:
    """The sheet with its headings understood: `meant` gives the known column that a heading names. What is wrong with one is noted."""
    if not sheet.rows:
        return Table(sheet, name, {}, {}, {}, (), 1, {}, {})
    header = header_row(sheet, lambda text: text in guide.headings or meant(text) is not None)
    understood = Headings(sheet, header, name, known, meant, guide)
    headings, positions = understood.all, understood.positions
    flaws.extend(understood.flaws)
    columns = {at: known[heading.match.column] for at, heading in headings.items() if heading.match}
    passed: dict[int, Passed] = {row: "above_headings" for row in sheet.rows if row < header}
    below = [row for row in sorted(sheet.rows) if row > header]
    passed |= {row: why for row in below if (why := side_row(sheet, row, columns.keys()))}
    rows = tuple(row for row in below if row not in passed)
    flaws.extend(_headless(sheet, name, header, (row for row in below if passed.get(row) in (None, "nothing_read"))))
    scales = {at: _scale(column, at, headings[at].unit, sheet, rows, guide, name) for at, column in columns.items()}
    return Table(sheet, name, headings, columns, positions, rows, header, scales, passed)


class ReadRow(NamedTuple):
    """A row, the items of the document that it is about, and which member each of its columns holds, by position."""

    table: Table
    row: int
    items: tuple[Path, ...]
    members: Mapping[int, Path]


class Row(NamedTuple):
    """What the cells of a row hold, by column, and the faults of those that cannot be read."""

    values: Mapping[Column, Any]
    faults: Mapping[Column, Fault]


def read_row(table: Table, row: int, habits: Habits, guide: Guide = ALONE) -> Row:
    """The values of a row. Read to be merged, empty cells are null: they empty the member; so are those that cannot be read, lest what was
    there before is judged instead."""
    values: dict[Column, Any] = {}
    faults: dict[Column, Fault] = {}
    cells = table.sheet.rows[row]
    for position, column in sorted(table.columns.items()):
        cell = cells.get(position)
        if cell is None or says_nothing(cell, column):
            if guide.merges and not column.is_object:
                values[column] = None
            continue
        try:
            values[column] = value_of(cell, column, habits, table.scales.get(position, "as_written"))
        except Unclear as unclear:
            faults[column] = unclear.fault
            if guide.merges and not column.is_object:
                values[column] = None
    return Row(values, faults)


def flaw_in(table: Table, row: int, path: Path, column: Column, fault: Fault) -> Flaw:
    """The flaw of a cell; `path`: the place in the document of what the column describes."""
    whole = fault._replace(path=(*path, *column.path, *fault.path))
    return Flaw(whole, table.sheet.place(row, table.positions[column.name]))


def unit_flaws(table: Table, raw: Mapping[str, Any], guide: Guide) -> Iterator[Flaw]:
    """Headings that count in another unit than their column does. Money is counted in the organization's currency, as the sheets say it or
    as the document has it that they are merged into."""
    said = (raw.get("organization") or {}).get("currency")
    stored = ((guide.current or {}).get("organization") or {}).get("currency")
    currency = said or stored
    for position, column in table.columns.items():
        unit = table.headings[position].unit
        own = other_unit(unit, column, currency if isinstance(currency, str) else None)
        if own and not (own == "amounts" and unit == stored):
            details = {"currency": currency or ""}
            fault = Fault((table.name, *column.path), "unit_differs", unit, own, details=details)
            yield Flaw(fault, table.sheet.place(table.header, position))


def nested(values: Mapping[Column, Any]) -> dict[str, Any]:
    """The object that values by column make: `payout.kind` is the `kind` of the `payout`."""
    whole: dict[str, Any] = {}
    for column, value in values.items():
        put(whole, column.path, value)
    return whole


class Emptied(dict[str, Any]):
    """An object that a cell says to have no members: what it had before is gone."""


def put(whole: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set a member within an object; an object without members changes nothing where members are known."""
    part = whole
    for name in path[:-1]:
        if value is None and isinstance(part.get(name), Emptied):
            return
        part = part.setdefault(name, {})
    if value == {}:
        part[path[-1]] = Emptied(part.get(path[-1]) or {})
    else:
        part[path[-1]] = value


def _scale(
    column: Column, position: int, unit: str, sheet: Sheet, rows: Iterable[int], guide: Guide, name: str
) -> Scale:
    """How the numbers of a column are counted. Weights that are percentages throughout are shares, unless those that are there already
    are counted otherwise."""
    said = scale_of(unit, column)
    if column.path[-1] != "weight" or said != "as_written":
        return said
    cells = [cell for row in rows if (cell := sheet.rows[row].get(position))]
    if not all(cell.form == "percent" or (cell.form == "text" and str(cell.value).endswith("%")) for cell in cells):
        return said
    return "percent" if guide.counts_weights(name) else "share"


def _headless(sheet: Sheet, name: str, header: int, rows: Iterable[int]) -> Iterator[Flaw]:
    """Columns with values and without a heading, each at its first value."""
    headed = sheet.rows[header].keys()
    seen: set[int] = set()
    for row in rows:
        for position in sheet.rows[row].keys() - headed - seen:
            seen.add(position)
            yield Flaw(Fault((name,), "no_header"), sheet.place(row, position))
