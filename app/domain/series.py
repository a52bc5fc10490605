"""Series of observations made comparable: the same periods, no gaps, no trend, no season, nothing that only repeats what was before.

Two measures that both grow, or both dip in summer, move together without having to do with each other. So each series loses its straight
trend, its seasons, and what follows from its own last value (prewhitening: Haugh, 1976, Journal of the
American Statistical Association 71); what is left of two unrelated series is unrelated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from app.domain.strengths import Array


class Period(NamedTuple):
    """How often something is observed: days of one period, periods of a year, seasons that are told apart, and years that show them."""

    name: str
    days: float
    of_year: int
    seasons: int = 1
    years: int = 3

    def number(self, day: date) -> int:
        """The number of the period that a day lies in, counted from the beginning of the calendar."""
        if self.name == "week":
            return day.toordinal() // 7
        return (day.year * 12 + day.month - 1) * self.of_year // 12

    @property
    def least(self) -> int:
        """Fewer points than these do not tell a connection from a common season, nor from chance."""
        return max(LEAST_POINTS, self.years * self.of_year if self.seasons > 1 else 0)


LEAST_POINTS = 12
PERIODS = (
    Period("week", 7.0, 52, 13, 2),
    Period("month", 365.25 / 12, 12, 12),
    Period("quarter", 365.25 / 4, 4, 4),
    Period("year", 365.25, 1),
)

MOST_MISSING = 0.2
"""The share of periods without an observation up to which gaps are filled by the straight line between their neighbours."""


def period_of(days: Sequence[date]) -> Period:
    """The shortest period that the days, in order, are no rarer than at the middle of their distances."""
    gaps = sorted((after - before).days for before, after in pairwise(days))
    middle = gaps[len(gaps) // 2] if gaps else 0
    return next((one for one in PERIODS if middle <= one.days * 1.25), PERIODS[-1])


def by_period(values: Mapping[date, float], period: Period) -> dict[int, float]:
    """The mean of each period that has observations."""
    found: dict[int, list[float]] = {}
    for day, value in values.items():
        found.setdefault(period.number(day), []).append(value)
    return {number: sum(all_) / len(all_) for number, all_ in sorted(found.items())}


def without_gaps(means: Mapping[int, float]) -> tuple[int, Array] | None:
    """The first period, and a value for each from it to the last; None where too much is missing to be filled."""
    if not means:
        return None
    known = np.array(sorted(means))
    every = np.arange(known[0], known[-1] + 1)
    if 1 - len(known) / len(every) > MOST_MISSING:
        return None
    return int(known[0]), np.interp(every, known, [means[number] for number in known.tolist()])


def residuals(values: Array, first: int, period: Period) -> Array:
    """What trend, season and the value before do not tell; the first value has none before it and goes."""
    level = detached(values[None, :], first, period)[0]
    before, after = level[:-1], level[1:]
    whole = float(before @ before)
    repeated = float(before @ after) / whole if whole > 0 else 0.0
    left = after - min(max(repeated, -0.95), 0.95) * before
    unexplained: Array = detached(left[None, :], first + 1, period)[0]
    return unexplained


def detached(rows: Array, first: int, period: Period) -> Array:
    """Rows of values of the periods from `first` on, without the trend and the seasons that they happen to have."""
    basis, _ = np.linalg.qr(_design(rows.shape[1], first, period))
    freed: Array = rows - (rows @ basis) @ basis.T
    return freed


def freedoms_lost(count: int, period: Period) -> int:
    """How many points trend, season and prewhitening use up."""
    return int(_design(count, 0, period).shape[1]) + 1


def _design(count: int, first: int, period: Period) -> Array:
    """Columns of the trend, and of all seasons but one."""
    steps = np.arange(count, dtype=float)
    columns = [np.ones(count), steps - steps.mean()]
    seasons = (first + np.arange(count)) % period.of_year * period.seasons // period.of_year
    columns += [(seasons == season).astype(float) for season in range(1, period.seasons)]
    return np.column_stack(columns)
