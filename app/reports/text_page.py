"""A page of text: paragraphs, labels and headings in the columns of a terminal."""

from __future__ import annotations

from app.reports.text_line import Line, Piece, Run

_LEAST = 10
"""Cells that are left for text beside labels, however narrow the page."""


class Page:
    """Lines of at most `width` cells, top to bottom."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[Line] = []

    def blank(self) -> None:
        """An empty line, unless there is one already, or nothing but a rule above."""
        if self.lines and self.lines[-1].runs and self.lines[-1].runs[0].style != "rule":
            self.lines.append(Line())

    def heading(self, text: str) -> None:
        """A section's name over a rule."""
        self.blank()
        self.paragraph((text.upper(), "heading"))
        self.rule()

    def rule(self) -> None:
        """A line from side to side."""
        self.lines.append(Line([Run("─" * self.width, "rule")]))

    def sides(self, left: Piece, right: Piece) -> None:
        """Two texts on one line, at its ends; under each other where they do not fit."""
        first, second = Line.of(left), Line.of(right)
        room = self.width - first.cells - second.cells
        if room < 2:
            self.paragraph(left)
            self.paragraph(right)
            return
        self.lines.append(first + Line([Run(" " * room, "")]) + second)

    def paragraph(self, *pieces: Piece, indent: int = 0) -> None:
        """Wrapped text."""
        self._put(_space(indent), _space(indent), Line.of(*pieces), indent)

    def labelled(self, label: Piece, *pieces: Piece, indent: int = 0, gap: int = 10) -> None:
        """A label, and text beside it that starts `gap` cells after the label's start."""
        said = Line.of(label)
        taken = max(gap, said.cells + 1)
        first = _space(indent) + said + _space(taken - said.cells)
        self._put(first, _space(indent + gap), Line.of(*pieces), indent + taken)

    def row(self, *pieces: Piece) -> None:
        """A line that its maker has measured; what is too long is cut."""
        self.lines.append(Line.of(*pieces).cut(self.width))

    def text(self, *, colour: bool = False) -> str:
        """The page as text that ends with a line's end, with or without escape sequences."""
        return "".join(f"{line.written(colour=colour)}\n" for line in self.lines)

    def _put(self, first: Line, rest: Line, body: Line, taken: int) -> None:
        for number, line in enumerate(body.wrapped(max(_LEAST, self.width - taken))):
            self.lines.append((first if number == 0 else rest) + line)


def _space(cells: int) -> Line:
    return Line([Run(" " * cells, "")])
