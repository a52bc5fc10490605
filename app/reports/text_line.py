"""Styled text of one line: measured in the cells of a terminal, wrapped, cut, and written with or without escape sequences.

Small on purpose: a report is written at every audit, and a layout library takes longer to load than the report to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, combining, east_asian_width

Piece = str | tuple[str, str]
"""Text, or text with the name of a style."""

STYLES = {
    "critical": "1;37;41", "high": "1;31", "medium": "33", "low": "36", "title": "1", "headline": "1", "heading": "1", "name": "1",
    "label": "2", "aside": "2", "rule": "2", "good": "32", "bad": "31", "reference": "36",
}  # fmt: skip
"""What a piece is → how terminals show it (SGR); the sixteen colours that every terminal has, for light and dark ones."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
"""Marks that turn the direction of writing."""


class Run(NamedTuple):
    """A stretch of text in one style; an empty style is none."""

    text: str
    style: str


class Line:
    """Runs one after the other."""

    __slots__ = ("runs",)

    def __init__(self, runs: list[Run] | None = None) -> None:
        self.runs = runs if runs is not None else []

    @classmethod
    def of(cls, *pieces: Piece) -> Line:
        """Pieces as one line, cleaned of what would disturb a terminal."""
        runs = [Run(plain(p), "") if isinstance(p, str) else Run(plain(p[0]), p[1]) for p in pieces]
        return cls([run for run in runs if run.text])

    def __add__(self, other: Line) -> Line:
        return Line([*self.runs, *other.runs])

    @property
    def text(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return sum(cells(run.text) for run in self.runs)

    def wrapped(self, width: int) -> Iterator[Line]:
        """Lines of at most `width` cells, broken at spaces, and within words that are longer."""
        text = self.text
        for start, end in _breaks(text, width):
            yield self._slice(start, end)

    def cut(self, width: int) -> Line:
        """At most `width` cells, with an ellipsis where something is missing."""
        if self.cells <= width:
            return self
        text = self.text
        return self._slice(0, _fitting(text, 0, width - 1)) + Line([Run("…", self.runs[-1].style)])

    def written(self, *, colour: bool) -> str:
        """The line without spaces at its end; with escape sequences where colour is wanted."""
        runs = [*self.runs]
        while runs and not runs[-1].text.rstrip():
            runs.pop()
        if runs:
            runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].style)
        if not colour:
            return "".join(run.text for run in runs)
        return "".join(f"\x1b[{STYLES[r.style]}m{r.text}\x1b[0m" if r.style else r.text for r in runs)

    def _slice(self, start: int, end: int) -> Line:
        found, at = [], 0
        for run in self.runs:
            first, last = max(start - at, 0), min(end - at, len(run.text))
            if first < last:
                found.append(Run(run.text[first:last], run.style))
            at += len(run.text)
        return Line(found)


def plain(text: str) -> str:
    """Text on one line, without control characters and without marks that turn the direction of writing."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if category(c) in ("Cc", "Zl", "Zp") else c for c in text if c not in _TURNING)


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: two for wide characters, none for marks that combine."""
    return len(text) if text.isascii() else sum(_cells_of(c) for c in text)


def shortened(text: str, width: int) -> str:
    """Text cut to a number of cells."""
    return Line.of(text).cut(width).text


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Text cut or filled up to a number of cells."""
    short = shortened(text, width)
    fill = " " * (width - cells(short))
    return fill + short if right else short + fill


@lru_cache(maxsize=4096)
def _cells_of(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line; the spaces at a break belong to neither."""
    start, length = 0, len(text)
    while True:
        end = max(_fitting(text, start, width), start + 1)
        if end >= length:
            yield start, length
            return
        space = text.rfind(" ", start, end + 1)
        if space > start and text[start:space].strip():
            end = space
        yield start, end
        start = end
        while start < length and text[start] == " ":
            start += 1
        if start == length:
            return


def _fitting(text: str, start: int, width: int) -> int:
    """The end of the longest stretch from `start` that fits."""
    if text.isascii():
        return start + width
    room, at = width, start
    while at < len(text):
        room -= _cells_of(text[at])
        if room < 0:
            break
        at += 1
    return at
