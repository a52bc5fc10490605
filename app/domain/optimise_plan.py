"""What the optimiser answers: the plan, the front that it lies on, and, where there is none, what stands in the way (semantics §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.findings import Cost, Effect, Recommendation
from app.domain.optimise_constraints import Constraint


class FrontPoint(NamedTuple):
    """The best that was found for a number of changes: which, what is left at medium and above, and what it clears beyond the point before.

    `severity` is the sum over findings of medium level and above, `total` over all; `removed`, `weakened` and `worsened` are
    fingerprints, against the point before, whose changes need not be among these.
    """

    changes: tuple[str, ...]
    severity: float
    total: float
    alignment: float | None
    removed: tuple[str, ...]
    weakened: tuple[str, ...]
    worsened: tuple[str, ...]
    cost: Cost
    knee: bool = False


class Blocker(NamedTuple):
    """A constraint that stands in the way, and what it says."""

    constraint: Constraint
    said: str


class Search(NamedTuple):
    """How it was found. `runs` of the engine; `moves` that could be made; `complete`: it ended by itself, not because time or runs ran out;
    `gap`: the share of what is left that might still go, as far as the model of the search can tell."""

    runs: int
    moves: int
    complete: bool
    gap: float


class Plan(NamedTuple):
    """A changed document, the changes in the order in which they are best made, and what they do, all of it seen in runs of the engine.

    `effect` and `cost` are of all changes together, those within `changes` of each one after those before it; so are their patches.
    `severity_before` and `severity_after` are sums over findings of medium level and above. `front` begins with no change at all.
    `blockers`: constraints without which there is a plan, while with any of them none was found; then nothing is changed.
    """

    document: Mapping[str, Any]
    changes: tuple[Recommendation, ...]
    effect: Effect
    cost: Cost
    severity_before: float
    severity_after: float
    front: tuple[FrontPoint, ...]
    search: Search
    blockers: tuple[Blocker, ...] = ()


def knee(severities: Sequence[float], counts: Sequence[int]) -> int:
    """Which point of a front lies farthest below the line from its first to its last: beyond it changes clear less, on average."""
    if len(severities) < 3:
        return len(severities) - 1
    fall, way = severities[0] - severities[-1], counts[-1] - counts[0]
    below = [(severities[0] - s) / fall - (n - counts[0]) / way for s, n in zip(severities, counts, strict=True)]
    return max(range(len(below)), key=lambda place: (round(below[place], 9), -place))
