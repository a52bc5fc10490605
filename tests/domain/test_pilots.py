"""How a change is tried before it becomes daily business."""

from __future__ import annotations

import pytest

from app.domain.pilots import FEWEST_UNITS, pilot_of_mean, pilot_of_share


def test_a_change_of_half_a_standard_deviation_takes_sixty_three_people_a_half() -> None:
    """The figure of every table (Cohen, 1988), when people stand for themselves; teams of ten alike take more."""
    alone, teams = pilot_of_mean(0.5, 1, 0), pilot_of_mean(0.5, 10, 0)

    assert alone.people == 63
    assert teams.people == 80
    assert teams.units == 8


def test_a_pilot_waits_for_its_lag_and_looks_as_long_again() -> None:
    """After a quarter's lag a quarter of observation; without a lag four weeks."""
    slow, fast = pilot_of_share(0.6, 0.7, 20, 90), pilot_of_share(0.6, 0.7, 20, 0)

    assert (slow.waits, slow.days, slow.looks_at) == (90, 180, 135)
    assert (fast.waits, fast.days, fast.looks_at) == (0, 28, 14)


def test_smaller_gaps_take_more_people() -> None:
    """Half the gap, about four times the people; never fewer than three units."""
    large, small = pilot_of_share(0.6, 0.8, 1, 0), pilot_of_share(0.6, 0.7, 1, 0)

    assert 3.4 < small.people / large.people < 4.6
    assert pilot_of_share(0.1, 0.9, 500, 0).units == FEWEST_UNITS
    with pytest.raises(ValueError, match="no change"):
        pilot_of_mean(0, 1, 0)
