"""What people change in a roadmap: the members of an item, what they confirm, its stage; and a road that is built anew under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.critical_path import Circle
from app.domain.errors import WrongState
from app.domain.faults import Fault, invalid
from app.domain.roadmap import Confirmed, Ground, Item, Measure, advanced, built, calendar, criteria
from app.domain.roadmap_templates import STAGES, ItemTemplate, Road, Stage


class Wanted(NamedTuple):
    """An item as it is to be. `evidence`: by criterion of the stage at which it is; `stage`: where it is to go after that."""

    owner: str | None
    starts_on: date | None
    days: int
    after: tuple[str, ...]
    measure: Measure | None
    guardrails: tuple[Measure, ...]
    evidence: Mapping[str, str]
    stage: Stage


def renewed(road: Road, grounds: Sequence[Ground], items: Sequence[Item]) -> tuple[Item, ...]:
    """The road built anew: in the order and with the grounds of today, and with all that people entered before."""
    before = {item.key: item for item in items}
    return tuple(
        before[item.key]._replace(grounds=item.grounds) if item.key in before else item for item in built(road, grounds)
    )


def changed(
    road: Road, items: Sequence[Item], key: str, wanted: Wanted, by: str, on: date, starts_on: date
) -> tuple[Item, ...]:
    """The items, one of which is as it is wanted. `by`, `on`: who says what is confirmed anew, and when; `starts_on`: the road's first day.

    Raises DocumentInvalid with every fault, Blocked with what is missing for the next stage, and WrongState for a stage farther on.
    """
    template = next(one for one in road.items() if one.key == key)
    item = next(one for one in items if one.key == key)
    if faults := list(_faults(road, template, items, item, wanted)):
        raise invalid(faults)
    entered = item._replace(
        owner=wanted.owner,
        starts_on=wanted.starts_on,
        days=wanted.days,
        after=wanted.after,
        measure=wanted.measure,
        guardrails=wanted.guardrails,
        confirmed=_confirmed(item, wanted.evidence, by, on),
    )
    made = tuple(_at_stage(road, template, entered, wanted.stage) if one.key == key else one for one in items)
    try:
        calendar(made, starts_on)
    except Circle as circle:
        names = " → ".join((*circle.steps, circle.steps[0]))
        raise invalid([Fault(("after",), "items_in_circle", list(wanted.after), details={"circle": names})]) from None
    return made


def _at_stage(road: Road, template: ItemTemplate, item: Item, stage: Stage) -> Item:
    here, there = STAGES.index(item.stage), STAGES.index(stage)
    if there > here + 1:
        reason = f"An item goes through its stages one by one: after {item.stage} comes {STAGES[here + 1]}."
        german = f"Eine Maßnahme geht Stufe um Stufe: Nach {item.stage} kommt {STAGES[here + 1]}."
        raise WrongState(reason, german, STAGES[: here + 2])
    if there > here:
        return advanced(road, template, item)
    if there < here:
        kept = {place: one for place, one in item.confirmed.items() if STAGES.index(place[0]) < there}
        return item._replace(stage=stage, confirmed=kept)
    return item


def _confirmed(item: Item, evidence: Mapping[str, str], by: str, on: date) -> dict[tuple[Stage, str], Confirmed]:
    """What was confirmed at stages before, and at this one by the evidence; who said the same before said it then."""
    said = {place: one for place, one in item.confirmed.items() if place[0] != item.stage}
    for criterion, text in evidence.items():
        before = item.confirmed.get((item.stage, criterion))
        same = before is not None and before.evidence == text
        said[item.stage, criterion] = before if before is not None and same else Confirmed(by, on, text)
    return said


def _faults(road: Road, template: ItemTemplate, items: Sequence[Item], item: Item, wanted: Wanted) -> Iterator[Fault]:
    keys = [one.key for one in items]
    for place, other in enumerate(wanted.after):
        if other not in keys:
            yield Fault(("after", place), "unknown_item", other, options=keys)
        elif other in wanted.after[:place]:
            yield Fault(
                ("after", place), "duplicate_key", other, details={"where": f"/after/{wanted.after.index(other)}"}
            )
    here = {one.key: one for one in criteria(road, template, item.stage)}
    for criterion in wanted.evidence:
        if criterion not in here:
            yield Fault(("confirmed", criterion), "unknown_member", options=list(here))
        elif here[criterion].check is not None:
            yield Fault(("confirmed", criterion), "shown_by_item", details={"shown_by": here[criterion].check})
    if wanted.measure is not None and wanted.measure.baseline == wanted.measure.target:
        yield Fault(("measure", "target"), "target_is_baseline", wanted.measure.target)
