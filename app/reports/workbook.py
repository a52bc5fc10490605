"""Audits as a workbook (XLSX) for a board's staff: a sheet for each thing, with the exact figures of the JSON.

The same values give the same bytes. What a spreadsheet would take for a formula is kept from it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.catalogue import Catalogue
from app.domain.verdicts import AuditReport
from app.reports.board_report import mark_of
from app.reports.board_words import BoardWords
from app.reports.refusals import Refusal
from app.reports.workbook_beside import Cell, Row
from app.reports.workbook_sheets import Sheet, sheets_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = ".xlsx"

_LONGEST = 32_767
"""Characters that a cell holds."""
_MOST_ROWS = 100_000
_NO_TIME = datetime(1980, 1, 1)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold."""
_LEVELS = {
    "critical": ("8F1414", "FFFFFF"),
    "high": ("B93C0B", "FFFFFF"),
    "medium": ("FBE08A", "2B2200"),
    "low": ("D6E6F7", "10263D"),
}
"""Level → the colours of its cell and of what stands in it."""
_FONT, _LINE, _HIGHEST, _A4 = "Calibri", 15, 409, 9
_MARGIN = 0.4
"""Inches left and right of what is printed."""


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A workbook; with several files the first column of each sheet names the file."""
    from openpyxl import Workbook

    words = BoardWords(reports[0].language if reports else "en")
    mark = mark_of(reports[0], words).line if len(reports) == 1 else words("board_title")
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets_of(reports, catalogue, refused, words):
        _write(book.create_sheet(sheet.title), sheet, mark, words)
    book.properties.creator = "Concord"
    book.properties.title = words("board_title")
    book.properties.created = book.properties.modified = _NO_TIME
    return _packed(book)


def _write(page: Worksheet, sheet: Sheet, mark: str, words: BoardWords) -> None:
    """The headings, frozen and with filters, then the rows with wrapped texts."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top, left = Alignment(vertical="top", wrap_text=True), Alignment(horizontal="left", vertical="top", wrap_text=True)
    figure = Alignment(horizontal="right", vertical="top", indent=1)
    heading = PatternFill("solid", fgColor="E6EAF2")
    grades = {
        words(level): (PatternFill("solid", fgColor=fill), Font(name=_FONT, color=ink))
        for level, (fill, ink) in _LEVELS.items()
    }
    for position, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, position)
        _fill(cell, column.title)
        cell.font, cell.fill, cell.alignment = Font(name=_FONT, bold=True), heading, top
        page.column_dimensions[get_column_letter(position)].width = column.width
    for number, row in enumerate(sheet.rows[:_MOST_ROWS], 2):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            cell = page.cell(number, position)
            _fill(cell, value)
            cell.alignment = left if column.is_mixed else top if isinstance(value, str | None) else figure
            if column.form and isinstance(value, int | float):
                cell.number_format = column.form
            if column.is_level and value in grades:
                cell.fill, cell.font = grades[str(value)]
        page.row_dimensions[number].height = _height(sheet, row)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    _lay_out(page, sheet, mark, words)


def _lay_out(page: Worksheet, sheet: Sheet, mark: str, words: BoardWords) -> None:
    """On paper: A4 across, as wide as the page, with narrow margins; the headings and the mark of the analysis on every page, and a word
    on columns that are on the screen alone."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    page.print_area = f"A1:{get_column_letter(sheet.printed)}{page.max_row}"
    page.page_margins = PageMargins(_MARGIN, _MARGIN, 0.5, 0.6, 0.3, 0.3)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", _A4, 0
    page.page_setup.fitToWidth = 1
    page.print_title_rows = "1:1"
    foot: Any = page.oddFooter
    foot.left.text, foot.left.size = mark.replace("&", "&&"), 7
    if sheet.printed < len(sheet.columns):
        foot.center.text, foot.center.size = words("more_on_screen"), 7
    foot.right.text, foot.right.size = "&P / &N", 7


def _height(sheet: Sheet, row: Row) -> float:
    """The height of a row in points, by the lines of its longest text."""
    lines = 1
    for column, value in zip(sheet.columns, row, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + len(line) // column.width for line in value.split("\n")))
    return min(_HIGHEST, lines * _LINE + 2)


def _fill(cell: Any, value: Cell) -> None:
    """Text stays text whatever it looks like: no cell is a formula, and what might become one when it is copied begins with a mark."""
    if isinstance(value, str):
        from app.reports.csv_table import guarded

        cell.value, cell.data_type = guarded(_NO_TEXT.sub("�", value))[:_LONGEST], "s"
    elif value is not None:
        cell.value = value


def _packed(book: Any) -> bytes:
    """The workbook as an archive whose entries have no time."""
    from openpyxl.writer.excel import ExcelWriter

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        ExcelWriter(book, archive).write_data()
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(packed, "w") as archive:
        for name, content in _entries(written):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        yield name, archive.read(name)
