"""The perception gap: whether those who lead see the company as its customers do.

The same questions are put to executives, employees and customers, on a scale of five. What counts is the share that agrees (four or five);
for each question the gaps between groups are told with their interval, and whether they may be chance. Where they may, it is said how many
people more would have to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, get_args

from app.domain.false_rates import held
from app.domain.instruments import Group
from app.domain.proportions import (
    Interval,
    Share,
    chance_of_gap,
    gap_interval,
    interval_of,
    people_for_width,
    people_to_ask,
)

GROUPS: tuple[Group, ...] = get_args(Group)

SCALE = 5
AGREES = 4
"""From which answer on somebody agrees."""
MATTERS = 0.1
"""A gap of ten points is worth finding (judgement)."""
WIDTH = 0.05
"""Half the width to which a share is worth knowing (judgement)."""

Counts = tuple[int, ...]
"""How many answered 1, 2, … of the scale."""


class Seen(NamedTuple):
    """How one group answers a question: the share that agrees, where the true one lies, and the mean answer."""

    group: Group
    share: Share
    interval: Interval
    mean: float


class Gap(NamedTuple):
    """How far apart two groups are: `gap` is the share of the first less that of the second, −1 to 1.

    `holds`: whether it is more than chance, all gaps taken together; `ask`: people of each group that would find a gap of this size, or
    of ten points where it is smaller.
    """

    first: Group
    second: Group
    gap: float
    interval: Interval
    chance: float
    holds: bool
    ask: int


class Perceived(NamedTuple):
    """One question: how each group that was asked sees it, and the gaps between them."""

    question: str
    seen: tuple[Seen, ...]
    gaps: tuple[Gap, ...]


def perceived(answers: Mapping[str, Mapping[Group, Counts]]) -> tuple[Perceived, ...]:
    """Every question that somebody answered, in the order of their names; groups without answers are left out."""
    questions = [(name, _seen(groups)) for name, groups in sorted(answers.items())]
    gaps = [(name, one, other) for name, seen in questions for one, other in combinations(seen, 2)]
    chances = [chance_of_gap(one.share, other.share) for _, one, other in gaps]
    found: dict[str, list[Gap]] = {}
    for (name, one, other), chance, holds in zip(gaps, chances, held(chances), strict=True):
        found.setdefault(name, []).append(_gap(one, other, chance, holds))
    return tuple(Perceived(name, seen, tuple(found.get(name, ()))) for name, seen in questions if seen)


def people_for_a_share() -> int:
    """How many people of a group to ask so that its share is known to plus or minus WIDTH, whatever it is."""
    return people_for_width(WIDTH)


def people_for_a_gap(base: float = 0.5) -> int:
    """How many people of each group to ask so that a gap that matters is found, around a share of `base`."""
    return people_to_ask(min(1.0, base + MATTERS / 2), max(0.0, base - MATTERS / 2))


def _seen(groups: Mapping[Group, Counts]) -> tuple[Seen, ...]:
    return tuple(_of(group, groups[group]) for group in GROUPS if sum(groups.get(group, ())))


def _of(group: Group, counts: Sequence[int]) -> Seen:
    share = Share(sum(counts[AGREES - 1 :]), sum(counts))
    mean = sum(answer * count for answer, count in enumerate(counts, 1)) / share.asked
    return Seen(group, share, interval_of(share), mean)


def _gap(one: Seen, other: Seen, chance: float, holds: bool) -> Gap:
    gap = one.share.value - other.share.value
    ask = people_to_ask(one.share.value, other.share.value) if abs(gap) >= MATTERS else people_for_a_gap()
    return Gap(one.group, other.group, gap, gap_interval(one.share, other.share), chance, holds, ask)
