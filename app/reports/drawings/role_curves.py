"""What a role is paid when every target is reached so far, before a change and after it."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

Points = Sequence[tuple[float, float]]
"""Attainment and pay, as multiples of the target and of variable pay at target, in the order of the line."""

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 420, 250, 56, 38, 16, 16
_WIDEST, _LEAST_HIGH = 1.5, 1.35
_MARKED = (0.8, 1.0, 1.2)


def role_curves(
    name: str, before: Points, after: Points, words: DrawingWords, *, about: str, rtl: bool = False
) -> Drawing:
    """Both lines on one sheet; where one has no points the other stands alone. `about`: the role."""
    lines = [_cut(line) for line in (before, after)]
    highest = max([_LEAST_HIGH, *(pay for line in lines for _, pay in line)]) * 1.05
    sheet = Canvas(name, _WIDTH, _HEIGHT, rtl=rtl)
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _BOTTOM - _TOP

    def at(attainment: float, pay: float) -> tuple[float, float]:
        return _LEFT + across * attainment / _WIDEST, _TOP + up * (1 - pay / highest)

    for attainment in (0.0, *_MARKED, _WIDEST):
        x, y = at(attainment, 0)
        sheet.line(x, _TOP, x, y, "axis zero" if attainment in _MARKED else "axis")
        sheet.text(x, y + 16, words.share(attainment), "small soft", anchor="middle")
    for pay in (0.0, 0.5, 1.0, *((2.0,) if highest > 2.2 else ())):
        x, y = at(0, pay)
        sheet.line(x, y, _WIDTH - _RIGHT, y, "axis")
        sheet.text(x - 8, y + 4, words.share(pay), "small soft", anchor="end")
    for line, look in zip(lines, ("was", "trend"), strict=True):
        if line:
            sheet.curve([at(*point) for point in line], look)
        for attainment in _MARKED if line else ():
            sheet.dot(*at(attainment, _pay(line, attainment)), 4, "unknown" if look == "was" else "trend")
    sheet.text(_LEFT + across / 2, _HEIGHT - 6, words("result"), "small soft", anchor="middle")
    return sheet.drawn(words("role_curves", name=about), words("role_curves_how"), _table(lines, words))


def _cut(line: Points) -> list[tuple[float, float]]:
    """The line up to where the sheet ends."""
    inside = [(at, pay) for at, pay in line if at < _WIDEST]
    return [*inside, (_WIDEST, _pay(line, _WIDEST))] if line else []


def _pay(line: Points, attainment: float) -> float:
    """What is paid at an attainment: after the jump, where pay jumps there."""
    at, pay = [point for point in line if point[0] <= attainment][-1]
    following = next((point for point in line if point[0] > attainment), None)
    if following is None:
        return pay
    return pay + (following[1] - pay) * (attainment - at) / (following[0] - at)


def _table(lines: Sequence[Points], words: DrawingWords) -> Table:
    rows = [
        (words.share(at), *(words.share(_pay(line, at)) if line else words("unknown") for line in lines))
        for at in (0.0, *_MARKED, _WIDEST)
    ]
    return Table((words("result"), words("curve_before"), words("curve_after")), tuple(rows), numbers=(0, 1, 2))
