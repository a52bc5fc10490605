"""Shares and gaps between them, against published examples and exact counts."""

from __future__ import annotations

import math
from itertools import product
from random import Random

import pytest

from app.domain.proportions import (
    Share,
    chance_of_gap,
    gap_interval,
    interval_of,
    people_for_width,
    people_to_ask,
)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (Share(56, 70), Share(48, 80), 0.0524, 0.3339),
        (Share(9, 10), Share(3, 10), 0.1705, 0.8090),
        (Share(5, 56), Share(0, 29), -0.0381, 0.1926),
        (Share(10, 10), Share(0, 20), 0.6791, 1.0000),
        (Share(10, 10), Share(0, 10), 0.6075, 1.0000),
    ],
)
def test_gaps_have_the_intervals_of_newcombe(one: Share, other: Share, low: float, high: float) -> None:
    """Method 10 of his table II, to the four digits that he gives."""
    assert gap_interval(one, other) == pytest.approx((low, high), abs=5e-5)


def test_a_share_has_the_interval_of_wilson() -> None:
    """81 of 263, the first example of Newcombe's paper on single proportions: 0.2553 to 0.3662."""
    assert interval_of(Share(81, 263)) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_the_lady_who_tasted_tea() -> None:
    """Fisher's own example: three of four right on either side has a one-sided chance of 17/70, two-sided of 34/70."""
    assert chance_of_gap(Share(3, 4), Share(1, 4)) == pytest.approx(34 / 70)


def test_the_chance_is_that_of_counting_all_tables() -> None:
    """Every table with the same margins, weighed exactly."""
    sizes = product(range(1, 6), repeat=2)
    tables = [
        (one, asked, other, others)
        for asked, others in sizes
        for one in range(asked + 1)
        for other in range(others + 1)
    ]

    for a, n, b, m in tables:
        k = a + b
        ways = {i: math.comb(n, i) * math.comb(m, k - i) for i in range(max(0, k - m), min(k, n) + 1)}
        exact = sum(way for way in ways.values() if way <= ways[a]) / math.comb(n + m, k)

        assert chance_of_gap(Share(a, n), Share(b, m)) == pytest.approx(exact)


def test_as_many_as_advised_find_the_gap() -> None:
    """75 % of executives against 59 % of customers: with the people advised four of five surveys find it, with half of them fewer."""
    draw = Random(7)
    people = people_to_ask(0.75, 0.59)

    def found(asked: int) -> float:
        surveys = 400
        return (
            sum(
                chance_of_gap(
                    Share(sum(draw.random() < 0.75 for _ in range(asked)), asked),
                    Share(sum(draw.random() < 0.59 for _ in range(asked)), asked),
                )
                < 0.05
                for _ in range(surveys)
            )
            / surveys
        )

    assert found(people) >= 0.75
    assert found(people // 2) < 0.65


def test_a_share_is_known_to_three_points_with_a_thousand_people() -> None:
    """1,068, as every poll says; the worst case is a half."""
    assert people_for_width(0.03) == 1068
    assert people_for_width(0.03, 0.1) < 1068
