"""Edits that people make in exported sheets: one cell is filled otherwise or emptied, and what the document then has to be."""

from __future__ import annotations

import copy
import csv
import io
import zipfile
from typing import Any, NamedTuple

import openpyxl
from hypothesis import strategies as st

from app.exchange.columns import Column, columns_of
from app.exchange.headings import column_of
from app.exchange.write import write

IDENTITY = {
    "organization": {"concord"},
    "components": {"incentive_plan", "key"},
    "metrics": {"id"},
    "influences": {"source", "target", "source_direction", "overrides", "mutes"},
    "suppressions": {"fingerprint", "rule", "subjects"},
}
"""Columns that say which item a row is about; another value there is another item. Everywhere else it is the key."""

_OTHER: dict[str, Any] = {
    "number": st.sampled_from([0, 7, 12.5, 0.125, 3.0]),
    "share": st.sampled_from([0, 0.25, 1, 0.5]),
    "whole": st.integers(0, 500),
    "flag": st.booleans(),
    "day": st.dates().map(lambda day: day.isoformat()).filter(lambda day: day > "1901"),
    "text": st.sampled_from(["Another name", "Ärger; mit Strichpunkt", "7", "TRUE", "=1+1", "-5 %", "@x", "2026-01-31", "a\nb"]),
    "metric_id": st.just("own.other"),
    "currency": st.just("USD"),
}  # fmt: skip


class Edit(NamedTuple):
    """A cell of a sheet, both counted from 0 below the headings, and the value that it gets; None empties it."""

    sheet: str
    row: int
    position: int
    column: Column
    value: Any


def rows_of(document: dict[str, Any], sheet: str) -> list[tuple[Any, ...]]:
    """The paths of the items that stand in the rows of a sheet."""
    if sheet in ("organization", "governance"):
        return [(sheet,)] if document.get(sheet) else []
    if sheet == "segments":
        segments = (document["organization"].get("customers") or {}).get("segments") or []
        return [("organization", "customers", "segments", at) for at in range(len(segments))]
    if sheet == "components":
        plans = document.get("incentive_plans") or []
        return [
            ("incentive_plans", at, "components", place)
            for at, plan in enumerate(plans)
            for place in range(len(plan["components"]))
        ]
    return [(sheet, at) for at in range(len(document.get(sheet) or []))]


@st.composite
def edits(draw: st.DrawFn, document: dict[str, Any]) -> Edit:
    """One edit of a cell in the sheets of a document."""
    tables = exported(document)
    sheets = [name for name in tables if name != "parameters" and rows_of(document, name)]
    sheet = draw(st.sampled_from(sheets))
    headings = tables[sheet][0]
    columns = [
        (at, columns_of(sheet)[found.column]) for at, text in enumerate(headings) if (found := column_of(text, sheet))
    ]
    usable = [
        (at, column)
        for at, column in columns
        if column.name not in IDENTITY.get(sheet, {"key"}) and _can_be_filled(column)
    ]
    position, column = draw(st.sampled_from(usable))
    row = draw(st.integers(0, len(rows_of(document, sheet)) - 1))
    return Edit(sheet, row, position, column, draw(st.none() | _values(document, column)))


def _can_be_filled(column: Column) -> bool:
    return bool(column.member.several or column.member.values or column.member.form in {*_OTHER, "key"})


def _values(document: dict[str, Any], column: Column) -> Any:
    member = column.member
    if member.several:
        return st.just(["one", "two"]) if member.part is None and member.form == "text" else st.none()
    if member.values:
        return st.sampled_from(member.values)
    if member.form == "key":
        return st.sampled_from([item["key"] for name in ("departments", "kpis") for item in document.get(name) or []])
    return _OTHER[member.form]


def exported(document: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The sheets that a document is exported as, as rows of text."""
    with zipfile.ZipFile(io.BytesIO(write(document, "csv"))) as files:
        return {
            name.removesuffix(".csv"): list(csv.reader(io.StringIO(files.read(name).decode(), newline="")))
            for name in files.namelist()
        }


def edited_csv(document: dict[str, Any], edit: Edit) -> bytes:
    """The sheets of a document as CSV, one cell edited as a text editor would."""
    tables = exported(document)
    tables[edit.sheet][edit.row + 1][edit.position] = _typed(edit.value)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as files:
        for name, rows in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            files.writestr(f"{name}.csv", text.getvalue())
    return buffer.getvalue()


def edited_workbook(document: dict[str, Any], edit: Edit) -> bytes:
    """The workbook of a document, one cell edited and the whole saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(write(document, "xlsx")))
    cell = book[edit.sheet].cell(edit.row + 2, edit.position + 1)
    value = edit.value
    cell.value = "; ".join(_quoted(item) for item in value) if isinstance(value, list) else value
    if isinstance(value, str):
        cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_quoted(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(item: str) -> str:
    return f'"{item}"' if ";" in item else item


def after(document: dict[str, Any], edit: Edit) -> dict[str, Any]:
    """The document with exactly that edit."""
    changed = copy.deepcopy(document)
    holder: Any = changed
    for token in rows_of(document, edit.sheet)[edit.row]:
        holder = holder[token]
    holders = [holder]
    for name in edit.column.path[:-1]:
        holder = holder.setdefault(name, {})
        holders.append(holder)
    name = edit.column.path[-1]
    value = {"true": True, "false": False}.get(edit.value, edit.value) if edit.column.member.values else edit.value
    was = holder.pop(name, None)
    if value is not None:
        holder[name] = value
    for outer, inner, own in reversed(list(zip(holders, holders[1:], edit.column.path, strict=False))):
        if not inner and (was is not None or own not in _object_columns(document, edit)):
            del outer[own]
    return changed


def _object_columns(document: dict[str, Any], edit: Edit) -> set[str]:
    """Objects that the row said to be without members, and that stay so."""
    item: Any = document
    for token in rows_of(document, edit.sheet)[edit.row]:
        item = item[token]
    return {name for name, value in item.items() if value == {}}
