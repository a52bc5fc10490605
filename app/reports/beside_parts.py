"""What a board's report tells beside the analysis, in parts of one shape: sentences, drawings, tables, and what is said last.

Markdown, PDF and the page only lay them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import Drawing


class Rows(NamedTuple):
    """A table of texts. `title`: what stands over it, empty where the part's own will do; `numbers`: the columns that hold figures;
    `widths`: of the others, as shares of what is left."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()


class Shown(NamedTuple):
    """A drawing; `in_table`: whether a table of its part says the same, so that its own is not needed beside it."""

    drawing: Drawing
    in_table: bool = True


class Part(NamedTuple):
    """A part of the report."""

    title: str
    said: tuple[str, ...] = ()
    drawings: tuple[Shown, ...] = ()
    tables: tuple[Rows, ...] = ()
    points: tuple[str, ...] = ()


class Chapter(NamedTuple):
    """All parts; `lacking`: what could be added, empty where nothing is missing."""

    parts: Sequence[Part]
    lacking: str


def rows_of(drawing: Drawing) -> Rows:
    """What a drawing shows, as a table."""
    table = drawing.table
    return Rows(drawing.title, table.head, table.rows, table.numbers)
