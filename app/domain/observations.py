"""Observations: dated values of a KPI or of a metric. Nothing evaluates them yet."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

Subject = Literal["kpi", "metric"]

MOST_AT_ONCE = 10_000
"""Observations that are written by one request."""


class Series(NamedTuple):
    """What is observed: a KPI of the document by its key, or a metric by its id."""

    subject: Subject
    key: str


class Observation(NamedTuple):
    """A value on a day, in the unit of the KPI or metric."""

    series: Series
    on: date
    value: float
