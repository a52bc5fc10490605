"""Sheets → a document: one sheet a list, one row an item; or one flat sheet, a row for each component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from app.domain.faults import Fault, Path
from app.domain.nearest import nearest
from app.exchange.cells import text_of
from app.exchange.columns import SHEETS, columns_of
from app.exchange.flat_sheet import read_flat
from app.exchange.flaws import Flaw
from app.exchange.guide import ALONE, Guide
from app.exchange.habits import Habits, habits_of
from app.exchange.headings import column_of, list_of
from app.exchange.numbers import Decimal
from app.exchange.reading import Reading
from app.exchange.sheet_lists import FLAT, list_held
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.sheets import Cell, Sheet
from app.exchange.tables import ReadRow, Table, flaw_in, nested, read_row, table_of, unit_flaws

_LISTS = ("departments", "outcomes", "kpis", "incentive_plans", "metrics", "influences", "suppressions")
_ONE_ROW = ("organization", "governance")
"""Sheets whose one row is what they hold, and so the place of it."""


def read_sheets(
    sheets: Sequence[Sheet], name: str, usual_decimal: Decimal | None = None, guide: Guide = ALONE
) -> Reading:
    """The document that sheets hold, with its flaws. Where no sheet names the organization, it is called as the file is, unless the sheets
    are read to be merged into a document."""
    filled = [sheet for sheet in sheets if sheet.rows and list_of(sheet.name) != "notes"]
    shown = [sheet for sheet in filled if not sheet.hidden or list_of(sheet.name)]
    title = PurePosixPath(name).stem.strip("<>") or "organization"
    if len(shown) == 1 and list_held(shown[0], alone=True) == FLAT:
        return read_flat(shown[0], title, usual_decimal, guide)
    return _Layout(title, guide).reading(shown, usual_decimal)


class _Layout:
    def __init__(self, title: str, guide: Guide) -> None:
        self.title, self.guide = title, guide
        self.flaws: list[Flaw] = []
        self.places = SheetPlaces()
        self.habits = Habits()
        self.rows: list[ReadRow] = []

    def reading(self, sheets: Sequence[Sheet], usual_decimal: Decimal | None) -> Reading:
        tables = self._tables(sheets)
        from_1904 = sheets[0].from_1904 if sheets else None
        cells = (cell for table in tables.values() for cell in table.cells())
        self.habits = habits_of(cells, usual_decimal, from_1904)
        raw: dict[str, Any] = {}
        if not self.guide.merges:
            raw |= {"concord": 1, "organization": {"name": self.title}}
        if "organization" in tables and tables["organization"].rows:
            organization = self._one("organization", tables["organization"])
            raw["concord"] = organization.pop("concord", None) or 1
            raw["organization"] = organization
        if "segments" in tables:
            self._segments(raw.setdefault("organization", {}), tables["segments"])
        raw |= {name: self._items((name,), tables[name]) for name in _LISTS if name in tables}
        if "components" in tables:
            self._components(raw, tables["components"])
        if "governance" in tables and (tables["governance"].rows or not self.guide.merges):
            raw["governance"] = self._one("governance", tables["governance"])
        if "parameters" in tables:
            raw["parameters"] = self._parameters(tables["parameters"])
        for table in tables.values():
            self.flaws += unit_flaws(table, raw, self.guide)
        return Reading(raw, self.places, self.flaws, True, tuple(tables.values()), self.rows)

    def _tables(self, sheets: Iterable[Sheet]) -> dict[str, Table]:
        tables: dict[str, Table] = {}
        for sheet in sheets:
            name = list_held(sheet) or self._nearly(sheet)
            if name is None:
                continue
            if name in tables:
                fault = Fault((name,), "duplicate_sheet", sheet.name, details={"sheet_name": name})
                self.flaws.append(Flaw(fault, sheet.place(1, 1)))
                continue
            table = table_of(sheet, name, columns_of(name), partial(column_of, sheet=name), self.flaws, self.guide)
            tables[name] = table
            if name not in _ONE_ROW or not table.rows:
                self.places.note((name,), RowPlace(sheet, table.header, {}, 1))
        return tables

    def _nearly(self, sheet: Sheet) -> str | None:
        """The list that a sheet's name is nearly the name of; a name that is none is noted."""
        near = next(iter(nearest(sheet.name, SHEETS, 1)), None)
        self.flaws.append(Flaw(Fault((), "unknown_sheet", sheet.name, nearest=near, options=SHEETS), sheet.place(1, 1)))
        return near

    def _items(self, path: Path, table: Table) -> list[dict[str, Any]]:
        return [self._item((*path, place), table, row) for place, row in enumerate(table.rows)]

    def _one(self, name: str, table: Table) -> dict[str, Any]:
        """The one thing that a sheet of one row holds."""
        if not table.rows:
            return {}
        for row in table.rows[1:]:
            fault = Fault((name,), "one_row_only", details={"sheet_name": name})
            self.flaws.append(Flaw(fault, table.sheet.place(row, min(table.sheet.rows[row]))))
        return self._item((name,), table, table.rows[0])

    def _item(self, path: Path, table: Table, row: int) -> dict[str, Any]:
        self.places.note(path, RowPlace(table.sheet, row, table.positions, min(table.positions.values())))
        members = {position: (*path, *column.path) for position, column in table.columns.items()}
        self.rows.append(ReadRow(table, row, (path,), members))
        return self._read(path, table, row)

    def _read(self, path: Path, table: Table, row: int) -> dict[str, Any]:
        read = read_row(table, row, self.habits, self.guide)
        self.flaws += [flaw_in(table, row, path, column, fault) for column, fault in read.faults.items()]
        return nested(read.values)

    def _segments(self, organization: dict[str, Any], table: Table) -> None:
        items = self._items(("organization", "customers", "segments"), table)
        if items or self.guide.segments():
            organization.setdefault("customers", {})["segments"] = items

    def _components(self, raw: dict[str, Any], table: Table) -> None:
        plans: list[dict[str, Any]] = raw.setdefault("incentive_plans", [])
        places = {plan["key"]: at for at, plan in reversed([*enumerate(plans)]) if isinstance(plan.get("key"), str)}
        for plan in plans:
            plan["components"] = []
        for row in table.rows:
            at = self._plan(table, row, plans, places)
            components = plans[at]["components"] if at is not None else []
            path = ("incentive_plans", at if at is not None else len(plans), "components", len(components))
            component = self._item(path, table, row)
            component.pop("incentive_plan", None)
            components.append(component)
            place = RowPlace(table.sheet, row, {}, table.positions.get("weight", 1))
            self.places.note(path[:-1], place)

    def _plan(self, table: Table, row: int, plans: list[dict[str, Any]], places: dict[str, int]) -> int | None:
        """Which plan a component belongs to, of the sheets or of the document that they are merged into; a key that is none is noted, and
        taken for the nearest."""
        position = table.positions.get("incentive_plan", 1)
        cell = table.sheet.rows[row].get(position, Cell(""))
        key = text_of(cell)
        if key in places or cell.form in ("formula", "error"):
            return places.get(key)
        stored = set(self.guide.keys("incentive_plans"))
        if key in stored:
            places[key] = len(plans)
            plans.append({"key": key, "components": []})
            return places[key]
        near = next(iter(nearest(key, {*places, *stored}, 1)), None)
        options = (*places, *sorted(stored - places.keys()))
        fault = Fault(("components", "incentive_plan"), "unknown_plan", key, options=options, nearest=near)
        if not key:
            fault = Fault(("components", "incentive_plan"), "missing", expectation="key")
        self.flaws.append(Flaw(fault, table.sheet.place(row, position)))
        return places.get(near) if near else None

    def _parameters(self, table: Table) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        for row in table.rows:
            said = self._read(("parameters",), table, row)
            name = str(said.get("name") or "")
            path = ("parameters", name)
            if name in parameters:
                self.flaws.append(Flaw(Fault(path, "duplicate_member"), table.sheet.place(row, 1)))
                continue
            position = table.positions.get("value", 1)
            self.places.note(path, RowPlace(table.sheet, row, {}, position))
            self.rows.append(ReadRow(table, row, (path,), {position: path}))
            parameters[name] = said.get("value")
        return parameters
