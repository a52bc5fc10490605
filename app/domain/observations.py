"""Observations: dated values of a KPI or of a metric, and the checks of what somebody sends as such. Nothing evaluates them yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from app.domain.document.values import LARGEST
from app.domain.faults import Fault, Path, pointer

Subject = Literal["kpi", "metric"]

MOST_AT_ONCE = 10_000
"""Observations that are written by one request."""

_MEMBERS = ("kpi", "metric", "on", "value")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Series(NamedTuple):
    """What is observed: a KPI of the document by its key, or a metric by its id."""

    subject: Subject
    key: str


class Observation(NamedTuple):
    """A value on a day, in the unit of the KPI or metric."""

    series: Series
    on: date
    value: float


def observations_in(
    said: Any, kpis: Collection[str], metrics: Collection[str]
) -> tuple[tuple[Observation, ...], list[Fault]]:
    """The observations that are sent as `{"items": [{"kpi": "aht", "on": "2026-01-31", "value": 412}]}`, and every fault.

    `kpis`, `metrics`: the keys and ids that there are. A series has one value on a day.
    """
    if not isinstance(said, Mapping):
        return (), [Fault((), "wrong_type", said, "object")]
    faults = [Fault((name,), "unknown_member", said[name], options=("items",)) for name in said if name != "items"]
    items = said.get("items")
    if not isinstance(items, list | tuple):
        wrong = Fault(("items",), "missing") if items is None else Fault(("items",), "wrong_type", items, "list")
        return (), [*faults, wrong]
    if len(items) > MOST_AT_ONCE:
        details = {"count": len(items), "most": MOST_AT_ONCE}
        return (), [*faults, Fault(("items",), "too_many_at_once", details=details)]
    known: Mapping[Subject, Collection[str]] = {"kpi": kpis, "metric": metrics}
    found: list[Observation] = []
    first: dict[tuple[Series, date], Path] = {}
    for place, item in enumerate(items):
        path: Path = ("items", place)
        wrong_here = list(_faults(item, path, known))
        faults += wrong_here
        if wrong_here:
            continue
        one = _observation(item)
        if (earlier := first.setdefault((one.series, one.on), path)) != path:
            faults.append(Fault(path, "observed_twice", one.series.key, details={"first": pointer(earlier)}))
        found.append(one)
    return tuple(found), faults


def _observation(item: Mapping[str, Any]) -> Observation:
    subject: Subject = "kpi" if item.get("kpi") is not None else "metric"
    return Observation(Series(subject, item[subject]), date.fromisoformat(item["on"]), float(item["value"]))


def _faults(item: Any, path: Path, known: Mapping[Subject, Collection[str]]) -> Iterator[Fault]:
    if not isinstance(item, Mapping):
        yield Fault(path, "wrong_type", item, "object")
        return
    for name in item:
        if name not in _MEMBERS:
            yield Fault((*path, name), "unknown_member", item[name], options=_MEMBERS)
    named = [(subject, keys) for subject, keys in known.items() if item.get(subject) is not None]
    if len(named) != 1:
        yield Fault(path, "kpi_or_metric")
    for subject, keys in named:
        key = item[subject]
        if not isinstance(key, str):
            yield Fault((*path, subject), "wrong_type", key, "text")
        elif key not in keys:
            yield Fault((*path, subject), f"unknown_{subject}", key, options=keys)
    yield from _day_faults(item.get("on"), (*path, "on"))
    yield from _value_faults(item.get("value"), (*path, "value"))


def _day_faults(on: Any, path: Path) -> Iterator[Fault]:
    if on is None:
        yield Fault(path, "missing", expectation="day")
    elif not isinstance(on, str) or not _DAY.fullmatch(on) or not _is_day(on):
        yield Fault(path, "not_a_day", on, "day")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _value_faults(value: Any, path: Path) -> Iterator[Fault]:
    if value is None:
        yield Fault(path, "missing", expectation="number")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield Fault(path, "wrong_type", value, "number")
    elif not abs(value) <= LARGEST:
        bound, code = (LARGEST, "too_large") if value > 0 else (-LARGEST, "too_small")
        yield Fault(path, code, value, "at_most" if value > 0 else "at_least", details={"bound": bound})
