"""The empty workbook that people fill in: the same sheets and columns as an export, with drop-downs, units, and notes in their language."""

from __future__ import annotations

from app.domain.terms import Language
from app.exchange.sheet_rows import empty_sheets
from app.exchange.xlsx_writer import workbook_of_sheets


def template(language: Language = "en", currency: str | None = None) -> bytes:
    """A workbook (XLSX) without rows. The same arguments give the same bytes.

    Headings are the members' names in every language, so that a workbook can be passed on; the sheet of notes explains them.
    """
    return workbook_of_sheets(empty_sheets(), currency, language)
