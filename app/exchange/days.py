"""Days as people write them in cells: `2026-01-31`, `31.01.2026`, `1/31/2026`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


class WrittenDay(NamedTuple):
    """A day as it is written, `2026-01-31`. `day_first`: whether the day stands before the month, where that shows; `other`: what it is
    when the month stands first, where that is possible too."""

    day: str
    day_first: bool | None = None
    other: str | None = None


def written_day(text: str) -> WrittenDay | None:
    """The day that a text is; None where it is none. Points between its parts mean that the day stands first."""
    if iso := _ISO.fullmatch(text):
        day = _day(iso[1], iso[2], iso[3])
        return WrittenDay(day) if day else None
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    day_first, month_first = _day(found[4], found[3], found[1]), _day(found[4], found[1], found[3])
    if found[2] == "." or day_first == month_first:
        return WrittenDay(day_first) if day_first else None
    if day_first and month_first:
        return WrittenDay(day_first, None, month_first)
    return WrittenDay(day_first, True) if day_first else WrittenDay(month_first, False) if month_first else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
