"""A backup as one portable file: every row as a line of JSON, compressed.

The first line says what it is and at which step the database was. A line `{"table": …, "columns": […]}` begins a table, each line after it
is a row as a list; bytes stand as `{"base64": …}`. The last line counts the rows, so that a file that was cut short is noticed.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from app.domain.errors import ConcordError
from app.storage.table_copies import Row, TableCopy

KIND, VERSION = "concord_backup", 1
MAGIC = b"\x1f\x8b"


class BackupInvalid(ConcordError):
    """A file is no backup, or not whole."""


def write_rows(opened: IO[bytes], step: str, tables: Iterable[TableCopy]) -> int:
    """Write a backup into a file that is open; how many rows it holds. The same rows give the same bytes."""
    count = 0
    with gzip.GzipFile(filename="", mode="wb", fileobj=opened, compresslevel=6, mtime=0) as packed:
        _write(packed, {KIND: VERSION, "step": step})
        for table in tables:
            _write(packed, {"table": table.name, "columns": list(table.columns)})
            for row in table.rows:
                _write(packed, [_as_json(value) for value in row])
                count += 1
        _write(packed, {"rows": count})
    return count


def step_of_rows(file: Path) -> str:
    """The step at which a database was backed up. Raises BackupInvalid."""
    return str(_head(_lines(file))["step"])


def read_rows(file: Path) -> Iterator[TableCopy]:
    """The tables of a backup; the rows of each have to be read before the next one. Raises BackupInvalid when it is not whole."""
    lines = _lines(file)
    _head(lines)
    count = 0
    begun = next(lines, None)

    def rows() -> Iterator[Row]:
        nonlocal begun, count
        for line in lines:
            if isinstance(line, dict):
                begun = line
                return
            count += 1
            yield tuple(_from_json(value) for value in line)
        begun = None

    while begun is not None and "table" in begun:
        table = TableCopy(begun["table"], tuple(begun["columns"]), rows())
        yield table
        for _ in table.rows:
            raise AssertionError("the rows of a table are read before the next one")
    if begun is None or begun.get("rows") != count:
        raise BackupInvalid("the backup is not whole: its end is missing")


def _head(lines: Iterator[Any]) -> dict[str, Any]:
    head = next(lines, None)
    if not isinstance(head, dict) or KIND not in head:
        raise BackupInvalid("the file is no backup")
    if head[KIND] != VERSION:
        raise BackupInvalid("the backup was made by a later version of Concord")
    return head


def _lines(file: Path) -> Iterator[Any]:
    try:
        with gzip.open(file, "rb") as packed:
            for line in packed:
                yield json.loads(line)
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError) as fault:
        raise BackupInvalid(f"the backup is not whole: {fault}") from None


def _write(packed: gzip.GzipFile, value: Any) -> None:
    packed.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _from_json(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
