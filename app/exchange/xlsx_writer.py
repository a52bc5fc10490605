"""A document → a workbook (XLSX) that people can go on with: a sheet of notes, drop-downs, units in the headings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.domain.faults import Fault, invalid
from app.domain.terms import Language
from app.exchange.archives import packed
from app.exchange.columns import Column, columns_of
from app.exchange.sheet_rows import Filled, filled_sheets, guarded
from app.exchange.sheets import letters
from app.exchange.workbook_notes import HEAD, NOTES, YES, described, unit_of
from app.exchange.xlsx_parts import escaped

_HEADING = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E6EAF2")
_TOP = Alignment(vertical="top", wrap_text=True)
_WIDEST, _NARROWEST = 44, 9
_LAST_ROW = 5_001
"""Rows that drop-downs reach to."""

_LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)
"""The first day on which all spreadsheets agree."""

_NO_TIME = datetime(1980, 1, 1)
_KEYS_OF = {
    "department": "departments", "parent": "departments", "designed_by": "departments", "approved_by": "departments",
    "incentive_plan": "incentive_plans", "kpi": "kpis", "gate.kpi": "kpis", "modifier.kpi": "kpis",
    "segment": "segments",
}  # fmt: skip
"""Columns that hold the key of something on another sheet, where keys are the first column."""


def as_workbook(document: Mapping[str, Any], language: Language = "en") -> bytes:
    """The workbook of a document, its notes in a language. Raises DocumentInvalid for a list that is too long for a cell."""
    return workbook_of_sheets(filled_sheets(document), document["organization"].get("currency"), language)


def workbook_of_sheets(sheets: Sequence[Filled], currency: str | None = None, language: Language = "en") -> bytes:
    """A workbook of these sheets with a sheet of notes in a language, drop-downs, and units in the headings."""
    book = Workbook()
    _write_notes(book.worksheets[0], sheets, language)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, currency or "currency")
    book.properties.creator = "Concord"
    book.properties.created = book.properties.modified = _NO_TIME
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(buffer) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def _write_notes(page: Worksheet, sheets: Iterable[Filled], language: Language) -> None:
    page.title = "notes"
    for line in NOTES[language]:
        page.append([line])
    page.cell(1, 1).font = Font(bold=True, size=14)
    page.append([])
    page.append(HEAD[language])
    for cell in page[page.max_row]:
        _head(cell)
    for sheet in sheets:
        for column in columns_of(sheet.name).values():
            if not column.is_object:
                needed = YES[language] if column.required else ""
                page.append([sheet.name, column.name, needed, *described(column, language)])
    for position, width in enumerate((18, 30, 10, 80, 70), 1):
        page.column_dimensions[letters(position)].width = width


def _write_sheet(page: Worksheet, sheet: Filled, currency: str) -> None:
    for position, column in enumerate(sheet.columns, 1):
        unit = unit_of(column, currency)
        cell = page.cell(1, position, f"{column.name} [{unit}]" if unit else column.name)
        _head(cell)
        _choose(page, sheet.name, column, position)
        shown = [len(str(cell.value)), *(len(str(row[position - 1] or "")) for row in sheet.rows)]
        page.column_dimensions[letters(position)].width = max(_NARROWEST, min(_WIDEST, max(shown) + 2))
    for number, row in enumerate(sheet.rows, 2):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            if value is not None:
                _fill(page.cell(number, position), column, value)
    page.freeze_panes = "B2"


def _head(cell: Any) -> None:
    cell.font, cell.fill, cell.alignment = _HEADING, _SHADE, _TOP


def _fill(cell: Any, column: Column, value: Any) -> None:
    """Write a value so that it is read as it was: text stays text whatever it looks like, days are days, numbers keep all digits."""
    if column.member.form == "day" and (day := date.fromisoformat(value)) >= _FIRST_DAY:
        cell.value, cell.number_format = day, "yyyy-mm-dd"
    elif isinstance(value, str):
        text = escaped(guarded(value))
        if len(text) > _LONGEST_CELL:
            raise invalid([Fault(column.path, "too_long", details={"most": _LONGEST_CELL})])
        cell.value, cell.data_type = text, "s"
    elif isinstance(value, float):
        cell.value, cell.data_type = repr(value), "n"
    else:
        cell.value = value


def _choose(page: Worksheet, sheet: str, column: Column, position: int) -> None:
    """A drop-down of what may stand in the column; anything else can still be typed and is judged when the workbook is read."""
    formula = _choices(column)
    if formula is None:
        return
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    page.add_data_validation(choice)
    choice.add(f"{letters(position)}2:{letters(position)}{_LAST_ROW}")


def _choices(column: Column) -> str | None:
    member = column.member
    if member.several:
        return None
    if member.values or member.form == "flag":
        return '"' + ",".join(member.values or ("true", "false")) + '"'
    of = _KEYS_OF.get(column.name)
    return None if of is None else f"{of}!$A$2:$A${_LAST_ROW}"
