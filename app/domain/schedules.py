"""When an organization is analysed again by itself: after a while, and when its document begins to count differently."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

Every = Literal["never", "day", "week", "month"]

_DAYS = {"day": 1, "week": 7}


def next_turn(every: Every, last: datetime, now: datetime) -> datetime | None:
    """The first turn after `now`, counted from the last one; months end on their last day where they have no such day."""
    if every == "never":
        return None
    if every != "month":
        step = timedelta(days=_DAYS[every])
        return last + step * max(1, (now - last) // step + 1)
    months = 1
    while (turn := _months_later(last, months)) <= now:
        months += 1
    return turn


def next_change(raw: Mapping[str, Any], day: date) -> datetime | None:
    """The beginning (UTC) of the first day after `day` on which the document, as it is kept, counts differently: a KPI or an incentive
    plan comes into force or leaves it, or a waiver has expired."""
    days = [one for one in _days(raw) if one > day]
    return datetime.combine(min(days), time(), UTC) if days else None


def _days(raw: Mapping[str, Any]) -> Iterator[date]:
    for list_ in ("kpis", "incentive_plans"):
        for item in raw.get(list_, ()):
            yield from map(date.fromisoformat, (item.get("effective") or {}).values())
    for waiver in raw.get("suppressions", ()):
        if waiver.get("expires") and (last := date.fromisoformat(waiver["expires"])) < date.max:
            yield last + timedelta(days=1)


def _months_later(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
