"""Where the values of a document stand in the file that it came from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

from app.domain.faults import OF_NAMES, printable

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A place in a file. Lines and columns count from 1; a cell has its address (`C4`)."""

    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    file: str | None = None


class Places(Protocol):
    """The places of all values of a document."""

    def at(self, pointer: str, code: str = "") -> Place:
        """The place that a JSON pointer names; what is missing is placed at what should hold it."""


def tokens(pointer: str) -> list[str]:
    """The tokens of a JSON pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


class Spot:
    """The offsets in a text at which a value and its name stand, and the same for all within it."""

    __slots__ = ("inner", "name", "value")

    def __init__(self, value: int, name: int | None = None) -> None:
        self.value = value
        self.name = name
        self.inner: dict[str | int, Spot] = {}


class Lines:
    """Offsets of a text as lines and columns."""

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, offset: int) -> Place:
        """The place of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    @cached_property
    def _starts(self) -> array[int]:
        return array("L", chain((0,), (found.end() for found in _LINE_BREAK.finditer(self._text))))


class TextPlaces:
    """The places of a document that is one text: a value with parts is placed at its name, any other where it begins."""

    def __init__(self, root: Spot, lines: Lines) -> None:
        self._root, self._lines = root, lines

    def at(self, pointer: str, code: str = "") -> Place:
        """The line and column that a JSON pointer names; what is missing is placed at what should hold it."""
        spot, found = self._spot(pointer)
        by_name = spot.name is not None and (bool(spot.inner) or not found or code in OF_NAMES)
        return self._lines.place(spot.name if by_name and spot.name is not None else spot.value)

    def _spot(self, pointer: str) -> tuple[Spot, bool]:
        """The spot of the value, or the innermost one on the way to it."""
        spot = self._root
        for token in tokens(pointer):
            inner = _within(spot, token)
            if inner is None:
                return spot, False
            spot = inner
        return spot, True


def _within(spot: Spot, token: str) -> Spot | None:
    """The part of a spot that a token names; names that messages write with escapes are found as well."""
    inner = spot.inner.get(token)
    if inner is None and token.isdecimal() and len(token) < 10:
        inner = spot.inner.get(int(token))
    if inner is None and not token.isalnum():
        inner = next((other for name, other in spot.inner.items() if printable(str(name)) == token), None)
    return inner
