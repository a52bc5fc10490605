"""What a department's goals are after: keeping customers, working cheaply, winning customers, selling them more."""

from __future__ import annotations

from collections.abc import Mapping

from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

DRIVERS = ("retention", "efficiency", "acquisition", "penetration")
"""Retention, efficiency, acquisition, penetration: REAP."""

_WIDTH, _LABEL, _BAR, _NUMBER = 320, 130, 30, 48


def reap(name: str, shares: Mapping[str, float], words: DrawingWords, *, rtl: bool = False) -> Drawing:
    """A bar for each of the four. `shares`: from 0 to 1 by driver."""
    sheet = Canvas(name, _WIDTH, len(DRIVERS) * _BAR + 8, rtl=rtl)
    room = _WIDTH - _LABEL - _NUMBER
    for place, driver in enumerate(DRIVERS):
        y, share = 4 + place * _BAR, shares.get(driver, 0.0)
        sheet.text(0, y + 19, words(driver))
        sheet.box(_LABEL, y + 5, room, _BAR - 12, "empty", radius=2)
        if share > 0:
            sheet.box(_LABEL, y + 5, room * share, _BAR - 12, f"bar {driver}", radius=2)
        sheet.text(_WIDTH, y + 19, words.share(share), "strong", anchor="end")
    rows = tuple((words(driver), words.share(shares.get(driver, 0.0))) for driver in DRIVERS)
    told = ", ".join(f"{driver} {share}" for driver, share in rows)
    return sheet.drawn(
        words("reap"), f"{words('reap_how')} {told}.", Table((words("driver"), words("share")), rows, (1,))
    )
