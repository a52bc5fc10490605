"""How hard the goals of departments push the four drivers of the customer base, and how much of that is pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from app.domain.customer_asset import DRIVERS, Driver, Pushed
from app.domain.goals import Goals


class Push(NamedTuple):
    """Pressure by department and driver, and by driver the pressure that comes from pay alone."""

    pressure: Pushed
    pay: Mapping[Driver, float]


def push_of(goals: Goals) -> Push:
    """What the goals of a document push; what means no metric with a driver pushes none."""
    pressure: dict[tuple[str, Driver], float] = defaultdict(float)
    pay: dict[Driver, float] = dict.fromkeys(DRIVERS, 0.0)
    for goal in goals.goals:
        metric = goals.metric(goal.item)
        driver = next((one for one in DRIVERS if metric is not None and metric.reap == one), None)
        if driver is not None:
            pressure[goal.department, driver] += goal.pressure
            pay[driver] += goal.pay_pressure
    return Push(dict(pressure), pay)
