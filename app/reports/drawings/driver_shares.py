"""What moves the worth of customers, beside what pushes it: for each of the four the share of worth, of pressure and of pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

_WIDTH, _LABEL, _NUMBER = 560, 260, 48
_ROW, _GAP, _BAR = 18, 14, 12
_LOOKS = ("bar", "bar pressure", "bar pay")


class Driver(NamedTuple):
    """One of the four by name, with its shares from 0 to 1 of worth, pressure and pay; None where it is not known."""

    name: str
    shares: tuple[float | None, float | None, float | None]


def driver_shares(name: str, drivers: Sequence[Driver], words: DrawingWords) -> Drawing:
    """Three bars for each, in the order in which they come."""
    told = tuple(map(words, ("share_worth", "share_pressure", "share_pay")))
    sheet = Canvas(name, _WIDTH, len(drivers) * (3 * _ROW + _GAP) + 4)
    room = _WIDTH - _LABEL - _NUMBER
    for place, one in enumerate(drivers):
        top = place * (3 * _ROW + _GAP)
        sheet.text(0, top + 14, one.name, "strong")
        for row, (label, share, look) in enumerate(zip(told, one.shares, _LOOKS, strict=True)):
            y = top + row * _ROW
            sheet.text(_LABEL - 8, y + 14, label, "small soft", anchor="end")
            sheet.box(_LABEL, y + 4, room, _BAR, "empty", radius=2)
            if share:
                sheet.box(_LABEL, y + 4, room * share, _BAR, look, radius=2)
            said = words("unknown") if share is None else words.share(share)
            sheet.text(_WIDTH, y + 14, said, "small", anchor="end")
    rows = tuple(
        (one.name, *(words("unknown") if s is None else words.share(s) for s in one.shares)) for one in drivers
    )
    table = Table((words("driver"), *told), rows, (1, 2, 3))
    return sheet.drawn(words("driver_shares"), words("driver_shares_how"), table)
