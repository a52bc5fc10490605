"""A roadmap over time: a bar for each item from the day on which it begins, phase by phase; those that the end waits for are hatched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

_WIDTH, _NAMES, _RIGHT, _TOP = 760, 270, 16, 34
_ROW, _BAR, _HEAD = 24, 14, 30
_MARKS = 5


class Bar(NamedTuple):
    """An item: its phase, name and stage, as people read them, when it begins and ends, and whether the end waits for it."""

    phase: str
    name: str
    stage: str
    begins_on: date
    ends_on: date
    is_critical: bool


def timeline(name: str, bars: Sequence[Bar], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """The bars in their order, with a line at days in between."""
    phases = list(dict.fromkeys(bar.phase for bar in bars))
    height = _TOP + len(phases) * _HEAD + len(bars) * _ROW + 8
    sheet = Canvas(name, _WIDTH, height, rtl=rtl)
    first = min((bar.begins_on for bar in bars), default=date.min)
    days = max(((bar.ends_on - first).days for bar in bars), default=0) or 1
    room = _WIDTH - _NAMES - _RIGHT
    for place in range(_MARKS):
        x = _NAMES + room * place / (_MARKS - 1)
        day = date.fromordinal(first.toordinal() + round(days * place / (_MARKS - 1)))
        anchor = "start" if not place else "end" if place == _MARKS - 1 else "middle"
        sheet.text(x, 18, words.short_day(day), "small soft", anchor=anchor)
        sheet.line(x, _TOP - 8, x, height - 4, "axis")
    y = float(_TOP)
    for phase in phases:
        sheet.text(0, y + 18, wrapped(phase, _WIDTH, 1)[0], "strong")
        y += _HEAD
        for bar in (one for one in bars if one.phase == phase):
            x = _NAMES + room * (bar.begins_on - first).days / days
            wide = max(4.0, room * (bar.ends_on - bar.begins_on).days / days)
            sheet.lines(0, y + _ROW / 2, wrapped(bar.name, _NAMES - 12, 1), "small")
            if bar.is_critical:
                sheet.box(x, y + (_ROW - _BAR) / 2, wide, _BAR, "critical", radius=0)
                sheet.mark(x, y + (_ROW - _BAR) / 2, wide, _BAR, "critical")
            else:
                sheet.box(x, y + (_ROW - _BAR) / 2, wide, _BAR, "bar", radius=2)
            y += _ROW
    return sheet.drawn(words("timeline"), words("timeline_how"), _table(bars, words), wide=True)


def _table(bars: Sequence[Bar], words: DrawingWords) -> Table:
    return Table(
        (
            words("timeline_item"),
            words("timeline_phase"),
            words("timeline_stage"),
            words("timeline_begins"),
            words("timeline_ends"),
            words("timeline_critical"),
        ),
        tuple(
            (
                bar.name,
                bar.phase,
                bar.stage,
                words.day(bar.begins_on.isoformat()),
                words.day(bar.ends_on.isoformat()),
                words("timeline_yes") if bar.is_critical else "",
            )
            for bar in bars
        ),
    )
