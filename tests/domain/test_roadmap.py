"""The road from what was found to daily business, and the gates on it."""

from __future__ import annotations

from datetime import date

import pytest

from app.catalogue.instruments import instruments
from app.catalogue.roads import roads
from app.domain.critical_path import Circle
from app.domain.roadmap import (
    Blocked,
    Confirmed,
    Ground,
    Item,
    Measure,
    advanced,
    built,
    calendar,
    criteria,
    missing,
    progress,
)
from app.domain.roadmap_templates import STAGES

ROAD = roads()["four-phases"]
TEMPLATES = {one.key: one for one in ROAD.items()}
DAY = date(2026, 12, 1)
GROUNDS = [
    Ground("finding", "f1", "goal_conflict", 80),
    Ground("finding", "f2", "incentive_flaw", 60),
    Ground("gap", "sponsor", "sponsor", 20),
    Ground("recommendation", "rec_1", "gate", 40),
]


def ready(item: Item) -> Item:
    """The item with all that its stage asks for."""
    template = TEMPLATES[item.key]
    confirmed = {
        (item.stage, one.key): Confirmed("Ada", DAY, "seen")
        for one in criteria(ROAD, template, item.stage)
        if one.check is None
    }
    measure = Measure("Repeat calls", 0.3, 0.2)
    return item._replace(
        owner="Ada",
        starts_on=DAY,
        measure=measure,
        guardrails=(measure,),
        confirmed={**item.confirmed, **confirmed},
    )


def test_a_road_has_four_phases_of_five_items() -> None:
    """Each says how customers take part at every stage, and is tied to something: to questions that there are, to findings or changes."""
    questions = {one.key for instrument in instruments().values() for one in instrument.questions()}

    assert [len(phase.items) for phase in ROAD.phases] == [5, 5, 5, 5]
    assert all(set(phase.customers) == set(STAGES) for phase in ROAD.phases)
    for item in ROAD.items():
        assert set(item.draws_on.questions) <= questions
        assert item.draws_on.questions or item.draws_on.kinds or item.draws_on.accepted


def test_items_name_what_they_are_about_and_the_gravest_come_first() -> None:
    """Conflicts are the first item's, the pilot has the flaw and the accepted recommendation, the board the missing sponsor."""
    items = {item.key: item for item in built(ROAD, GROUNDS)}

    assert [one.key for one in items["own_the_worst_conflicts"].grounds] == ["f1"]
    assert [one.key for one in items["try_changed_goals"].grounds] == ["f2", "rec_1"]
    assert [one.key for one in items["board_first"].grounds] == ["sponsor"]
    assert next(iter(items)) == "own_the_worst_conflicts"
    assert items["try_changed_goals"].after == ("own_the_worst_conflicts",)


def test_a_gate_names_what_is_missing() -> None:
    """Nothing becomes daily business without all that has to be so, its own criterion among it."""
    item = Item("board_first", "plan", 60)
    with pytest.raises(Blocked) as at_plan:
        advanced(ROAD, TEMPLATES["board_first"], item)
    assert [one.key for one in at_plan.value.missing] == ["owner", "dates", "measure", "guardrail"]

    for stage in ("experiment", "implement"):
        item = advanced(ROAD, TEMPLATES["board_first"], ready(item))
        assert item.stage == stage
    with pytest.raises(Blocked) as at_end:
        advanced(ROAD, TEMPLATES["board_first"], item)

    assert at_end.value.stage == "daily_business"
    assert [one.key for one in at_end.value.missing] == ["everywhere", "lasting", "analysed", "own"]
    assert advanced(ROAD, TEMPLATES["board_first"], ready(item)).stage == "daily_business"


def test_progress_counts_stages() -> None:
    """None at the start, all when every item is daily business."""
    items = built(ROAD, GROUNDS)
    done = [item._replace(stage="daily_business") for item in items]

    assert (progress(items), progress(done), progress([])) == (0, 1, 0)
    assert progress([done[0], items[1]]) == 0.5
    assert missing(ROAD, TEMPLATES[done[0].key], done[0]) == ()


def test_the_calendar_follows_what_waits_for_what() -> None:
    """A phase begins when the weightiest item of the one before has ended; items that wait for one another are refused."""
    items = built(ROAD, GROUNDS)
    days = calendar(items, DAY)

    assert days["own_the_worst_conflicts"][0] == DAY
    assert days["try_changed_goals"][0] == days["own_the_worst_conflicts"][1]
    assert any(timing.is_critical for _, _, timing in days.values())
    with pytest.raises(Circle):
        calendar([items[0]._replace(after=(items[1].key,)), items[1]._replace(after=(items[0].key,))], DAY)
