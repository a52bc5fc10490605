"""When each step of a project can begin, how long it may wait, and which steps decide the end.

The critical path method (Kelley and Walker, 1959): forwards the earliest, backwards the latest times; what has no slack is critical.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """How many days it takes, what has to end before, and from which day on it may begin."""

    days: int
    after: tuple[str, ...] = ()
    not_before: int = 0


class Timing(NamedTuple):
    """Days from the start of the project: it can begin at `begins` and end at `ends`; the project ends no later when it begins `slack`
    days later."""

    begins: int
    ends: int
    slack: int

    @property
    def is_critical(self) -> bool:
        """Whether the end of the project waits for it."""
        return self.slack == 0


class Circle(ValueError):
    """Steps wait for one another."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        self.steps = steps
        super().__init__(" → ".join((*steps, steps[0])))


def timings(steps: Mapping[str, Step]) -> dict[str, Timing]:
    """The timing of each step, in an order in which they can be done. Raises Circle; steps that are not there hold nothing up."""
    order = _order(steps)
    begins: dict[str, int] = {}
    for key in order:
        ended = [begins[one] + steps[one].days for one in steps[key].after if one in steps]
        begins[key] = max([steps[key].not_before, *ended])
    end = max((begins[key] + steps[key].days for key in order), default=0)
    latest: dict[str, int] = {}
    for key in reversed(order):
        waiting = [latest[one] for one in order if key in steps[one].after]
        latest[key] = min(waiting, default=end) - steps[key].days
    return {key: Timing(begins[key], begins[key] + steps[key].days, latest[key] - begins[key]) for key in order}


def _order(steps: Mapping[str, Step]) -> list[str]:
    """Each step after those that it waits for."""
    order: list[str] = []
    done: set[str] = set()
    for first in steps:
        path = [(first, iter(steps[first].after))] if first not in done else []
        while path:
            key, waits_for = path[-1]
            following = next((one for one in waits_for if one in steps and one not in done), None)
            if following is None:
                path.pop()
                done.add(key)
                order.append(key)
                continue
            on_the_way = [name for name, _ in path]
            if following in on_the_way:
                raise Circle(tuple(on_the_way[on_the_way.index(following) :]))
            path.append((following, iter(steps[following].after)))
    return order
