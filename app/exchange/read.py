"""The way in: bytes, a file or a folder of CSV sheets → a document with the place of every value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast, get_args

from app.domain.faults import Fault
from app.exchange.budgets import MOST_SHEET_BYTES
from app.exchange.flaws import Unreadable, refused, stop
from app.exchange.guide import ALONE, Guide
from app.exchange.kinds import kind_of
from app.exchange.places import Place
from app.exchange.reading import Reading
from app.exchange.source import FileKind, Source


def read(data: bytes, name: str, kind: str | None = None) -> Source:
    """The document in a file's bytes. `kind` is yaml, json, xlsx or csv; where it is not given, name and content tell.

    Raises DocumentInvalid: `malformed` when the bytes are not what they claim to be, `too_large` when they are more than is read. Where
    the file has flaws but can be read beside them, the problems of the document are listed with them.
    """
    return _source(name, lambda: reading(data, name, kind))


def read_path(path: Path) -> Source:
    """The document in a file, or in a folder of CSV sheets (`kpis.csv`, …). Raises as `read` does, and OSError."""
    return _source(path.as_posix(), lambda: reading_of_path(path))


def reading_of_path(path: Path, guide: Guide = ALONE) -> tuple[FileKind, Reading]:
    """The kind and the values of a file or of a folder of CSV sheets. Raises Unreadable, and OSError as opening does."""
    if not path.is_dir():
        with path.open("rb") as stream:
            return reading(stream.read(MOST_SHEET_BYTES + 1), path.as_posix(), None, guide)
    from app.exchange.csv_sheets import read_folder

    return "csv", read_folder(path, guide)


def reading(data: bytes, name: str, kind: str | None = None, guide: Guide = ALONE) -> tuple[FileKind, Reading]:
    """The kind and the values of a file, not yet checked. Raises Unreadable; ValueError for a kind that does not exist."""
    if len(data) > MOST_SHEET_BYTES:
        stop(Fault((), "too_big", details={"most": MOST_SHEET_BYTES}), Place())
    known = _kind(kind) if kind else kind_of(data, name)
    return known, _reading(data, name, known, guide)


def _source(name: str, read_it: Callable[[], tuple[FileKind, Reading]]) -> Source:
    try:
        kind, done = read_it()
    except Unreadable as unreadable:
        raise refused(name, unreadable.flaws) from None
    source = Source(name, done.raw, kind, done.places)
    if done.flaws:
        raise refused(name, done.flaws, source if done.judged and _is_document(done.raw) else None)
    return source


def _is_document(raw: Any) -> bool:
    """Whether it says of itself that it is a model document, and not what other programs send."""
    return isinstance(raw, dict) and bool(raw.keys() & {"concord", "organization"})


def _reading(data: bytes, name: str, kind: FileKind, guide: Guide) -> Reading:
    """What the reader of that kind makes of the bytes; readers are loaded when they are needed."""
    if kind == "json":
        from app.exchange.json_text import read_json

        return read_json(data)
    if kind == "yaml":
        from app.exchange.yaml_text import read_yaml

        return read_yaml(data)
    if kind == "xlsx":
        from app.exchange.xlsx_sheets import read_workbook

        return read_workbook(data, name, guide)
    from app.exchange.csv_sheets import read_csv

    return read_csv(data, name, guide)


def _kind(kind: str) -> FileKind:
    known = next((one for one in get_args(FileKind) if one == kind), None)
    if known is None:
        raise ValueError(f"'{kind}' is no kind of file")
    return cast(FileKind, known)
