"""Lifetime values against the figures of the papers that the formulas come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.lifetime_value import gain_of_a_point, lifetime_value, margin_multiple, value_within

RATES = (0.10, 0.12, 0.14, 0.16)


@pytest.mark.parametrize(
    ("retention", "multiples"),
    [
        (0.6, (1.20, 1.15, 1.11, 1.07)),
        (0.7, (1.75, 1.67, 1.59, 1.52)),
        (0.8, (2.67, 2.50, 2.35, 2.22)),
        (0.9, (4.50, 4.09, 3.75, 3.46)),
    ],
)
def test_margin_multiples_are_those_of_gupta_and_lehmann(retention: float, multiples: tuple[float, ...]) -> None:
    """Their table of retention by discount rate."""
    assert [round(margin_multiple(retention, rate), 2) for rate in RATES] == list(multiples)


def test_the_insured_customer_of_berger_and_nasr() -> None:
    """$260 a year, of whom 75 % stay, $50 a year to keep them, 20 % discount, ten years: $568.78."""
    assert value_within(260, 0.75, 0.2, 10, keeping=50) == pytest.approx(568.78, abs=0.005)


@given(some.floats(1, 1e5), some.floats(0, 0.99), some.floats(0.01, 0.5))
def test_without_an_end_is_the_limit_of_many_years(margin: float, retention: float, discount: float) -> None:
    """The closed form is the sum."""
    assert value_within(margin, retention, discount, 4_000) == pytest.approx(
        lifetime_value(margin, retention, discount)
    )


@given(some.floats(1, 1e5), some.floats(0, 0.98), some.floats(0.01, 0.5))
def test_who_stays_longer_is_worth_more(margin: float, retention: float, discount: float) -> None:
    """A point of retention is worth the more, the more stay already."""
    gain = gain_of_a_point(margin, retention, discount)

    assert gain > 0
    assert gain_of_a_point(margin, retention + 0.01, discount) >= gain


def test_nobody_is_worth_no_end() -> None:
    """Always staying, and no discount, is no value."""
    with pytest.raises(ValueError, match="no end"):
        lifetime_value(100, 1.0, 0.0)
