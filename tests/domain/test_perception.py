"""How leaders, employees and customers see the same things."""

from __future__ import annotations

import pytest

from app.domain.perception import people_for_a_gap, perceived


def counts(agreeing: int, asked: int) -> tuple[int, ...]:
    """So many agree strongly, the others disagree."""
    return (0, asked - agreeing, 0, 0, agreeing)


def test_the_published_gap_of_accenture() -> None:
    """75 of 100 CEOs think their company customer-centric, 41 of 100 customers are not dissatisfied: a gap of 34 points."""
    (one,) = perceived({"customer_centric": {"executives": counts(75, 100), "customers": counts(41, 100)}})
    (gap,) = one.gaps

    assert gap.gap == pytest.approx(0.34)
    assert 0.2 < gap.interval.low < gap.gap < gap.interval.high < 0.46
    assert gap.holds
    assert gap.chance < 1e-5


def test_the_published_gap_of_the_cmo_council() -> None:
    """Half of the CEOs think so in the extreme, a tenth of customers: with a dozen of each it holds already, with five it does not."""
    (many,) = perceived({"extremely": {"executives": counts(10, 20), "customers": counts(2, 20)}})
    (few,) = perceived({"extremely": {"executives": counts(3, 6), "customers": counts(1, 6)}})

    assert many.gaps[0].holds
    assert not few.gaps[0].holds
    assert few.gaps[0].ask > 6


def test_groups_that_nobody_asked_are_left_out() -> None:
    """One group alone has a share and no gap; a question without answers is none."""
    (one,) = perceived({"trust": {"customers": (1, 2, 3, 4, 0)}, "effort": {"customers": (0, 0, 0, 0, 0)}})

    assert (one.question, one.gaps) == ("trust", ())
    assert (one.seen[0].share.value, one.seen[0].mean) == (0.4, 3.0)


def test_equal_shares_say_how_many_to_ask_for_ten_points() -> None:
    """No gap is seen: one of ten points would take so many."""
    (one,) = perceived({"trust": {"executives": counts(5, 10), "customers": counts(5, 10)}})

    assert (one.gaps[0].holds, one.gaps[0].ask) == (False, people_for_a_gap())
    assert one.gaps[0].chance == pytest.approx(1)
    assert 380 <= people_for_a_gap() <= 420
