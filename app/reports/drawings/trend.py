"""How things went: the alignment index from analysis to analysis, and how many serious conflicts there were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

_WIDTH, _LEFT, _RIGHT, _TOP, _PLOT, _GAP, _BARS = 320, 40, 14, 14, 130, 30, 52


class Mark(NamedTuple):
    """An analysis: the day it was made as of, its index, and how many serious conflicts it saw."""

    day: date
    alignment: float | None
    serious: int


def trend(name: str, marks: Sequence[Mark], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """The line and the bars, earliest first; analyses stand as far apart as they follow each other."""
    sheet = Canvas(name, _WIDTH, _TOP + _PLOT + _GAP + _BARS + 34, rtl=rtl)
    width = _WIDTH - _LEFT - _RIGHT
    across = [_LEFT + width * (place + 0.5) / max(len(marks), 1) for place in range(len(marks))]
    _axis(sheet, words)
    points = [(x, _height(mark.alignment)) for x, mark in zip(across, marks, strict=True) if mark.alignment is not None]
    sheet.curve(points, "trend")
    for x, y in points:
        sheet.dot(x, y, 4, "trend")
    if points:
        x, y = points[-1]
        last = next(mark.alignment for mark in reversed(marks) if mark.alignment is not None)
        near_end = len(points) > 1
        sheet.text(x, y - 10, words.signed(last), "strong", anchor="end" if near_end else "middle")
    _bars(sheet, across, marks, width, words)
    return sheet.drawn(words("trend"), _said(marks, words), _table(marks, words))


def _height(index: float) -> float:
    return _TOP + _PLOT * (1 - index) / 2


def _axis(sheet: Canvas, words: DrawingWords) -> None:
    for value in (1.0, 0.0, -1.0):
        sheet.line(_LEFT, _height(value), _WIDTH - _RIGHT, _height(value), "axis" if value else "axis zero")
        sheet.text(_LEFT - 8, _height(value) + 4, words.signed(value, 0), "small soft", anchor="end")


def _bars(sheet: Canvas, across: Sequence[float], marks: Sequence[Mark], width: float, words: DrawingWords) -> None:
    base = _TOP + _PLOT + _GAP + _BARS
    most = max((mark.serious for mark in marks), default=0) or 1
    wide = min(26.0, width / max(len(marks), 1) * 0.6)
    sheet.text(_LEFT, base - _BARS - 10, words("serious"), "small soft")
    sheet.line(_LEFT, base, _WIDTH - _RIGHT, base, "axis")
    every = max(1, -(-len(marks) // 6))
    for place, (x, mark) in enumerate(zip(across, marks, strict=True)):
        high = (_BARS - 14) * mark.serious / most
        sheet.box(x - wide / 2, base - high, wide, high, "bar", radius=1)
        if (len(marks) - 1 - place) % every == 0:
            sheet.text(x, base - high - 4, words.count(mark.serious), "small", anchor="middle")
            sheet.text(x, base + 16, words.short_day(mark.day), "small soft", anchor="middle")


def _said(marks: Sequence[Mark], words: DrawingWords) -> str:
    known = [mark for mark in marks if mark.alignment is not None]
    if len(known) < 2:
        return words("trend_how")
    first, last = known[0], known[-1]
    told = words(
        "trend_from_to",
        first=words.signed(first.alignment or 0.0),
        since=words.day(first.day.isoformat()),
        last=words.signed(last.alignment or 0.0),
        until=words.day(last.day.isoformat()),
    )
    return f"{words('trend_how')} {told}"


def _table(marks: Sequence[Mark], words: DrawingWords) -> Table:
    return Table(
        (words("day"), words("index"), words("serious")),
        tuple(
            (
                words.day(mark.day.isoformat()),
                words("unknown") if mark.alignment is None else words.signed(mark.alignment),
                words.count(mark.serious),
            )
            for mark in reversed(marks)
        ),
        numbers=(1, 2),
    )
