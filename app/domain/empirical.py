"""Whether a company's own observations speak for an influence, against it, or do not suffice to say (semantics §9).

An influence claims that its target moves after its source: with a sign, and after a lag. Its catalogue gives the lag; a window around it is
looked at. The figure is the strongest correlation of that sign among the lags of the window; how likely one as strong comes by chance is
counted over shuffled orders of the source, which lose what they have of a trend and seasons as it did, and among which the window is looked
through in the same way. Several influences are tested at once, so that verdicts are held to a rate of false ones together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np

from app.domain.false_rates import FALSE_RATE, held
from app.domain.series import Period, by_period, detached, freedoms_lost, period_of, residuals, without_gaps
from app.domain.strengths import Array

Verdict = Literal["supported", "contradicted", "open", "not_enough"]
"""`open`: there would be enough observations for an effect of the assumed size, and they say neither."""

POWER = 0.85
"""How often an effect of the assumed size is to be found; prewhitening costs some of it, so that four in five are left."""
SHUFFLES = 1_999
EFFECTS: Mapping[str, float] = {"weak": 0.2, "moderate": 0.35, "strong": 0.5}
"""Class of an influence → the correlation that is assumed for advice on how many points are needed (judgement; Cohen, 1988, calls
0.1 small, 0.3 medium and 0.5 large)."""

_NORMAL = NormalDist()


class Claim(NamedTuple):
    """What an influence claims: `sign` +1 or −1, after `lag_days`, at least and at most so many."""

    influence: str
    sign: int
    lag_days: int
    lag_days_min: int
    lag_days_max: int
    strength: str


class Check(NamedTuple):
    """What observations say of a claim.

    `points`: periods that both series have; `needed`: that an effect of the assumed size needs; `correlation`: the strongest one with its
    sign, at `lag` periods; `chance`, `chance_against`: p-values for the claim and for its opposite, None where it was not tested.
    """

    claim: Claim
    verdict: Verdict
    period: str
    points: int
    needed: int
    correlation: float | None = None
    lag: int | None = None
    chance: float | None = None
    chance_against: float | None = None


def checked(
    claims: Sequence[tuple[Claim, Mapping[date, float], Mapping[date, float]]], generator: np.random.Generator
) -> tuple[Check, ...]:
    """Test every claim on the observations of its source and its target, and judge all of them together."""
    looked = [_looked_at(claim, source, target, generator) for claim, source, target in claims]
    speaking = held([one.chance for one in looked])
    against = held([one.chance_against for one in looked])
    return tuple(map(_judged, looked, speaking, against))


def points_needed(claim: Claim, period: Period) -> int:
    """How many points find an effect of the assumed size as often as POWER says, all lags of the window looked through."""
    lags = len(_lags(claim, period))
    enough = _NORMAL.inv_cdf(1 - FALSE_RATE / lags) + _NORMAL.inv_cdf(POWER)
    pure = math.ceil((enough / math.atanh(EFFECTS[claim.strength])) ** 2 + 3)
    shift = max(abs(lag) for lag in _lags(claim, period))
    return max(pure + freedoms_lost(pure + shift, period), period.least) + shift


def _looked_at(
    claim: Claim, source: Mapping[date, float], target: Mapping[date, float], generator: np.random.Generator
) -> Check:
    period = max(period_of(sorted(source)), period_of(sorted(target)), key=lambda one: one.days)
    needed = points_needed(claim, period)
    both = _in_common(source, target, period)
    points = 0 if both is None else len(both[1])
    lags = [lag for lag in _lags(claim, period) if points - lag >= period.least]
    if both is None or not lags:
        return Check(claim, "not_enough", period.name, points, needed)
    first, ours, theirs = both
    if not ours.std() or not theirs.std():
        return Check(claim, "not_enough", period.name, points, needed)
    came, went = residuals(ours, first, period), residuals(theirs, first, period)
    seen = claim.sign * _correlations(came[None, :], went, lags)[0]
    others = detached(_shuffles(came, generator), first + 1, period)
    shuffled = claim.sign * _correlations(others, went, lags)
    best = int(np.argmax(seen))
    worst = int(np.argmin(seen))
    chance = _chance(shuffled.max(axis=1) >= seen[best])
    chance_against = _chance(shuffled.min(axis=1) <= seen[worst])
    told = best if chance <= chance_against else worst
    return Check(
        claim,
        "open",
        period.name,
        points,
        needed,
        float(claim.sign * seen[told]),
        lags[told],
        chance,
        chance_against,
    )


def _in_common(
    source: Mapping[date, float], target: Mapping[date, float], period: Period
) -> tuple[int, Array, Array] | None:
    """The periods that both have, from the first to the last of them."""
    ours, theirs = without_gaps(by_period(source, period)), without_gaps(by_period(target, period))
    if ours is None or theirs is None:
        return None
    first = max(ours[0], theirs[0])
    end = min(ours[0] + len(ours[1]), theirs[0] + len(theirs[1]))
    if end - first < period.least:
        return None
    return first, ours[1][first - ours[0] : end - ours[0]], theirs[1][first - theirs[0] : end - theirs[0]]


def _lags(claim: Claim, period: Period) -> range:
    """The lags in periods that are looked at: those of the catalogue's range, or one to either side where it gives none."""
    likely = round(claim.lag_days / period.days)
    low = round(claim.lag_days_min / period.days) if claim.lag_days_max else likely - 1
    high = round(claim.lag_days_max / period.days) if claim.lag_days_max else likely + 1
    return range(max(0, min(low, likely)), max(high, likely) + 1)


def _correlations(sources: Array, target: Array, lags: Sequence[int]) -> Array:
    """The correlation of each row with the target so many periods later, a column for each lag."""
    return np.column_stack([_correlation(sources[:, : sources.shape[1] - lag], target[lag:]) for lag in lags])


def _correlation(rows: Array, values: Array) -> Array:
    rows = rows - rows.mean(axis=1, keepdims=True)
    values = values - values.mean()
    scale = np.sqrt((rows**2).sum(axis=1) * (values @ values))
    found: Array = np.divide(rows @ values, scale, out=np.zeros(len(rows)), where=scale > 0)
    return found


def _shuffles(values: Array, generator: np.random.Generator) -> Array:
    """The values in other orders. One by one: after prewhitening nothing hangs together any more that blocks would have to keep."""
    shuffled: Array = values[generator.permuted(np.tile(np.arange(len(values)), (SHUFFLES, 1)), axis=1)]
    return shuffled


def _chance(at_least: np.ndarray) -> float:
    return (1 + int(at_least.sum())) / (1 + SHUFFLES)


def _judged(looked: Check, speaks: bool, speaks_against: bool) -> Check:
    if looked.chance is None or looked.chance_against is None:
        return looked
    if speaks and speaks_against:
        speaks, speaks_against = looked.chance < looked.chance_against, looked.chance_against < looked.chance
    if speaks:
        return looked._replace(verdict="supported")
    if speaks_against:
        return looked._replace(verdict="contradicted")
    return looked._replace(verdict="open" if looked.points >= looked.needed else "not_enough")
