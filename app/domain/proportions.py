"""Shares of people who agree, how far apart two of them are, and how many people to ask.

Intervals are score intervals (Wilson, 1927, Journal of the American Statistical Association 22), of a difference the hybrid of both
(Newcombe, 1998, Statistics in Medicine 17, method 10): unlike the textbook's they are right for few people and for shares near 0 and 1.
The test is Fisher's exact one (1935); how many to ask follows from the normal approximation (Fleiss, Levin and Paik, 2003, ch. 4).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

CERTAINTY = 0.95
"""How often an interval holds the true value, over many samples."""
POWER = 0.8
"""How often a gap of the size that matters is to be found."""

_NORMAL = NormalDist()


class Interval(NamedTuple):
    """From, to."""

    low: float
    high: float


class Share(NamedTuple):
    """`agreeing` of `asked` people, of whom there is at least one."""

    agreeing: int
    asked: int

    @property
    def value(self) -> float:
        """The share itself, 0–1."""
        return self.agreeing / self.asked


def interval_of(share: Share, certainty: float = CERTAINTY) -> Interval:
    """Where the true share lies."""
    z, n, p = _both_sides(certainty), share.asked, share.value
    middle, reach = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Interval(max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole))


def gap_interval(one: Share, other: Share, certainty: float = CERTAINTY) -> Interval:
    """Where the true difference, `one` less `other`, lies."""
    gap, of_one, of_other = one.value - other.value, interval_of(one, certainty), interval_of(other, certainty)
    down = math.hypot(one.value - of_one.low, of_other.high - other.value)
    up = math.hypot(of_one.high - one.value, other.value - of_other.low)
    return Interval(gap - down, gap + up)


def chance_of_gap(one: Share, other: Share) -> float:
    """How likely a gap at least as odd is when both groups think the same: the two-sided p of Fisher's exact test."""
    agreeing, asked = one.agreeing + other.agreeing, one.asked + other.asked
    possible = range(max(0, agreeing - other.asked), min(agreeing, one.asked) + 1)
    logs = [_log_chance(k, one.asked, other.asked, agreeing) for k in possible]
    seen = _log_chance(one.agreeing, one.asked, other.asked, agreeing)
    whole = _log_choices(asked, agreeing)
    return min(1.0, math.fsum(math.exp(log - whole) for log in logs if log <= seen + 1e-7))


def people_to_ask(one: float, other: float, *, certainty: float = CERTAINTY, power: float = POWER) -> int:
    """How many people of each group to ask so that a gap between these shares is found as often as `power` says."""
    gap = abs(one - other)
    if not gap:
        raise ValueError("between equal shares there is no gap to find")
    mean = (one + other) / 2
    by_chance = _both_sides(certainty) * math.sqrt(2 * mean * (1 - mean))
    truly = _NORMAL.inv_cdf(power) * math.sqrt(one * (1 - one) + other * (1 - other))
    fewest = ((by_chance + truly) / gap) ** 2
    corrected = fewest / 4 * (1 + math.sqrt(1 + 4 / (fewest * gap))) ** 2
    return math.ceil(corrected)


def people_for_width(half_width: float, share: float = 0.5, certainty: float = CERTAINTY) -> int:
    """How many people to ask so that a share is known to plus or minus `half_width`."""
    return math.ceil((_both_sides(certainty) / half_width) ** 2 * share * (1 - share))


def _both_sides(certainty: float) -> float:
    return _NORMAL.inv_cdf((1 + certainty) / 2)


def _log_chance(k: int, asked: int, others: int, agreeing: int) -> float:
    return _log_choices(asked, k) + _log_choices(others, agreeing - k)


def _log_choices(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
