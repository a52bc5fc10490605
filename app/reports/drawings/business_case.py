"""A business case drawn: money until the end of each quarter with its bands, and how far each assumption swings the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import LINE, Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

_WIDTH, _LEFT, _RIGHT, _TOP, _PLOT, _BOTTOM = 480, 96, 16, 20, 200, 44
_BAR_ROW = 28


class Band(NamedTuple):
    """What the draws come to until the end of a quarter; quarter 0 is now."""

    quarter: int
    low: float
    middle: float
    high: float


class Swing(NamedTuple):
    """The net present value at the low and the high end of an assumption, by its words."""

    assumption: str
    low: float
    high: float


def fan(name: str, bands: Sequence[Band], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """The middle of the draws as a line between the bounds that all but a twentieth of them keep above, and below."""
    sheet = Canvas(name, _WIDTH, _TOP + _PLOT + _BOTTOM, rtl=rtl)
    bottom = min(0.0, *(one.low for one in bands))
    top = max(0.0, *(one.high for one in bands))
    last = max(one.quarter for one in bands) or 1
    whole = (top - bottom) or 1.0

    def at(quarter: int, value: float) -> tuple[float, float]:
        across = (_WIDTH - _LEFT - _RIGHT) * quarter / last
        return _LEFT + across, _TOP + _PLOT * (1 - (value - bottom) / whole)

    for value in sorted({bottom, 0.0, top}):
        y = at(0, value)[1]
        sheet.line(_LEFT, y, _WIDTH - _RIGHT, y, "axis" if value else "axis zero")
        sheet.text(_LEFT - 8, y + 4, words.count(round(value)), "small soft", anchor="end")
    sheet.curve([at(one.quarter, one.low) for one in bands], "was")
    sheet.curve([at(one.quarter, one.high) for one in bands], "was")
    sheet.curve([at(one.quarter, one.middle) for one in bands], "trend")
    every = max(1, -(-len(bands) // 8))
    for one in bands[::every]:
        x, _ = at(one.quarter, 0.0)
        sheet.text(x, _TOP + _PLOT + 18, words.count(one.quarter), "small soft", anchor="middle")
    sheet.text(_WIDTH / 2, _TOP + _PLOT + 38, words("fan_quarters"), "small soft", anchor="middle")
    head = tuple(map(words, ("fan_quarter", "fan_low", "fan_middle", "fan_high")))
    rows = tuple(tuple(words.count(round(value)) for value in one) for one in bands)
    return sheet.drawn(words("fan"), words("fan_how"), Table(head, rows, numbers=(0, 1, 2, 3)))


def tornado(name: str, swings: Sequence[Swing], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """A bar for each assumption, what decides most first; the line is where nothing is won and nothing lost."""
    told = [wrapped(one.assumption, _WIDTH - 2 * _RIGHT, 2) for one in swings]
    heights = [_BAR_ROW + LINE * len(lines) for lines in told]
    sheet = Canvas(name, _WIDTH, _TOP + sum(heights) + 8, rtl=rtl)
    ends = [0.0, *(end for one in swings for end in (one.low, one.high))]
    least, whole = min(ends), (max(ends) - min(ends)) or 1.0

    def across(value: float) -> float:
        return _RIGHT + (_WIDTH - 2 * _RIGHT) * (value - least) / whole

    sheet.line(across(0.0), _TOP - 8, across(0.0), _TOP + sum(heights), "axis zero")
    y = float(_TOP)
    for one, lines, height in zip(swings, told, heights, strict=True):
        left, right = sorted((across(one.low), across(one.high)))
        for place, line in enumerate(lines):
            sheet.text(_RIGHT + 4, y + 6 + place * LINE, line, "small")
        sheet.box(left, y + height - _BAR_ROW, max(right - left, 1.0), 16, "bar", radius=2)
        y += height
    head = tuple(map(words, ("tornado_assumption", "fan_low", "fan_high")))
    rows = tuple((one.assumption, words.count(round(one.low)), words.count(round(one.high))) for one in swings)
    return sheet.drawn(words("tornado"), words("tornado_how"), Table(head, rows, numbers=(1, 2)))
