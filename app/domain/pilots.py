"""How a change is tried on a part of the company before it becomes daily business: who takes part, how long, and when it is stopped.

Half of the units try the change, half go on as before. How many people each half needs follows from the gap that is worth finding; people
of one team are alike, so that teams count for less than their people (the design effect of Kish, 1965, Survey Sampling). It lasts for the
lag after which the effect is to be seen, and for as long again as it takes to see it. A guardrail that gets worse beyond doubt stops it at
half time: with p below 0.001, so that looking once does not spoil the end (Haybittle, 1971, British Journal of Radiology 44).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

from app.domain.proportions import CERTAINTY, POWER, people_to_ask

ALIKE = 0.02
"""How alike people of one unit are: the share of variance between units (judgement; 0.01 to 0.05 is usual in service)."""
WINDOW = 28
"""Days of observation at the least: four weeks hold every weekday four times, and one turn of monthly pay."""
STOP_BELOW = 0.001
"""The p-value at half time below which a guardrail stops a pilot."""
FEWEST_UNITS = 3
"""Units of each half at the least: with fewer one odd team decides."""

_NORMAL = NormalDist()


class Pilot(NamedTuple):
    """`people`, `units`: of each half; `days` from the start to the last observation, of which the first `waits` tell nothing yet;
    `looks_at`: the day on which guardrails are looked at."""

    people: int
    units: int
    days: int
    waits: int
    looks_at: int
    stop_below: float = STOP_BELOW


def pilot_of_share(
    baseline: float, target: float, people_of_unit: int, lag_days: int, *, alike: float = ALIKE
) -> Pilot:
    """A pilot that finds the way from one share to another (0–1)."""
    return _pilot(people_to_ask(baseline, target), people_of_unit, lag_days, alike)


def pilot_of_mean(effect: float, people_of_unit: int, lag_days: int, *, alike: float = ALIKE) -> Pilot:
    """A pilot that finds a change of so many standard deviations of a measure."""
    if not effect:
        raise ValueError("there is no change to find")
    both = _NORMAL.inv_cdf((1 + CERTAINTY) / 2) + _NORMAL.inv_cdf(POWER)
    return _pilot(math.ceil(2 * (both / effect) ** 2), people_of_unit, lag_days, alike)


def _pilot(independent: int, people_of_unit: int, lag_days: int, alike: float) -> Pilot:
    people = math.ceil(independent * (1 + (people_of_unit - 1) * alike))
    units = max(FEWEST_UNITS, math.ceil(people / people_of_unit))
    days = lag_days + max(WINDOW, lag_days)
    return Pilot(units * people_of_unit, units, days, lag_days, lag_days + (days - lag_days) // 2)
