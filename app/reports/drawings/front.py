"""The front of a plan: how much severity is left when at most so many changes are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 320, 220, 56, 40, 20, 20


class Choice(NamedTuple):
    """A plan on the front: its number of changes and the severity that it leaves; `knee`: beyond it more changes bring little."""

    changes: int
    severity: float
    knee: bool = False


def front(name: str, choices: Sequence[Choice], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """The plans as points, joined by the line below which none lies."""
    ordered = sorted(choices)
    most = max((one.changes for one in ordered), default=0) or 1
    highest = max((one.severity for one in ordered), default=0.0) or 1.0
    sheet = Canvas(name, _WIDTH, _HEIGHT, rtl=rtl)
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _BOTTOM - _TOP

    def at(one: Choice) -> tuple[float, float]:
        return _LEFT + across * one.changes / most, _TOP + up * (1 - one.severity / highest)

    for share in (0.0, 0.5, 1.0):
        y = _TOP + up * (1 - share)
        sheet.line(_LEFT, y, _WIDTH - _RIGHT, y, "axis")
        sheet.text(_LEFT - 8, y + 4, words.number(share * highest), "small soft", anchor="end")
    sheet.curve([at(one) for one in ordered], "trend")
    every = max(1, -(-len(ordered) // 8))
    for place, one in enumerate(ordered):
        x, y = at(one)
        sheet.dot(x, y, 4, "trend")
        if place % every == 0 or one.knee:
            sheet.text(x, _HEIGHT - _BOTTOM + 16, words.count(one.changes), "small soft", anchor="middle")
        if one.knee:
            sheet.dot(x, y, 9, "ring")
            sheet.text(x, y - 14, words("knee"), "small strong", anchor="middle")
    sheet.text(_LEFT + across / 2, _HEIGHT - 6, words("changes"), "small soft", anchor="middle")
    return sheet.drawn(words("front"), words("front_how"), _table(ordered, words))


def _table(choices: Sequence[Choice], words: DrawingWords) -> Table:
    rows = tuple(
        (words.count(one.changes), words.number(one.severity), words("knee") if one.knee else "") for one in choices
    )
    return Table((words("changes"), words("severity_left"), words("meaning")), rows, numbers=(0, 1))
