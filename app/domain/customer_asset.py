"""The customer base as an asset: what it is worth, in which segments, what moves it, and who answers for that.

Doug Leather names the four things that move it REAP: retention, efficiency (cost to serve), acquisition, penetration (selling more to those
who are there). Each is weighed by what one percent more of it is worth, and held against how hard goals and pay push it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from app.domain.lifetime_value import gain_of_a_point, lifetime_value

Driver = Literal["retention", "efficiency", "acquisition", "penetration"]
DRIVERS: tuple[Driver, ...] = get_args(Driver)

PERCENT = 0.01


class Economics(NamedTuple):
    """A segment. `customers`: how many; `margin`: what one brings a year after `cost_to_serve`, both in the organization's currency;
    `retention`: the share that stays each year; `acquisition_cost`: what winning one costs."""

    key: str
    customers: float
    margin: float
    retention: float
    cost_to_serve: float = 0.0
    acquisition_cost: float = 0.0


class SegmentWorth(NamedTuple):
    """What a customer of a segment is worth, and all of them; `share_of_customers`, `share_of_worth`: of the whole base, 0–1.

    `point`: what all of them are worth more when one more of a hundred stays each year.
    """

    key: str
    each: float
    worth: float
    share_of_customers: float
    share_of_worth: float | None
    point: float


class DriverWorth(NamedTuple):
    """What one percent more of a driver is worth, its share among the four, and how hard it is pushed.

    `pressure`: its share of all pressure on the four, None where nothing is pushed; `answerable`: departments that are steered by it, the
    hardest pushed first, with their share of its pressure.
    """

    driver: Driver
    worth: float
    share: float | None
    pressure: float | None
    answerable: tuple[tuple[str, float], ...]


class CustomerAsset(NamedTuple):
    """The base. Segments and drivers stand in the order of what they are worth, the most first."""

    worth: float
    segments: tuple[SegmentWorth, ...]
    drivers: tuple[DriverWorth, ...]


Pushed = Mapping[tuple[str, Driver], float]
"""How hard each department pushes each driver: the sum of the pressure of its goals."""


def customer_asset(segments: Sequence[Economics], discount: float, pushed: Pushed) -> CustomerAsset:
    """What the segments are worth at a discount rate a year, and what moves it."""
    base = sum(_worth(one, discount) for one in segments)
    customers = sum(one.customers for one in segments)
    valued = [_segment(one, discount, base, customers) for one in segments]
    worths = {driver: sum(_MORE[driver](one, discount) for one in segments) for driver in DRIVERS}
    drivers = [_driver(driver, worths, pushed) for driver in DRIVERS]
    return CustomerAsset(
        base,
        tuple(sorted(valued, key=lambda one: (-one.worth, one.key))),
        tuple(sorted(drivers, key=lambda one: (-one.worth, DRIVERS.index(one.driver)))),
    )


def lost_with(segments: Sequence[Economics], discount: float, points: float) -> float:
    """What the base is worth less when that many fewer of a hundred stay each year."""
    return sum(
        -one.customers * gain_of_a_point(one.margin, one.retention, discount, -_at_most(one, points))
        for one in segments
    )


def _at_most(segment: Economics, points: float) -> float:
    return min(points, 100 * segment.retention)


def _worth(segment: Economics, discount: float) -> float:
    return segment.customers * lifetime_value(segment.margin, segment.retention, discount)


def _segment(segment: Economics, discount: float, base: float, customers: float) -> SegmentWorth:
    worth = _worth(segment, discount)
    return SegmentWorth(
        segment.key,
        lifetime_value(segment.margin, segment.retention, discount),
        worth,
        segment.customers / customers if customers else 0.0,
        worth / base if base > 0 else None,
        _more_retention(segment, discount),
    )


def _more_retention(segment: Economics, discount: float) -> float:
    """One more of a hundred stays each year."""
    return segment.customers * gain_of_a_point(segment.margin, segment.retention, discount)


def _more_efficiency(segment: Economics, discount: float) -> float:
    """Serving costs a percent less, each year of the relationship."""
    return segment.customers * lifetime_value(PERCENT * segment.cost_to_serve, segment.retention, discount)


def _more_acquisition(segment: Economics, discount: float) -> float:
    """A percent more customers are won, at what winning them costs."""
    gained = lifetime_value(segment.margin, segment.retention, discount) - segment.acquisition_cost
    return PERCENT * segment.customers * gained


def _more_penetration(segment: Economics, discount: float) -> float:
    """Each customer brings a percent more a year."""
    return segment.customers * lifetime_value(PERCENT * segment.margin, segment.retention, discount)


_MORE = {
    "retention": _more_retention,
    "efficiency": _more_efficiency,
    "acquisition": _more_acquisition,
    "penetration": _more_penetration,
}


def _driver(driver: Driver, worths: Mapping[Driver, float], pushed: Pushed) -> DriverWorth:
    gains = sum(worth for worth in worths.values() if worth > 0)
    pushing = {department: pressure for (department, one), pressure in pushed.items() if one == driver and pressure > 0}
    whole, all_ = sum(pushing.values()), sum(pushed.values())
    answerable = sorted(((department, pressure / whole) for department, pressure in pushing.items()), key=_hardest)
    return DriverWorth(
        driver,
        worths[driver],
        max(0.0, worths[driver]) / gains if gains > 0 else None,
        whole / all_ if all_ > 0 else None,
        tuple(answerable),
    )


def _hardest(one: tuple[str, float]) -> tuple[float, str]:
    return -one[1], one[0]
