"""Bytes → text: UTF-8, with or without a byte order mark."""

from __future__ import annotations

import codecs

from app.domain.faults import Fault
from app.exchange.encodings import likely_encoding
from app.exchange.flaws import stop
from app.exchange.places import Lines, Place

_START = Place(1, 1)
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decoded(data: bytes, most: int, start: Place = _START) -> str:
    """The text of a file of at most so many bytes; stops for what is not UTF-8, with its place. `start`: the place of its first letter."""
    if len(data) > most:
        stop(Fault((), "too_big", details={"most": most}), start)
    if other := _other_encoding(data):
        stop(Fault((), "utf16", other), start)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        place = Lines(before).place(len(before))
        fault = Fault((), "not_utf8", f"0x{error.object[error.start]:02X}", details={"encoding": likely_encoding(data)})
        stop(fault, start._replace(line=place.line, column=place.column))


def _other_encoding(data: bytes) -> str | None:
    """The encoding of text that is not UTF-8, by its mark or by the zeros of its first letters."""
    for mark, name in _OTHER_MARKS:
        if data.startswith(mark):
            return name
    first = data[:4]
    return "UTF-16" if len(first) == 4 and 0 in first and b"\0\0" not in first and first.count(0) == 2 else None
