"""The roadmap of an organization: action items in phases, each on its way from a plan to daily business.

It is built from what was found: every item names the findings, gaps and accepted recommendations that it is about, the gravest first.
An item goes through its stages one by one. A stage is left only when everything is so that has to be: what the item shows itself (owner,
dates, measure, guardrail) and what somebody has confirmed; what is missing is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from typing import Literal, NamedTuple

from app.domain.critical_path import Step, Timing, timings
from app.domain.roadmap_templates import STAGES, Criterion, ItemTemplate, Road, Stage

SPECIFIC = "own"
"""Key of the criterion that each item has of its own before it is daily business."""
MOST_GROUNDS = 5

GroundKind = Literal["finding", "gap", "recommendation"]


class Ground(NamedTuple):
    """Why an item is on this organization's road: a finding by its fingerprint, a gap by its question, an accepted recommendation by its
    id. `weight`: how much it weighs among others of its kind, 0–100."""

    kind: GroundKind
    key: str
    about: str
    weight: float


class Measure(NamedTuple):
    """A measure of success or a guardrail: a KPI or metric by its name, its value today, and the one wanted (or not to be passed)."""

    name: str
    baseline: float
    target: float
    unit: str | None = None


class Confirmed(NamedTuple):
    """Somebody says that a criterion is met: who, on which day, and by what it shows."""

    by: str
    on: date
    evidence: str


class Item(NamedTuple):
    """An action item. `confirmed`: by stage and criterion; `after`: keys of items that it waits for."""

    key: str
    stage: Stage
    days: int
    grounds: tuple[Ground, ...] = ()
    owner: str | None = None
    starts_on: date | None = None
    after: tuple[str, ...] = ()
    measure: Measure | None = None
    guardrails: tuple[Measure, ...] = ()
    confirmed: Mapping[tuple[Stage, str], Confirmed] = {}

    @property
    def weight(self) -> float:
        """How much it is about."""
        return fsum(ground.weight for ground in self.grounds)


class Blocked(Exception):
    """An item cannot leave its stage: what is missing."""

    def __init__(self, stage: Stage, missing: Sequence[Criterion]) -> None:
        self.stage, self.missing = stage, tuple(missing)
        super().__init__(f"{stage}: {', '.join(one.key for one in missing)}")


def built(road: Road, grounds: Sequence[Ground]) -> tuple[Item, ...]:
    """The items of a road with their grounds, at the first stage; within a phase the weightiest first, waiting for the phase before."""
    items: list[Item] = []
    before: tuple[str, ...] = ()
    for phase in road.phases:
        made = [Item(template.key, "plan", template.days, _grounds(template, grounds)) for template in phase.items]
        order = {template.key: place for place, template in enumerate(phase.items)}
        made.sort(key=lambda item: (-item.weight, order[item.key]))
        items += [item._replace(after=before) for item in made]
        before = (made[0].key,)
    return tuple(items)


def criteria(road: Road, template: ItemTemplate, stage: Stage) -> tuple[Criterion, ...]:
    """What has to be so before the item leaves the stage."""
    own = (Criterion(SPECIFIC, template.exit, None),) if stage == "implement" else ()
    return (*road.exits[stage], *own)


def missing(road: Road, template: ItemTemplate, item: Item) -> tuple[Criterion, ...]:
    """What is not yet so at the item's stage."""
    return tuple(one for one in criteria(road, template, item.stage) if not _is_met(one, item))


def advanced(road: Road, template: ItemTemplate, item: Item) -> Item:
    """The item at its next stage. Raises Blocked with what is missing; at daily business it stays."""
    place = STAGES.index(item.stage)
    if place == len(STAGES) - 1:
        return item
    if lacking := missing(road, template, item):
        raise Blocked(STAGES[place + 1], lacking)
    return item._replace(stage=STAGES[place + 1])


def progress(items: Sequence[Item]) -> float:
    """How far the road is, 0–1: the stages that were left of all that there are."""
    steps = len(STAGES) - 1
    return fsum(STAGES.index(item.stage) for item in items) / (steps * len(items)) if items else 0.0


def calendar(items: Sequence[Item], starts_on: date) -> dict[str, tuple[date, date, Timing]]:
    """When each item begins and ends when the road starts on a day, and how long it may wait. Raises Circle."""
    steps = {
        item.key: Step(item.days, item.after, max(0, (item.starts_on - starts_on).days) if item.starts_on else 0)
        for item in items
    }
    return {
        key: (starts_on + timedelta(days=one.begins), starts_on + timedelta(days=one.ends), one)
        for key, one in timings(steps).items()
    }


def _is_met(criterion: Criterion, item: Item) -> bool:
    if criterion.check is None:
        return (item.stage, criterion.key) in item.confirmed
    return {
        "owner": bool(item.owner),
        "dates": item.starts_on is not None,
        "measure": item.measure is not None,
        "guardrail": bool(item.guardrails),
    }[criterion.check]


def _grounds(template: ItemTemplate, grounds: Sequence[Ground]) -> tuple[Ground, ...]:
    found = sorted(_meant(template, grounds), key=lambda one: (-one.weight, one.kind, one.key))
    return tuple(found[:MOST_GROUNDS])


def _meant(template: ItemTemplate, grounds: Sequence[Ground]) -> Iterator[Ground]:
    draws_on = template.draws_on
    for ground in grounds:
        if (
            (ground.kind == "finding" and ground.about in draws_on.kinds)
            or (ground.kind == "gap" and ground.about in draws_on.questions)
            or (ground.kind == "recommendation" and draws_on.accepted)
        ):
            yield ground
