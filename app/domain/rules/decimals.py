"""Decimals as whole numbers at a scale, so that 0.2 is 0.2 on every row. Whole numbers here have no limit."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from math import isfinite

QUOTIENT_SCALE = 6
"""Digits after the point of a quotient."""

MOST_SCALE = 18
"""Digits after the point that an expression may come to."""

SURE = 0.499
"""A product of doubles farther than this from the nearest whole number may lie on the other side of the half."""

EXACT = 2.0**40
"""Below this a double times a power of ten is off by less than the margin that `SURE` leaves."""


def exactly(value: float, scale: int) -> int:
    """A number as people write it (the shortest decimal of a double) in units of 10^−scale, rounded half to even.

    Raises ValueError on NaN and infinity.
    """
    if isinstance(value, int):
        return int(value * 10**scale)
    if not isfinite(value):
        raise ValueError(f"{value} is no finite number")
    return int(Decimal(repr(float(value))).scaleb(scale).to_integral_value(ROUND_HALF_EVEN))


def digits(value: Decimal) -> int:
    """Digits after the point that a constant needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def constant(value: Decimal, scale: int) -> int:
    """A constant in units of 10^−scale, a scale that holds all its digits."""
    return int(value.scaleb(scale))


def quotient(dividend: int, divisor: int) -> int:
    """The quotient as a whole number, rounded half to even."""
    if divisor < 0:
        dividend, divisor = -dividend, -divisor
    whole, rest = divmod(dividend, divisor)
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2 == 1))


def plain(whole: int, scale: int) -> float:
    """A whole number of units as a double; beyond ±10^300 units it is that, so that nothing overflows."""
    return float(max(-(10**300), min(10**300, whole))) / 10.0**scale
