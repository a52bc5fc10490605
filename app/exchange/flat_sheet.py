"""One flat sheet → a document: a row for each component, as compensation tools export, or for a KPI that nobody is paid on.

Rows say again what their plan, KPI and department are, and have to agree. Keys that are left out are made from names.
"""

from __future__ import annotations

from typing import Any

from app.domain.document import Department
from app.domain.document.members import members_of
from app.domain.document.shape_faults import meant
from app.domain.faults import Fault, Path
from app.exchange.flat_columns import OWNERS, flat_column_of, flat_columns, owner_of
from app.exchange.flat_items import Keys, NamedItems, Said
from app.exchange.flaws import Flaw
from app.exchange.guide import ALONE, Guide
from app.exchange.habits import habits_of
from app.exchange.numbers import Decimal
from app.exchange.reading import Reading
from app.exchange.sheet_places import RowPlace, SheetPlaces
from app.exchange.sheets import Sheet
from app.exchange.tables import ReadRow, Row, Table, flaw_in, put, read_row, table_of, unit_flaws

_OF_KPI = frozenset({"direction", "metric", "inverted", "family"})
"""Members of a component that say something of its KPI when it has one."""

_KEY, _NAME, _DEPARTMENT, _MEASURE = ("key",), ("name",), ("department",), ("measure",)


def read_flat(sheet: Sheet, title: str, usual_decimal: Decimal | None, guide: Guide = ALONE) -> Reading:
    """The document that a flat sheet holds, with its flaws; `title` names the organization where no column does.

    Read to be merged, what is there already is known by key and by name, and keeps what the sheet does not say.
    """
    flaws: list[Flaw] = []
    table = table_of(sheet, sheet.name, flat_columns(), flat_column_of, flaws, guide)
    flat = _Flat(table, flaws, guide)
    habits = habits_of(table.cells(), usual_decimal, sheet.from_1904)
    for row in table.rows:
        flat.add(row, read_row(table, row, habits, guide))
    raw = flat.raw(title)
    flaws += unit_flaws(table, raw, guide)
    return Reading(raw, flat.places, flaws, True, (table,), flat.rows, flat=True)


class _Flat:
    def __init__(self, table: Table, flaws: list[Flaw], guide: Guide) -> None:
        self.table, self.flaws, self.guide = table, flaws, guide
        self.places = SheetPlaces()
        self.places.note((), RowPlace(table.sheet, table.header, {}, 1))
        self.rows: list[ReadRow] = []
        self.organizations = NamedItems("", table.sheet, self.places, flaws)
        self.departments, self.kpis, self.plans = (
            NamedItems(name, table.sheet, self.places, flaws, guide.items(name))
            for name in ("departments", "kpis", "incentive_plans")
        )
        stored = (component["key"] for plan in guide.items("incentive_plans") for component in plan["components"])
        self.component_keys = Keys(frozenset(stored))

    def add(self, row: int, read: Row) -> None:
        """Take over what a row says of organization, department, KPI, plan and component."""
        said = _by_owner(self.table, read)
        _give_kpi_its_own(said)
        paths: dict[str, Path] = {"organization": self._organization(row, said["organization"])}
        for owner, parts in (("department", self.departments), ("kpi", self.kpis), ("incentive_plan", self.plans)):
            if owner != "department" and (department := said["department"].get(_KEY)):
                said[owner][_DEPARTMENT] = (self.departments.key(department[0]), department[1])
            if _KEY in said[owner]:
                paths[owner] = parts.add(str(said[owner][_KEY][0]), row, said[owner])
        if said["component"] or (_KEY in said["kpi"] and "incentive_plan" in paths):
            paths["component"] = self._component(row, said, paths.get("incentive_plan"), read)
        for column, fault in read.faults.items():
            path = paths.get(owner_of(column), (self.table.sheet.name,))
            self.flaws.append(flaw_in(self.table, row, path, column, fault))
        self.rows.append(self._row(row, paths))

    def _row(self, row: int, paths: dict[str, Path]) -> ReadRow:
        members = {
            position: (*paths[owner], *column.path)
            for position, column in self.table.columns.items()
            if (owner := owner_of(column)) in paths and (column.name not in OWNERS or column.name == "organization")
        }
        items = [path for owner, path in paths.items() if owner != "organization"]
        return ReadRow(self.table, row, tuple(reversed(items)), members)

    def raw(self, title: str) -> dict[str, Any]:
        """The document, with names where rows gave none."""
        organization: dict[str, Any] = {} if self.guide.merges else {"name": title}
        for said in self.organizations.items:
            organization |= {name: value for name, value in said.items() if name != "key"}
        for department, text in self.departments.new():
            department.setdefault("name", text)
            if function := meant(str(department["name"]), members_of(Department)["function"].values):
                department.setdefault("function", function)
        for kpi, text in self.kpis.new():
            kpi.setdefault("name", text)
        for plan, text in self.plans.new():
            if text != plan["key"]:
                plan.setdefault("role", text)
            plan.setdefault("components", [])
        self._link()
        lists = {parts.name: parts.items for parts in (self.departments, self.kpis, self.plans)}
        return {"concord": 1, "organization": organization, **lists}

    def _organization(self, row: int, said: Said) -> Path:
        if said:
            self.organizations.add("", row, said)
            positions = {".".join(member): position for member, (_, position) in said.items()}
            self.places.note(("organization",), RowPlace(self.table.sheet, row, positions, 1))
        return ("organization",)

    def _component(self, row: int, said: dict[str, Said], plan: Path | None, read: Row) -> Path:
        position = self.table.positions.get("incentive_plan", 1)
        if plan is None:
            fault = Fault((self.table.sheet.name, "incentive_plan"), "missing", expectation="key")
            self.flaws.append(Flaw(fault, self.table.sheet.place(row, position)))
            return (self.table.sheet.name,)
        item = self.plans.items[int(plan[1])]
        components = item.setdefault("components", [])
        component: dict[str, Any] = {}
        for member, (value, _) in said["component"].items():
            put(component, member, value)
        if kpi := said["kpi"].get(_KEY):
            component["kpi"] = kpi[0]
        if "key" not in component:
            measured = component.get("kpi") or component.get("measure") or "component"
            component["key"] = self._stored_key(item["key"], component) or self.component_keys.new(
                f"{item['key']} {measured}"
            )
        for column, value in read.values.items():
            if value is None and owner_of(column) == "component" and column.path != _KEY:
                put(component, column.path, None)
        path = (*plan, "components", len(components))
        components.append(component)
        positions = {
            ".".join(column.path): at for at, column in self.table.columns.items() if owner_of(column) == "component"
        }
        positions["kpi"] = self.table.positions.get("kpi", position)
        self.places.note(path, RowPlace(self.table.sheet, row, positions, position))
        self.places.note(path[:-1], RowPlace(self.table.sheet, row, {}, self.table.positions.get("weight", position)))
        return path

    def _stored_key(self, plan: str, component: dict[str, Any]) -> str | None:
        """The key of the component of a plan that pays for the same already."""
        measured = (self.kpis.key(component.get("kpi")), component.get("measure"))
        stored = (item["components"] for item in self.guide.items("incentive_plans") if item["key"] == plan)
        same = [one["key"] for one in next(stored, ()) if (one.get("kpi"), one.get("measure")) == measured]
        return same[0] if len(same) == 1 else None

    def _link(self) -> None:
        """Names of departments, KPIs and plans become their keys wherever something refers to them."""
        for plan in self.plans.items:
            _rename(plan, self.departments, "designed_by", "approved_by")
            _rename(plan, self.plans, "supervises")
            for component in plan["components"]:
                _rename(component, self.kpis, "kpi")
                for guard in ("gate", "modifier"):
                    _rename(component.get(guard, {}), self.kpis, "kpi")
        for kpi in self.kpis.items:
            _rename(kpi, self.departments, "shared_with")
        for department in self.departments.items:
            _rename(department, self.departments, "parent")


def _by_owner(table: Table, read: Row) -> dict[str, Said]:
    """What a row says, by what it describes. An empty cell says nothing of what other rows describe too."""
    said: dict[str, Said] = {owner: {} for owner in (*OWNERS, "component")}
    for column, value in read.values.items():
        if value is None:
            continue
        is_link = column.name in OWNERS and column.name != "organization"
        said[owner_of(column)][_KEY if is_link else column.path] = (value, table.positions[column.name])
    return said


def _give_kpi_its_own(said: dict[str, Said]) -> None:
    """What a row says of its measure belongs to a KPI where it names one, or says what only KPIs have (a target, a baseline)."""
    kpi, component = said["kpi"], said["component"]
    if kpi and _KEY not in kpi and _MEASURE in component:
        kpi[_KEY] = component.pop(_MEASURE)
    if _KEY not in kpi and _NAME in kpi:
        kpi[_KEY] = kpi[_NAME]
    if _KEY in kpi:
        for member in [member for member in component if member[0] in _OF_KPI]:
            kpi.setdefault(member, component.pop(member))


def _rename(item: dict[str, Any], parts: NamedItems, *members: str) -> None:
    for member in members:
        named = item.get(member)
        if isinstance(named, list):
            item[member] = [parts.key(one) for one in named]
        elif named is not None:
            item[member] = parts.key(named)
