"""Scores or shares one below the other, each as a bar with the interval that it lies in, and with a mark of what was published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 320, 8, 52, 42, 8


class Measured(NamedTuple):
    """A value by name; `interval`: from, to; `published`: what to compare with. None is unknown."""

    name: str
    value: float | None
    interval: tuple[float, float] | None = None
    published: float | None = None


def intervals(
    name: str,
    title: str,
    how: str,
    rows: Sequence[Measured],
    scale: tuple[float, float],
    written: Callable[[float], str],
    heads: tuple[str, str, str, str],
    words: DrawingWords,
) -> Drawing:
    """The bars, in their order. `scale`: the least and the most; `written`: a value in words; `heads`: of the table's columns."""
    sheet = Canvas(name, _WIDTH, _TOP + _ROW * max(len(rows), 1) + 6)
    least, most = scale

    def across(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (value - least) / (most - least)

    for place, row in enumerate(rows):
        y = _TOP + _ROW * place
        sheet.text(_LEFT, y + 12, row.name, "small")
        sheet.line(_LEFT, y + 26, _WIDTH - _RIGHT, y + 26, "axis")
        if row.value is not None:
            sheet.box(_LEFT, y + 20, max(1.0, across(row.value) - _LEFT), 12, "bar", radius=2)
            sheet.text(_WIDTH - _RIGHT + 8, y + 30, written(row.value), "strong")
        if row.interval is not None:
            low, high = map(across, row.interval)
            sheet.line(low, y + 26, high, y + 26, "axis zero")
            for end in (low, high):
                sheet.line(end, y + 19, end, y + 33, "axis zero")
        if row.published is not None:
            at = across(row.published)
            sheet.area([(at, y + 19), (at - 5, y + 12), (at + 5, y + 12)], "bar")
    return sheet.drawn(title, how, Table(heads, tuple(_cells(row, written, words) for row in rows), (1, 2, 3)))


def _cells(row: Measured, written: Callable[[float], str], words: DrawingWords) -> tuple[str, ...]:
    between = "" if row.interval is None else f"{written(row.interval[0])} – {written(row.interval[1])}"
    value = words("unknown") if row.value is None else written(row.value)
    return row.name, value, between, "" if row.published is None else written(row.published)
