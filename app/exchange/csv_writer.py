"""A document → CSV files, one a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from app.exchange.sheet_rows import Filled, filled_sheets, guarded


def csv_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """File name → content, in UTF-8 with commas between cells."""
    return {f"{sheet.name}.csv": _file(sheet) for sheet in filled_sheets(document)}


def _file(sheet: Filled) -> bytes:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(column.name for column in sheet.columns)
    rows.writerows([_written(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode()


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return guarded(value) if isinstance(value, str) else repr(value)
