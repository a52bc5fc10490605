"""A workbook (XLSX) → a document. Sheets are read as streams; formulas are not computed."""

from __future__ import annotations

import math
import re

from app.domain.faults import Fault
from app.exchange.archives import Archive, is_archive
from app.exchange.budgets import MOST_CELLS, MOST_TEXT_BYTES
from app.exchange.days import day_counted
from app.exchange.flaws import stop
from app.exchange.guide import ALONE, Guide
from app.exchange.kinds import OLD_OFFICE_MARK
from app.exchange.merged_cells import corner, filled_down
from app.exchange.places import Place
from app.exchange.reading import Reading
from app.exchange.sheet_layout import read_sheets
from app.exchange.sheets import Cell, Sheet
from app.exchange.xlsx_parts import Parts, SheetPart, Workbook, refuse, unescaped, workbook_of

_INTEGER = re.compile("-?[0-9]{1,17}")
_SECONDS_A_DAY = 86_400
_CONSTANTS = {"TRUE()": True, "FALSE()": False}
"""Formulas as which LibreOffice writes the values true and false."""

_LONGEST_CONSTANT = 10


def read_workbook(data: bytes, name: str, guide: Guide = ALONE) -> Reading:
    """The document in a workbook; stops for one that is damaged, locked, or beyond the budgets."""
    if not is_archive(data):
        refuse("old_workbook" if data.startswith(OLD_OFFICE_MARK) else "no_archive")
    parts = Parts(Archive(data, "not_a_workbook"))
    book = workbook_of(parts)
    sheets: list[Sheet] = []
    cells = 0
    for part in book.sheets:
        sheet = _Sheet(part, book, MOST_CELLS - cells)
        parts.hear(part.entry, sheet)
        cells += sheet.cells
        spans = filled_down(sheet.rows, sheet.merged, MOST_CELLS - cells)
        sheets.append(Sheet(part.name, sheet.rows, hidden=part.hidden, spans=spans, from_1904=book.from_1904))
    if not cells:
        refuse("no_sheets")
    return read_sheets(sheets, name, guide=guide)


class _Sheet:
    """Gathers the cells of one sheet."""

    def __init__(self, part: SheetPart, book: Workbook, most: int) -> None:
        self.part, self.book, self.most = part, book, most
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[str] = []
        self.cells = 0
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._inside = ""
        self._reading_aid = False
        self._written: list[str] = []
        self._size = 0
        self._has_formula = False
        self._formula = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what a cell holds begins."""
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "mergeCell" and len(self.merged) < MOST_CELLS:
            self.merged.append(attributes.get("ref", ""))
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._reading_aid = True
        self._inside = name

    def end(self, name: str) -> None:
        """A cell is complete at its end."""
        self._inside = ""
        if name == "rPh":
            self._reading_aid = False
        elif name == "c":
            self._end_cell()

    def text(self, text: str) -> None:
        """Values, and texts that stand in the cell itself."""
        if self._inside == "f" and len(self._formula) < _LONGEST_CONSTANT:
            self._formula += text
        if self._inside not in ("v", "t") or self._reading_aid:
            return
        self._size += len(text)
        if self._size > MOST_TEXT_BYTES:
            stop(Fault((), "too_big", details={"most": MOST_TEXT_BYTES}), Place(sheet=self.part.name))
        self._written.append(text)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes, self._written, self._has_formula, self._formula = attributes, [], False, ""
        found = corner(attributes.get("r", ""))
        if found:
            self._row, self._column = found
        else:
            self._column += 1

    def _end_cell(self) -> None:
        cell = self._cell("".join(self._written))
        if cell is None:
            return
        self.cells += 1
        if self.cells > self.most:
            stop(Fault((), "too_many_cells", details={"most": MOST_CELLS}), Place(sheet=self.part.name))
        self.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, written: str) -> Cell | None:
        if self._has_formula:
            constant = _CONSTANTS.get(self._formula.strip().upper())
            return Cell(written, "formula") if constant is None else Cell(constant, "flag")
        kind = self._attributes.get("t", "n")
        if kind == "s":
            text = self.book.texts[int(written)].strip() if written else ""
            return Cell(text) if text else None
        if kind == "n":
            return self._numeric(written.strip()) if written.strip() else None
        if kind == "b":
            return Cell(written.strip() in ("1", "true"), "flag") if written.strip() else None
        if kind == "e":
            return Cell(written, "error")
        text = unescaped(written).strip()
        return Cell(text) if text else None

    def _numeric(self, written: str) -> Cell:
        number = int(written) if _INTEGER.fullmatch(written) else float(written)
        if not math.isfinite(number):
            return Cell(written)
        style = int(self._attributes.get("s", "0"))
        form = self.book.forms[style] if 0 <= style < len(self.book.forms) else "number"
        if form == "day":
            return _day(number, self.book.from_1904)
        return Cell(number, form)


def _day(serial: int | float, from_1904: bool) -> Cell:
    """The day that a serial number is shown as; a time of day, and a number that is no day, as what they are."""
    days = math.floor(serial)
    seconds = round((serial - days) * _SECONDS_A_DAY)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0 and not from_1904:
        return Cell(time)
    day = day_counted(days, from_1904)
    if day is None:
        return Cell(serial, "number")
    return Cell(day if seconds == 0 else f"{day} {time}", "day")
