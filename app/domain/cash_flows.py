"""What a change may bring and cost, quarter by quarter, when nobody knows its assumptions exactly: drawn many times, all at once.

An assumption is a range with a most likely value, drawn from the triangle over it. Benefits grow from the end of their lag to their full
height; costs are paid at once or every quarter. Money of a quarter comes at its end; what is paid at once is paid now. Draws come from a
generator that is passed in, a row for each assumption in the order of the case, so that the same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from app.domain.strengths import Array

QUARTERS_OF_YEAR = 4
BANDS = (0.05, 0.5, 0.95)
"""Quantiles that are shown: all but a twentieth of draws lie above the first, and below the last."""
SWINGS = (0.1, 0.9)
"""Quantiles of one assumption between which the tornado swings it."""

Mode = Literal["drawn", "held", "left_out"]
"""What becomes of an assumption: drawn from its range, held at its likely value, or taken as nothing at all."""


class Assumption(NamedTuple):
    """A number that nobody knows exactly: `low` ≤ `likely` ≤ `high`. `source`: where it comes from, in words."""

    key: str
    low: float
    likely: float
    high: float
    unit: str
    source: str
    mode: Mode = "drawn"

    def at(self, quantile: Any) -> Any:
        """Its value at a quantile (0–1, a number or an array), as its mode has it."""
        if self.mode == "left_out":
            return np.zeros_like(quantile)
        width = self.high - self.low
        if self.mode == "held" or not width:
            return np.full_like(quantile, self.likely)
        rise, fall = self.likely - self.low, self.high - self.likely
        before = np.asarray(quantile) * width < rise
        up, down = np.sqrt(quantile * width * rise), np.sqrt((1 - quantile) * width * fall)
        return np.where(before, self.low + up, self.high - down)


class Benefit(NamedTuple):
    """Money that comes: keys of the assumptions of what the whole is worth a year, of the share of it that is won, and of its lag in
    quarters. It grows for as long again as `growth` says, in quarters."""

    key: str
    worth: str
    share: str
    lag: str
    growth: str


class Cost(NamedTuple):
    """Money that goes: the key of the assumption of its amount, paid now or every quarter."""

    key: str
    amount: str
    paid: Literal["now", "quarterly"]


class Case(NamedTuple):
    """Everything that the figures rest on. `discount`: the key of the assumption of the rate a year, as a share."""

    assumptions: tuple[Assumption, ...]
    benefits: tuple[Benefit, ...]
    costs: tuple[Cost, ...]
    discount: str
    quarters: int


class Swing(NamedTuple):
    """How far the net present value goes with one assumption when all others are at their likely value."""

    assumption: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """How much the assumption decides."""
        return abs(self.high - self.low)


class Bands(NamedTuple):
    """Quantiles of a figure over the draws."""

    low: float
    middle: float
    high: float


class Outlook(NamedTuple):
    """What the draws come to.

    `quarters`, `cumulated`: cash flow of each quarter, and all until its end with what is paid now; `payback`: quarters until nothing is
    lost any more, None in a band where that is not reached; `pays_back`, `loss`: shares of draws, 0–1.
    """

    draws: int
    net_present_value: Bands
    mean: float
    loss: float
    pays_back: float
    payback: tuple[float | None, float | None, float | None]
    now: Bands
    quarters: tuple[Bands, ...]
    cumulated: tuple[Bands, ...]
    tornado: tuple[Swing, ...]


def outlook(case: Case, draws: int, generator: np.random.Generator) -> Outlook:
    """Draw every assumption that many times, and say what comes of it."""
    chances = generator.random((len(case.assumptions), draws))
    values = {one.key: one.at(chance) for one, chance in zip(case.assumptions, chances, strict=True)}
    now, flows = cash_flows(case, values)
    worth = net_present_values(now, flows, values[case.discount])
    sums = np.cumsum(flows, axis=1) + now[:, None]
    quarters = _payback(now, sums)
    return Outlook(
        draws,
        _bands(worth),
        float(worth.mean()),
        float((worth < 0).mean()),
        float(np.isfinite(quarters).mean()),
        _quarters_of(quarters),
        _bands(now),
        _each_quarter(flows),
        _each_quarter(sums),
        tornado(case),
    )


def cash_flows(case: Case, values: Mapping[str, Array]) -> tuple[Array, Array]:
    """What is paid now, and the cash flow of every quarter: arrays of draws, and of draws by quarters."""
    some = values[case.discount]
    now, flows = np.zeros_like(some), np.zeros((len(some), case.quarters))
    ends = np.arange(1.0, case.quarters + 1)
    for benefit in case.benefits:
        height = values[benefit.worth] * values[benefit.share] / QUARTERS_OF_YEAR
        grown = ends - values[benefit.lag][:, None]
        grown /= np.maximum(values[benefit.growth], 1e-9)[:, None]
        np.clip(grown, 0.0, 1.0, out=grown)
        grown *= height[:, None]
        flows += grown
    for cost in case.costs:
        if cost.paid == "now":
            now -= values[cost.amount]
        else:
            flows -= values[cost.amount][:, None]
    return now, flows


def net_present_values(now: Array, flows: Array, rates: Array) -> Array:
    """What the flows are worth now, at a rate a year for each draw: Σ flow / (1 + rate)^(quarter / 4)."""
    quarterly = (1 + rates) ** (-1 / QUARTERS_OF_YEAR)
    worth = np.zeros_like(now)
    for quarter in range(flows.shape[1] - 1, -1, -1):
        worth += flows[:, quarter]
        worth *= quarterly
    return worth + now


def tornado(case: Case) -> tuple[Swing, ...]:
    """What decides: each assumption swung by itself, the widest first."""
    swings = (_swing(case, one) for one in case.assumptions if one.mode == "drawn" and one.low < one.high)
    return tuple(sorted(swings, key=lambda one: (-one.width, one.assumption)))


def _swing(case: Case, swung: Assumption) -> Swing:
    likely = {one.key: np.full(2, 0.0 if one.mode == "left_out" else one.likely) for one in case.assumptions}
    values = {**likely, swung.key: np.asarray(swung.at(np.asarray(SWINGS)))}
    low, high = net_present_values(*cash_flows(case, values), values[case.discount])
    return Swing(swung.key, float(low), float(high))


def _payback(now: Array, sums: Array) -> Array:
    """Quarters until the sum is not below zero, and stays so; infinite where that is not reached."""
    lost = np.concatenate((now[:, None], sums), axis=1) < 0
    quarters: Array = np.where(lost.any(axis=1), lost.shape[1] - np.argmax(lost[:, ::-1], axis=1), 0).astype(float)
    quarters[lost[:, -1]] = np.inf
    return quarters


def _bands(values: Array) -> Bands:
    low, middle, high = np.quantile(values, BANDS)
    return Bands(float(low), float(middle), float(high))


def _each_quarter(flows: Array) -> tuple[Bands, ...]:
    return tuple(Bands(*map(float, column)) for column in np.quantile(flows, BANDS, axis=0).T)


def _quarters_of(quarters: Array) -> tuple[float | None, float | None, float | None]:
    found: Sequence[float] = np.quantile(quarters, BANDS, method="lower").tolist()
    low, middle, high = (one if np.isfinite(one) else None for one in found)
    return low, middle, high
