"""What a drawing is put together on: a sheet with a width and a height, from left to right or from right to left.

Looks come from classes alone, never from colours in the markup, so that the page's theme, print and forced colours decide them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.markup import Html, joined, tag

LEVEL_MARKS = {"low": None, "medium": "dots", "high": "lines", "critical": "cross"}
"""Level → the pattern that says it beside its colour."""


class Table(NamedTuple):
    """What a drawing shows, in rows; `numbers`: the columns that hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


class Drawing(NamedTuple):
    """A drawing, its title and description, and its table. `wide`: it keeps its size and is scrolled where there is no room for it."""

    name: str
    title: str
    description: str
    svg: Html
    table: Table
    wide: bool = False


class Canvas:
    """A sheet. `name` begins every id on it, so that several drawings can stand on a page; from right to left x counts from the right."""

    def __init__(self, name: str, width: float, height: float, *, rtl: bool = False) -> None:
        self.name, self.width, self.height, self.rtl = name, width, height, rtl
        self._parts: list[Html] = []
        self._patterns: set[str] = set()

    def text(self, x: float, y: float, said: str, look: str = "", *, anchor: str = "start") -> None:
        """A line of text; `anchor` is start, middle or end in the direction of reading."""
        placed = {"x": self._x(x), "y": round(y, 1), "text_anchor": anchor if anchor != "start" else None}
        self._parts.append(tag("text", said, class_=look or None, **placed))

    def lines(self, x: float, y: float, said: Sequence[str], look: str = "", *, anchor: str = "start") -> None:
        """Lines of text, one below the other, centred on y."""
        first = y - (len(said) - 1) * LINE / 2 + 4.5
        for number, line in enumerate(said):
            self.text(x, first + number * LINE, line, look, anchor=anchor)

    def box(self, x: float, y: float, width: float, height: float, look: str, *, radius: float = 4) -> None:
        """A rectangle."""
        left = self._x(x + width if self.rtl else x)
        size = {"width": round(width, 1), "height": round(height, 1), "rx": radius}
        self._parts.append(tag("rect", x=left, y=round(y, 1), class_=look, **size))

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A straight line."""
        ends = {"x1": self._x(x1), "y1": round(y1, 1), "x2": self._x(x2), "y2": round(y2, 1)}
        self._parts.append(tag("line", class_=look, **ends))

    def curve(self, points: Sequence[tuple[float, float]], look: str) -> None:
        """Straight lines from point to point."""
        told = " ".join(f"{self._x(x):g},{round(y, 1):g}" for x, y in points)
        self._parts.append(tag("polyline", points=told, class_=look))

    def area(self, points: Sequence[tuple[float, float]], look: str) -> None:
        """What lies within straight lines from point to point."""
        told = " ".join(f"{self._x(x):g},{round(y, 1):g}" for x, y in points)
        self._parts.append(tag("polygon", points=told, class_=look))

    def bend(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A curved line that leaves and arrives level."""
        a, b, half = self._x(x1), self._x(x2), self._x((x1 + x2) / 2)
        self._parts.append(tag("path", d=f"M{a:g} {y1:g}C{half:g} {y1:g} {half:g} {y2:g} {b:g} {y2:g}", class_=look))

    def arc(self, x: float, y: float, radius: float, look: str) -> None:
        """The upper half of a circle."""
        left, right = self._x(x - radius), self._x(x + radius)
        sweep = 0 if self.rtl else 1
        self._parts.append(
            tag("path", d=f"M{left:g} {y:g}A{radius:g} {radius:g} 0 0 {sweep} {right:g} {y:g}", class_=look)
        )

    def dot(self, x: float, y: float, radius: float, look: str) -> None:
        """A circle."""
        self._parts.append(tag("circle", cx=self._x(x), cy=round(y, 1), r=radius, class_=look))

    def arrow(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A straight line with a head at its end."""
        self.line(x1, y1, x2, y2, look)
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
        along, across = ((x2 - x1) / length, (y2 - y1) / length), (-(y2 - y1) / length, (x2 - x1) / length)
        back = (x2 - along[0] * 9, y2 - along[1] * 9)
        head = [(x2, y2), *((back[0] + across[0] * side, back[1] + across[1] * side) for side in (4.5, -4.5))]
        self.area(head, f"{look} head")

    def mark(self, x: float, y: float, width: float, height: float, level: str) -> None:
        """The pattern of a level, which says it without colour."""
        if pattern := LEVEL_MARKS.get(level):
            self._patterns.add(pattern)
            left = self._x(x + width if self.rtl else x)
            fill, size = f"url(#{self.name}-{pattern})", {"width": round(width, 1), "height": round(height, 1)}
            self._parts.append(tag("rect", x=left, y=round(y, 1), class_="mark", fill=fill, **size))

    def drawn(self, title: str, description: str, table: Table, *, wide: bool = False) -> Drawing:
        """What is on the sheet."""
        label, about = f"{self.name}-title", f"{self.name}-about"
        patterns = [_PATTERNS[one].replace("PATTERN", f"{self.name}-{one}") for one in sorted(self._patterns)]
        svg = tag(
            "svg",
            tag("title", title, id=label),
            tag("desc", description, id=about),
            tag("defs", *map(Html, patterns)) if patterns else None,
            joined(*self._parts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            width=self.width,
            height=self.height,
            role="img",
            aria_labelledby=f"{label} {about}",
            direction="rtl" if self.rtl else None,
            class_="drawing",
        )
        return Drawing(self.name, title, description, svg, table, wide)

    def _x(self, x: float) -> float:
        return round(self.width - x if self.rtl else x, 1)


LINE = 15
"""From one line of text to the next."""

_LETTER = 6.6
"""How wide a letter is on average."""


def wrapped(said: str, width: float, most: int = 2) -> list[str]:
    """A text as lines that fit a width, at most so many; what does not fit ends with an ellipsis."""
    room = max(4, int(width / _LETTER))
    lines: list[str] = []
    for word in said.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [_cut(line, room) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{lines[most - 1]} {lines[most]}", room, more=True)
    return kept


def _cut(line: str, room: int, *, more: bool = False) -> str:
    if len(line) <= room and not more:
        return line
    return line[: room - 1].rstrip() + "…"


_PATTERNS = {
    "dots": '<pattern id="PATTERN" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1.2"/></pattern>',
    "lines": '<pattern id="PATTERN" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/></pattern>',
    "cross": '<pattern id="PATTERN" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7L7 -1M-1 -1L7 7"/></pattern>',
}
