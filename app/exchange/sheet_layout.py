"""Sheets → a document: one sheet a list, one row an item; or one flat sheet, a row for each component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from app.domain.faults import Fault, Path
from app.domain.nearest import nearest
from app.exchange.cells import text_of
from app.exchange.columns import SHEETS, columns_of
from app.exchange.flat_columns import flat_column_of
from app.exchange.flat_sheet import read_flat
from app.exchange.flaws import Flaw, Reading
from app.exchange.habits import Habits, habits_of
from app.exchange.headings import column_of, list_of
from app.exchange.numbers import Decimal
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.sheets import Cell, Sheet
from app.exchange.tables import Table, flaw_in, nested, read_row, understood

_LISTS = ("departments", "outcomes", "kpis", "incentive_plans", "metrics", "influences", "suppressions")


def read_sheets(sheets: Sequence[Sheet], name: str, usual_decimal: Decimal | None = None) -> Reading:
    """The document that sheets hold, with its flaws. Where no sheet names the organization, it is called as the file is."""
    filled = [sheet for sheet in sheets if sheet.rows and list_of(sheet.name) != "notes"]
    shown = [sheet for sheet in filled if not sheet.hidden or list_of(sheet.name)]
    title = PurePosixPath(name).stem.strip("<>") or "organization"
    if len(shown) == 1 and _is_flat(shown[0]):
        return read_flat(shown[0], title, usual_decimal)
    return _Layout(title).reading(shown, usual_decimal)


def _is_flat(sheet: Sheet) -> bool:
    """Whether more of its headings are known in a flat sheet than in the list that it is called after."""
    name = list_of(sheet.name)
    if name is None:
        return True
    headings = [text_of(cell) for cell in sheet.rows[min(sheet.rows)].values()]
    return sum(map(bool, map(flat_column_of, headings))) > sum(bool(column_of(heading, name)) for heading in headings)


class _Layout:
    def __init__(self, title: str) -> None:
        self.title = title
        self.flaws: list[Flaw] = []
        self.places = SheetPlaces()
        self.habits = Habits()

    def reading(self, sheets: Iterable[Sheet], usual_decimal: Decimal | None) -> Reading:
        tables = self._tables(sheets)
        self.habits = habits_of((cell for table in tables.values() for cell in table.cells()), usual_decimal)
        raw: dict[str, Any] = {"concord": 1, "organization": {"name": self.title}}
        if "organization" in tables:
            organization = self._one("organization", tables["organization"])
            raw["concord"] = organization.pop("concord", 1)
            raw["organization"] = organization
        if "segments" in tables:
            self._segments(raw["organization"], tables["segments"])
        raw |= {name: self._items((name,), tables[name]) for name in _LISTS if name in tables}
        if "components" in tables:
            self._components(raw, tables["components"])
        if "governance" in tables:
            raw["governance"] = self._one("governance", tables["governance"])
        if "parameters" in tables:
            raw["parameters"] = self._parameters(tables["parameters"])
        return Reading(raw, self.places, self.flaws, judged=True)

    def _tables(self, sheets: Iterable[Sheet]) -> dict[str, Table]:
        tables: dict[str, Table] = {}
        for sheet in sheets:
            name = list_of(sheet.name) or self._nearly(sheet)
            if name is None:
                continue
            if name in tables:
                fault = Fault((name,), "duplicate_sheet", sheet.name, details={"sheet_name": name})
                self.flaws.append(Flaw(fault, sheet.place(1, 1)))
                continue
            table = understood(sheet, name, columns_of(name), lambda h, n=name: column_of(h, n), self.flaws)  # type: ignore[misc]
            tables[name] = table
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
        return self._read(path, table, row)

    def _read(self, path: Path, table: Table, row: int) -> dict[str, Any]:
        read = read_row(table, row, self.habits)
        self.flaws += [flaw_in(table, row, path, column, fault) for column, fault in read.faults.items()]
        return nested(read.values)

    def _segments(self, organization: dict[str, Any], table: Table) -> None:
        items = self._items(("organization", "customers", "segments"), table)
        if items:
            organization.setdefault("customers", {})["segments"] = items

    def _components(self, raw: dict[str, Any], table: Table) -> None:
        plans: list[dict[str, Any]] = raw.setdefault("incentive_plans", [])
        places = {plan["key"]: at for at, plan in reversed([*enumerate(plans)]) if isinstance(plan.get("key"), str)}
        for plan in plans:
            plan["components"] = []
        for row in table.rows:
            at = self._plan(table, row, places)
            components = plans[at]["components"] if at is not None else []
            path = ("incentive_plans", at if at is not None else len(plans), "components", len(components))
            component = self._item(path, table, row)
            component.pop("incentive_plan", None)
            components.append(component)
            place = RowPlace(table.sheet, row, {}, table.positions.get("weight", 1))
            self.places.note(path[:-1], place)

    def _plan(self, table: Table, row: int, places: dict[str, int]) -> int | None:
        """Which plan a component belongs to; a key that is none is noted, and taken for the nearest."""
        position = table.positions.get("incentive_plan", 1)
        cell = table.sheet.rows[row].get(position, Cell(""))
        key = text_of(cell)
        if key in places or cell.form in ("formula", "error"):
            return places.get(key)
        near = next(iter(nearest(key, places, 1)), None)
        fault = Fault(("components", "incentive_plan"), "unknown_plan", key, options=tuple(places), nearest=near)
        if not key:
            fault = Fault(("components", "incentive_plan"), "missing", expectation="key")
        self.flaws.append(Flaw(fault, table.sheet.place(row, position)))
        return places[near] if near else None

    def _parameters(self, table: Table) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        for row in table.rows:
            said = self._read(("parameters",), table, row)
            name = str(said.get("name", ""))
            path = ("parameters", name)
            if name in parameters:
                self.flaws.append(Flaw(Fault(path, "duplicate_member"), table.sheet.place(row, 1)))
                continue
            self.places.note(path, RowPlace(table.sheet, row, {}, table.positions.get("value", 1)))
            parameters[name] = said.get("value")
        return parameters
