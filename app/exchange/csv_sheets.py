"""CSV → sheets: a single file, a ZIP, or a folder of them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from app.domain.faults import Fault
from app.exchange.archives import Archive, is_archive
from app.exchange.budgets import LONGEST_LINE, MOST_CELLS, MOST_ENTRIES, MOST_ROWS, MOST_SHEET_BYTES
from app.exchange.flaws import stop
from app.exchange.guide import ALONE, Guide
from app.exchange.kinds import suffix
from app.exchange.numbers import Decimal
from app.exchange.places import Place
from app.exchange.reading import Reading
from app.exchange.sheet_layout import read_sheets
from app.exchange.sheets import Cell, Sheet
from app.exchange.utf8 import decoded

_SEPARATORS = ",;\t"
_SUFFIXES = (".csv", ".tsv")
_QUOTED = re.compile(r'(?:^|(?<=[,;\t\r\n]))"(?:[^"]|"")*+"')
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
_LOOKED_AT = 65_536
"""Characters by which the separator is told."""

_REASONS = {
    "unexpected end of data": "cell_not_closed",
    "field larger than field limit": "cell_too_long",
    "expected after": "quote_in_cell",
}


def read_csv(data: bytes, name: str, guide: Guide = ALONE) -> Reading:
    """The document in a CSV file or in a ZIP of them."""
    if not is_archive(data):
        return _read([(name, None, data)], name, guide)
    archive = Archive(data)
    entries = [entry for entry in archive.names if _is_sheet(entry)]
    if not entries:
        stop(Fault((), "not_a_document"), Place())
    return _read(((entry, f"{name}/{entry}", archive.read(entry)) for entry in sorted(entries)), name, guide)


def read_folder(folder: Path, guide: Guide = ALONE) -> Reading:
    """The document in a folder of CSV files; other files are left alone. Raises OSError as reading does."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and _is_sheet(path.name)]
    if not paths:
        stop(Fault((), "not_a_document"), Place())
    if len(paths) > MOST_ENTRIES:
        stop(Fault((), "packed_too_much", details={"reason": "too_many_entries", "most": MOST_ENTRIES}), Place())
    if sum(path.stat().st_size for path in paths) > MOST_SHEET_BYTES:
        stop(Fault((), "too_big", details={"most": MOST_SHEET_BYTES}), Place())
    return _read(((path.name, path.as_posix(), path.read_bytes()) for path in paths), folder.resolve().name, guide)


def _is_sheet(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__")) for part in path.parts)
    return suffix(name) in _SUFFIXES and not hidden


def _read(files: Iterable[tuple[str, str | None, bytes]], name: str, guide: Guide) -> Reading:
    """The document in CSV files, each with its name, the file that problems name, and its bytes."""
    sheets: list[Sheet] = []
    usual: set[Decimal | None] = set()
    cells = 0
    for file_name, shown, data in files:
        separator, sheet = csv_sheet(data, PurePosixPath(file_name).stem, shown, MOST_CELLS - cells)
        cells += sum(map(len, sheet.rows.values()))
        usual.add("." if separator == "," else None)
        sheets.append(sheet)
    if not cells:
        stop(Fault((), "empty_document"), Place(1, 1))
    return read_sheets(sheets, name, usual.pop() if len(usual) == 1 else None, guide)


def csv_sheet(data: bytes, name: str, file: str | None, most_cells: int) -> tuple[str, Sheet]:
    """The separator and the cells of a CSV file; stops where it has more rows or cells than are read."""
    here = Place(1, 1, name, None, file)
    text = decoded(data, MOST_SHEET_BYTES, here)
    separator, begin = _separator(text)
    rows: dict[int, dict[int, Cell]] = {}
    lines: dict[int, int] = {}
    cells = 0
    for row, (line, record) in enumerate(_records(text[begin:], separator, here._replace(line=2 if begin else 1)), 1):
        if row > MOST_ROWS + 1:
            stop(Fault((), "too_many_rows", details={"most": MOST_ROWS}), here._replace(line=line))
        filled = {at: Cell(value) for at, value in enumerate(map(str.strip, record), 1) if value}
        cells += len(filled)
        if cells > most_cells:
            stop(Fault((), "too_many_cells", details={"most": MOST_CELLS}), here._replace(line=line))
        if filled:
            rows[row], lines[row] = filled, line
    return separator, Sheet(name, rows, file, lines)


def _records(text: str, separator: str, begin: Place) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text, each with the line on which it begins."""
    first = begin.line or 1
    reader = csv.reader(_lines(text, begin), delimiter=separator, strict=True)
    while True:
        line = first + reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = next((reason for said, reason in _REASONS.items() if said in str(error)), "quote_in_cell")
            details = {"reason": reason, "most": csv.field_size_limit()}
            stop(Fault((), "malformed_csv", details=details), begin._replace(line=line))
        yield line, record


def _lines(text: str, begin: Place) -> Iterator[str]:
    """The lines of a text, with what breaks them, none of them before its turn; stops for one without end."""
    for number, line in enumerate(_LINE.finditer(text), begin.line or 1):
        if line.end() - line.start() > LONGEST_LINE:
            details = {"reason": "line_too_long", "most": LONGEST_LINE}
            stop(Fault((), "malformed_csv", details=details), begin._replace(line=number))
        yield line[0]


def _separator(text: str) -> tuple[str, int]:
    """What separates cells, and where the sheet begins: after the line `sep=;` that some programs write, if there is one."""
    beginning = text[:_LOOKED_AT]
    line, newline, _ = beginning.partition("\n")
    if line.rstrip("\r").lower() in [f"sep={separator}" for separator in _SEPARATORS]:
        return line[4], len(line) + len(newline)
    bare = _QUOTED.sub("", beginning)
    lines = bare.splitlines()
    return max(_SEPARATORS, key=lambda separator: _columns(lines, separator)), 0


def _columns(lines: list[str], separator: str) -> tuple[int, int]:
    """How many lines have the usual number of a separator, and that number: what separates cells stands equally often in each line."""
    counts = Counter(count for line in lines if (count := line.count(separator)))
    return max(((lines_so, count) for count, lines_so in counts.items()), default=(0, 0))
