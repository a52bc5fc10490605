"""A business case drawn 100,000 times over 20 quarters, against the same by hand in NumPy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.domain.cash_flows import BANDS, Assumption, Benefit, Case, Cost, outlook
from tests.bench.timing import Ratio, ratio

DRAWS, QUARTERS = 100_000, 20
RANGES = {
    "worth": (2e6, 3e6, 5e6),
    "share": (0.05, 0.15, 0.3),
    "lag": (1, 2, 4),
    "growth": (1, 2, 6),
    "once": (1e5, 2e5, 4e5),
    "running": (1e4, 2e4, 3e4),
    "rate": (0.06, 0.08, 0.12),
}


def ratios() -> Iterator[Ratio]:
    """Draws, flows, present values, and the bands of each quarter; the tornado is extra."""
    assumptions = tuple(Assumption(key, *map(float, one), "", "") for key, one in RANGES.items())
    benefits = (Benefit("loyalty", "worth", "share", "lag", "growth"),)
    costs = (Cost("begin", "once", "now"), Cost("keep", "running", "quarterly"))
    case = Case(assumptions, benefits, costs, "rate", QUARTERS)
    assert abs(outlook(case, DRAWS, np.random.default_rng(3)).mean / by_hand() - 1) < 0.01
    yield Ratio(
        f"a business case, {DRAWS:,} draws of {QUARTERS} quarters",
        ratio(lambda: outlook(case, DRAWS, np.random.default_rng(3)), by_hand, times=5),
        2,
        "the same by hand in NumPy",
    )


def by_hand() -> float:
    """One expression after the other, for this case only; the mean of what it is worth now."""
    generator = np.random.default_rng(3)
    drawn = {key: generator.triangular(*one, DRAWS) for key, one in RANGES.items()}
    ends = np.arange(1, QUARTERS + 1)
    grown = np.clip((ends - drawn["lag"][:, None]) / drawn["growth"][:, None], 0, 1)
    flows = (drawn["worth"] * drawn["share"] / 4)[:, None] * grown - drawn["running"][:, None]
    worth = (flows * (1 + drawn["rate"][:, None]) ** (-ends / 4)).sum(axis=1) - drawn["once"]
    sums = np.cumsum(flows, axis=1) - drawn["once"][:, None]
    np.quantile(flows, BANDS, axis=0), np.quantile(sums, BANDS, axis=0), np.quantile(worth, BANDS)
    return float(worth.mean())
