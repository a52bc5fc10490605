"""Days as people write them in cells: `2026-01-31`, `31.01.2026`, `1/31/2026`, `31. Januar 2026`; and as spreadsheets count them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


_NAMED = re.compile(r"([0-9]{1,2})\.?[ -]?([^\W\d_]{3,9})\.?[ ,-]{1,2}([0-9]{4})")
_NAME_FIRST = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = (
    ("january", "januar", "jänner"), ("february", "februar"), ("march", "märz", "mär", "mrz"), ("april",), ("may", "mai"),
    ("june", "juni"), ("july", "juli"), ("august",), ("september", "sept"), ("october", "oktober"), ("november",),
    ("december", "dezember"),
)  # fmt: skip
_MONTH_NUMBERS = {
    short: number for number, names in enumerate(_MONTHS, 1) for name in names for short in (name, name[:3])
}


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
    if named := _NAMED.fullmatch(text):
        return _with_month(named[3], named[2], named[1])
    if named := _NAME_FIRST.fullmatch(text):
        return _with_month(named[3], named[1], named[2])
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    day_first, month_first = _day(found[4], found[3], found[1]), _day(found[4], found[1], found[3])
    if found[2] == "." or day_first == month_first:
        return WrittenDay(day_first) if day_first else None
    if day_first and month_first:
        return WrittenDay(day_first, None, month_first)
    return WrittenDay(day_first, True) if day_first else WrittenDay(month_first, False) if month_first else None


def day_counted(number: int, from_1904: bool) -> str | None:
    """The day that spreadsheets count with a number, from 1900 (which they take for a leap year) or from 1904; None where there is none."""
    if number < 0 or number > _LAST_DAY - 1462 * from_1904 or (number in (0, 60) and not from_1904):
        return None
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30) if number > 60 else date(1899, 12, 31)
    return (first + timedelta(number)).isoformat()


_LAST_DAY = 2_958_465
"""31 December 9999, counted from 1900."""


def _with_month(year: str, month: str, day: str) -> WrittenDay | None:
    """The day of a month that is written as a word, in English or German."""
    number = _MONTH_NUMBERS.get(month.casefold())
    found = _day(year, str(number), day) if number else None
    return WrittenDay(found) if found else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
