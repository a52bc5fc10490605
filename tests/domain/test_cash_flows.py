"""Cash flows, and what they are worth now, against worked examples and plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.cash_flows import (
    Assumption,
    Benefit,
    Case,
    Cost,
    cash_flows,
    net_present_values,
    outlook,
    tornado,
)


def sure(key: str, value: float) -> Assumption:
    """Something that is known exactly."""
    return Assumption(key, value, value, value, "money", "known")


def a_case(**ranges: tuple[float, float, float]) -> Case:
    """One benefit of 4,000 a year, of which half is won, after two quarters and two more of growth; 1,000 now and 50 a quarter."""
    known = {
        "worth": (4000.0, 4000.0, 4000.0),
        "share": (0.5, 0.5, 0.5),
        "lag": (2.0, 2.0, 2.0),
        "growth": (2.0, 2.0, 2.0),
        "once": (1000.0, 1000.0, 1000.0),
        "running": (50.0, 50.0, 50.0),
        "rate": (0.1, 0.1, 0.1),
    }
    assumptions = tuple(Assumption(key, *range_, "", "test") for key, range_ in {**known, **ranges}.items())
    costs = (Cost("begin", "once", "now"), Cost("keep", "running", "quarterly"))
    return Case(assumptions, (Benefit("loyalty", "worth", "share", "lag", "growth"),), costs, "rate", 8)


def flows_of(case: Case) -> tuple[float, list[float]]:
    now, flows = cash_flows(case, {one.key: np.array([one.likely]) for one in case.assumptions})
    return float(now[0]), flows[0].tolist()


def test_a_worked_net_present_value() -> None:
    """100,000 now at 10 %, 80,000 after one year and 50,000 after two: 14,049.59."""
    flows = np.array([[0, 0, 0, 80_000, 0, 0, 0, 50_000]], float)

    assert net_present_values(np.array([-100_000.0]), flows, np.array([0.1])) == pytest.approx(14_049.586, abs=1e-3)


def test_benefits_come_after_their_lag_and_grow() -> None:
    """2,000 a year are 500 a quarter: none for two, half in the third, all from the fourth on."""
    now, flows = flows_of(a_case())

    assert now == -1000
    assert flows == [-50, -50, 200, 450, 450, 450, 450, 450]


def test_what_is_sure_has_no_bands() -> None:
    """All draws are the same; all is back after five quarters."""
    came = outlook(a_case(), 50, np.random.default_rng(1))

    assert came.net_present_value.low == pytest.approx(came.net_present_value.high)
    assert [band.middle for band in came.cumulated] == [-1050, -1100, -900, -450, 0, 450, 900, 1350]
    assert (came.payback, came.pays_back, came.loss, came.tornado) == ((5.0, 5.0, 5.0), 1.0, 0.0, ())


def test_the_widest_swing_comes_first() -> None:
    """The share decides more than the rate."""
    swings = tornado(a_case(share=(0.0, 0.5, 1.0), rate=(0.08, 0.1, 0.12)))

    assert [one.assumption for one in swings] == ["share", "rate"]
    assert swings[0].low < swings[0].high
    assert swings[1].low > swings[1].high


def test_assumptions_are_held_or_left_out() -> None:
    """Held at its likely value an assumption swings nothing; left out it counts nothing."""
    case = a_case(share=(0.0, 0.5, 1.0))
    held, out = (
        case._replace(
            assumptions=tuple(one._replace(mode=mode) if one.key == "share" else one for one in case.assumptions)
        )
        for mode in ("held", "left_out")
    )

    assert outlook(held, 50, np.random.default_rng(1)).tornado == ()
    assert outlook(out, 50, np.random.default_rng(1)).net_present_value.high == pytest.approx(
        net_present_values(np.array([-1000.0]), np.full((1, 8), -50.0), np.array([0.1]))[0]
    )


@settings(max_examples=50)
@given(some.tuples(*[some.floats(-1e3, 1e3)] * 3).map(sorted), some.integers(0, 2**32 - 1))
def test_draws_lie_in_their_range_with_the_mean_of_the_triangle(range_: list[float], seed: int) -> None:
    """And the same seed draws the same."""
    low, likely, high = range_
    assumption = Assumption("some", low, likely, high, "", "test")

    drawn, again = (assumption.at(np.random.default_rng(seed).random(20_000)) for _ in range(2))

    assert low - 1e-9 <= drawn.min() <= drawn.max() <= high + 1e-9
    assert drawn.mean() == pytest.approx((low + likely + high) / 3, abs=(high - low) / 100 + 1e-9)
    assert (drawn == again).all()


@settings(max_examples=30)
@given(some.floats(0, 1), some.floats(0, 1), some.floats(0, 6))
def test_more_won_sooner_is_worth_more(share: float, more: float, lag: float) -> None:
    """Net present value rises with the share and falls with the lag."""
    shares = sorted((share, more))

    def worth(share: float, lag: float) -> float:
        case = a_case(share=(share, share, share), lag=(lag, lag, lag))
        now, flows = cash_flows(case, {one.key: np.array([one.likely]) for one in case.assumptions})
        return float(net_present_values(now, flows, np.array([0.1]))[0])

    assert worth(shares[1], lag) >= worth(shares[0], lag)
    assert worth(shares[1], lag) >= worth(shares[1], lag + 1)
