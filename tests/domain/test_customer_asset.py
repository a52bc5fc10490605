"""What a customer base is worth, what moves it, and who answers for that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.customer_asset import DRIVERS, Economics, customer_asset, lost_with
from app.domain.lifetime_value import lifetime_value

MANY = Economics("many", 90_000, 40, 0.7, cost_to_serve=60, acquisition_cost=120)
FEW = Economics("few", 10_000, 400, 0.9, cost_to_serve=100, acquisition_cost=300)
SALES = {("sales", "acquisition"): 0.6, ("marketing", "acquisition"): 0.2, ("service", "efficiency"): 0.2}


def test_a_tenth_of_the_customers_is_most_of_the_worth() -> None:
    """The few stay longer and bring more: one in ten, and four fifths of what the base is worth."""
    asset = customer_asset([MANY, FEW], 0.1, {})
    few, many = asset.segments

    assert (few.key, many.key) == ("few", "many")
    assert few.each == pytest.approx(400 * (1 + 0.9 / 0.2))
    assert asset.worth == pytest.approx(few.worth + many.worth)
    assert few.share_of_customers == 0.1
    assert few.share_of_worth is not None
    assert few.share_of_worth > 0.65


def test_what_is_worth_most_is_pushed_by_nobody() -> None:
    """A point of retention is worth more than a percent of anything else, and no department is steered by it."""
    asset = customer_asset([MANY, FEW], 0.1, SALES)  # type: ignore[arg-type]
    drivers = {one.driver: one for one in asset.drivers}

    assert asset.drivers[0].driver == "retention"
    assert drivers["retention"].answerable == ()
    assert drivers["acquisition"].pressure == pytest.approx(0.8)
    assert drivers["acquisition"].answerable == (("sales", pytest.approx(0.75)), ("marketing", pytest.approx(0.25)))
    assert sum(one.share or 0 for one in asset.drivers) == pytest.approx(1)


def test_what_a_lost_point_of_retention_costs() -> None:
    """The difference of the two values of the base; nobody stays less often than never."""
    less = [one._replace(retention=one.retention - 0.02) for one in (MANY, FEW)]
    difference = customer_asset([MANY, FEW], 0.1, {}).worth - customer_asset(less, 0.1, {}).worth

    assert lost_with([MANY, FEW], 0.1, 2) == pytest.approx(difference)
    assert lost_with([MANY], 0.1, 1000) == pytest.approx(
        90_000 * (lifetime_value(40, 0.7, 0.1) - lifetime_value(40, 0, 0.1))
    )


def test_an_empty_base_is_worth_nothing() -> None:
    """And has no shares."""
    asset = customer_asset([], 0.1, {})

    assert (asset.worth, asset.segments, [one.share for one in asset.drivers]) == (0, (), [None] * 4)


some_segment = some.builds(
    Economics,
    key=some.text(max_size=3),
    customers=some.floats(0, 1e4),
    margin=some.floats(0, 1e4),
    retention=some.floats(0, 0.99),
    cost_to_serve=some.floats(0, 1e4),
    acquisition_cost=some.just(0.0),
)


@given(some.lists(some_segment, max_size=4), some.floats(0.01, 0.3))
def test_order_of_segments_does_not_matter(segments: list[Economics], discount: float) -> None:
    """Worth and drivers are the same, whatever comes first; better customers are never worth less."""
    asset, turned = (customer_asset(order, discount, {}) for order in (segments, segments[::-1]))

    assert asset.worth == pytest.approx(turned.worth)
    assert [one.worth for one in asset.drivers] == pytest.approx([one.worth for one in turned.drivers])
    assert {one.driver for one in asset.drivers} == set(DRIVERS)
    assert all(one.worth >= -1e-6 for one in asset.drivers)
