"""What several people together say: their mean, how sure it is, and how far they agree.

The interval is Student's (1908). Agreement is r_wg (James, Demaree and Wolf, 1984, Journal of Applied Psychology 69): one less the variance
among the answers over that of answers given blindly; 1 when all say the same, 0 when they might as well have thrown dice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, variance
from typing import NamedTuple

from app.domain.proportions import CERTAINTY, Interval


class Spread(NamedTuple):
    """`interval` and `agreement` are None where one person alone answered."""

    answers: int
    mean: float
    interval: Interval | None
    agreement: float | None


def spread_of(values: Sequence[float], least: float, most: float, certainty: float = CERTAINTY) -> Spread:
    """What answers on a scale from `least` to `most` come to; there is at least one."""
    count, mean = len(values), fmean(values)
    if count < 2:
        return Spread(count, mean, None, None)
    among = variance(values)
    reach = student((1 + certainty) / 2, count - 1) * math.sqrt(among / count)
    blindly = ((most - least + 1) ** 2 - 1) / 12
    interval = Interval(max(least, mean - reach), min(most, mean + reach))
    return Spread(count, mean, interval, max(0.0, 1 - among / blindly))


def student(quantile: float, freedoms: int) -> float:
    """The quantile of Student's distribution, to within two thousandths of itself.

    Exact for one and two degrees of freedom, else by the expansion about the normal one (Abramowitz and Stegun, 1964, 26.7.5).
    """
    if freedoms == 1:
        return math.tan(math.pi * (quantile - 0.5))
    if freedoms == 2:
        odd = 2 * quantile - 1
        return odd * math.sqrt(2 / (1 - odd * odd))
    z, n = NormalDist().inv_cdf(quantile), freedoms
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160
    return z + first / n + second / n**2 + third / n**3 + fourth / n**4
