"""A document → sheets: the rows of every list under the columns that reading knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.exchange.cell_lists import listed, recorded
from app.exchange.columns import SHEETS, Column, columns_of

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\0]")
_ALWAYS = ("organization", "segments", "departments", "outcomes", "kpis", "incentive_plans", "components", "governance")
"""Sheets that are written even when they are empty, for people to fill in."""


class Filled(NamedTuple):
    """A sheet to be written: its name, its columns, and for every row the value of each column, None for an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def filled_sheets(raw: Mapping[str, Any]) -> list[Filled]:
    """The sheets of a document, in their order; further ones than the usual only when they hold something."""
    sheets = (_filled(name, list(_items(raw, name))) for name in SHEETS)
    return [sheet for sheet in sheets if sheet.rows or sheet.name in _ALWAYS]


def empty_sheets() -> list[Filled]:
    """The sheets that people fill in, without rows, in their order."""
    return [_filled(name, []) for name in SHEETS if name in _ALWAYS]


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; reading takes the sign off again."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def _items(raw: Mapping[str, Any], sheet: str) -> Iterable[Mapping[str, Any]]:
    """What the rows of a sheet are about."""
    organization = raw["organization"]
    if sheet == "organization":
        return [{"concord": raw["concord"], **organization}]
    if sheet == "segments":
        return (organization.get("customers") or {}).get("segments") or []
    if sheet == "components":
        plans = raw.get("incentive_plans") or []
        return [{"incentive_plan": plan["key"], **component} for plan in plans for component in plan["components"]]
    if sheet == "governance":
        return [raw["governance"]] if raw.get("governance") else []
    if sheet == "parameters":
        return [{"name": name, "value": value} for name, value in (raw.get("parameters") or {}).items()]
    return raw.get(sheet) or []


def _filled(name: str, items: list[Mapping[str, Any]]) -> Filled:
    values = [dict(_values(item, name)) for item in items]
    columns = tuple(c for c in columns_of(name).values() if not c.is_object or any(c.name in said for said in values))
    return Filled(name, columns, tuple(tuple(said.get(column.name) for column in columns) for said in values))


def _values(item: Mapping[str, Any], sheet: str) -> Iterator[tuple[str, Any]]:
    """The cells of an item, by column. Lists are one cell; an object without members is `{}`."""
    for column in columns_of(sheet).values():
        value: Any = item
        for name in column.path:
            value = value.get(name) if isinstance(value, Mapping) else None
        if column.is_object:
            if value is not None and not any(member not in (None, []) for member in value.values()):
                yield column.name, "{}"
        elif value is not None and value != []:
            yield column.name, _cell(value)


def _cell(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return recorded(value) if isinstance(value[0], Mapping) else listed(value)
