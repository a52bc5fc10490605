"""The alignment compass: each department's direction against the customers' (semantics §5).

An arrow stands at the angle whose cosine is the department's alignment: along the customers' direction it pulls with them, straight the
other way it pulls against them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table, wrapped
from app.reports.drawings.words import DrawingWords

_WIDTH, _RADIUS, _TOP, _LINE = 320, 128, 30, 26
_APART = 20
"""How far marks at the rim stand from each other at least."""


class Needle(NamedTuple):
    """A department: its alignment, −1 to 1, None when it reaches no outcome; how hard it pushes; how much of what is owed it reaches."""

    name: str
    alignment: float | None
    pressure: float
    coverage: float


def compass(name: str, needles: Sequence[Needle], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """The compass, departments numbered from the worst on; those that reach no outcome stand in the list without an arrow."""
    ordered = sorted(needles, key=lambda one: (one.alignment is None, one.alignment or 0.0, one.name))
    bottom = _TOP + _RADIUS + 8
    sheet = Canvas(name, _WIDTH, bottom + 26 + len(ordered) * _LINE, rtl=rtl)
    middle = _WIDTH / 2
    sheet.arc(middle, bottom, _RADIUS, "rim")
    sheet.line(middle - _RADIUS, bottom, middle + _RADIUS, bottom, "axis")
    sheet.arrow(middle, bottom, middle + _RADIUS, bottom, "customers")
    sheet.text(middle - _RADIUS - 6, bottom + 18, words("against"), "small soft")
    sheet.text(middle + _RADIUS + 6, bottom + 18, words("for"), "small strong", anchor="end")
    sheet.text(middle, _TOP - 16, words("neither"), "small soft", anchor="middle")
    hardest = max((one.pressure for one in needles), default=0.0) or 1.0
    taken: list[tuple[float, float]] = []
    for number, one in enumerate(ordered, 1):
        if one.alignment is not None:
            _needle(sheet, middle, bottom, one, hardest, number, taken)
        _row(sheet, bottom + 34 + (number - 1) * _LINE, number, one, words)
    return sheet.drawn(words("compass"), _said(ordered, words), _table(ordered, words))


def _needle(
    sheet: Canvas, x: float, y: float, one: Needle, hardest: float, number: int, taken: list[tuple[float, float]]
) -> None:
    """An arrow with its number at the tip; where another number stands already, nearer to the middle."""
    angle = math.acos(max(-1.0, min(1.0, one.alignment or 0.0)))
    length = _RADIUS * (0.5 + 0.5 * one.pressure / hardest) - 14
    while True:
        spot = x + (length + 10) * math.cos(angle), y - (length + 10) * math.sin(angle) - 3
        if length < 30 or all(math.dist(spot, other) >= _APART for other in taken):
            break
        length -= 6
    taken.append(spot)
    look = _look(one)
    sheet.arrow(x, y, x + length * math.cos(angle), y - length * math.sin(angle), look)
    sheet.dot(*spot, 9, f"badge {look}")
    sheet.text(spot[0], spot[1] + 4, str(number), "badge", anchor="middle")


def _row(sheet: Canvas, y: float, number: int, one: Needle, words: DrawingWords) -> None:
    """A line of the list below the compass."""
    sheet.dot(18, y + 8, 9, f"badge {_look(one)}")
    sheet.text(18, y + 12, str(number), "badge", anchor="middle")
    sheet.text(36, y + 12, wrapped(one.name, 200, most=1)[0])
    said = words("reaches_nothing") if one.alignment is None else words.signed(one.alignment)
    sheet.text(_WIDTH - 8, y + 12, said, "soft" if one.alignment is None else "strong", anchor="end")


def _look(one: Needle) -> str:
    if one.alignment is None:
        return "unknown"
    return "good" if one.alignment >= 0.1 else "even" if one.alignment > -0.1 else "bad"


def _said(needles: Sequence[Needle], words: DrawingWords) -> str:
    told = [
        words("points", name=one.name, value=words.signed(one.alignment), told=words.pull(one.alignment))
        for one in needles
        if one.alignment is not None
    ]
    return " ".join([words("compass_how"), *told])


def _table(needles: Sequence[Needle], words: DrawingWords) -> Table:
    return Table(
        (words("department"), words("alignment"), words("meaning"), words("reaches")),
        tuple(
            (one.name, "", words("reaches_nothing"), "")
            if one.alignment is None
            else (
                one.name,
                words.signed(one.alignment),
                words.pull(one.alignment),
                words("of_what_is_owed", share=words.share(one.coverage)),
            )
            for one in needles
        ),
        numbers=(1,),
    )
