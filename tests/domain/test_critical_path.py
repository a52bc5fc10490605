"""When steps can begin, and which of them decide the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.critical_path import Circle, Step, timings


def test_the_longest_way_is_critical() -> None:
    """Two ways lead to the end, of seven and of five days: the shorter may wait two."""
    plan = {
        "begin": Step(2),
        "long": Step(4, ("begin",)),
        "short": Step(2, ("begin",)),
        "end": Step(1, ("long", "short")),
    }
    found = timings(plan)

    assert [key for key, one in found.items() if one.is_critical] == ["begin", "long", "end"]
    assert found["short"] == (2, 4, 2)
    assert found["end"].ends == 7


def test_steps_that_wait_for_one_another_are_named() -> None:
    """In the order in which they do."""
    with pytest.raises(Circle) as refused:
        timings({"a": Step(1, ("b",)), "b": Step(1, ("c",)), "c": Step(1, ("b",))})

    assert refused.value.steps == ("b", "c")


def test_a_step_begins_when_it_may() -> None:
    """No earlier than its day; what is not there holds nothing up."""
    found = timings({"late": Step(3, ("gone",), not_before=10), "next": Step(1, ("late",))})

    assert (found["late"].begins, found["next"].begins) == (10, 13)


@given(some.lists(some.tuples(some.integers(0, 9), some.sets(some.integers(0, 20))), max_size=12))
def test_every_step_waits_for_those_before_it(drawn: list[tuple[int, set[int]]]) -> None:
    """Some way is always critical, and nothing with slack is on it."""
    steps = {
        str(place): Step(days, tuple(str(one) for one in sorted(after) if one < place))
        for place, (days, after) in enumerate(drawn)
    }
    found = timings(steps)
    end = max((one.ends for one in found.values()), default=0)

    assert all(found[one].ends <= found[key].begins for key, step in steps.items() for one in step.after)
    assert all(one.slack >= 0 and one.ends + one.slack <= end for one in found.values())
    assert not steps or any(one.is_critical and one.ends == end for one in found.values())
