"""Which kind of file it is: by name and, failing that, by content."""

from __future__ import annotations

from app.domain.faults import Fault
from app.exchange.flaws import stop
from app.exchange.places import Place
from app.exchange.source import FileKind

ZIP_MARK = b"PK\x03\x04"
_BY_SUFFIX: dict[str, FileKind] = {
    ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx",
    ".csv": "csv", ".tsv": "csv", ".zip": "csv",
}  # fmt: skip
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_MARKS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
"""How PDF, RTF, pictures and gzip begin."""

_WORKBOOK_PART = b"xl/workbook.xml"
_HEAD = 4096
"""Bytes that are looked at."""


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of a file; stops for what is plainly none of them. Archives are told by what they hold, since no text begins as they do."""
    if data.startswith(_OTHER_MARKS):
        stop(Fault((), "not_a_document"), Place())
    if data.startswith(OLD_OFFICE_MARK):
        return "xlsx"
    if data.startswith(ZIP_MARK):
        return "xlsx" if _WORKBOOK_PART in data or suffix(name) in (".xlsx", ".xlsm") else "csv"
    return _BY_SUFFIX.get(suffix(name)) or _by_content(data)


def suffix(name: str) -> str:
    """The end of a file's name in small letters, with its dot; empty where it has none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > max(name.rfind("/"), name.rfind("\\")) else ""


def _by_content(data: bytes) -> FileKind:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in (b"{", b"[") and head[1:].lstrip()[:1] in (b'"', b"}", b"{", b""):
        return "json"
    return "csv" if _has_headings(head) else "yaml"


def _has_headings(head: bytes) -> bool:
    """Whether the first line holds names between separators, as sheets begin and YAML does not."""
    line = head.splitlines()[0] if head else b""
    if b": " in line or line.endswith(b":") or line.startswith((b"#", b"-", b"%", b"{", b"[")):
        return False
    return any(line.count(separator) >= 2 for separator in (b",", b";", b"\t"))
