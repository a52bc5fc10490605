"""The life of a conflict: analyses, people and days lead it from state to state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.conflict_states import DECISIONS, State, Status, Step, day_came, decided, seen, unseen
from app.domain.errors import WrongState
from app.domain.waivers import Grant
from tests.counts import many

TODAY = date(2026, 11, 22)
OLD, NEW_CHAIN, NEW_SOURCES, ALL_NEW = (
    "aaaaaaaa-bbbbbbbb",
    "cccccccc-bbbbbbbb",
    "aaaaaaaa-dddddddd",
    "cccccccc-dddddddd",
)
STATUSES: tuple[Status, ...] = get_args(Status)


def a_waiver(expires: date = TODAY, grounds: str = OLD) -> Grant:
    """What somebody gave to a conflict."""
    return Grant("conflicts/f1c3", "f1c3", owner="Head of Sales", reason="Later", expires=expires, grounds=grounds)


def a_suppression(expires: date | None = None) -> Grant:
    """What stands in the document."""
    return Grant("suppressions[0]", "f1c3", owner="Head of Sales", reason="Known", expires=expires)


def a_state(status: Status) -> State:
    return State(status, a_waiver() if status == "waived" else None)


@pytest.mark.parametrize(
    ("before", "after", "happened"),
    [
        (None, "new", "appeared"),
        ("new", "open", "stayed"),
        ("open", "open", None),
        ("acknowledged", "acknowledged", None),
        ("disputed", "disputed", None),
        ("waived", "waived", None),
        ("regressed", "open", "stayed"),
        ("resolved", "regressed", "came_back"),
    ],
)
def test_what_an_analysis_sees(before: Status | None, after: Status, happened: str | None) -> None:
    """What is new is new once; what was decided stays decided; what was resolved has come back."""
    step = seen(before and a_state(before), OLD, TODAY)

    assert (step.state.status, step.happened) == (after, happened)


@pytest.mark.parametrize("before", STATUSES)
def test_what_an_analysis_does_not_see_is_resolved(before: Status) -> None:
    """Whatever people had made of it; a waiver ends with what it was given for."""
    assert unseen(a_state(before)).state == State("resolved")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("before", STATUSES)
def test_what_people_may_make_of_it(before: Status, status: Status) -> None:
    """What is possible is done, what it is already is left, and a refusal lists what is possible."""
    waiver = a_waiver(TODAY + timedelta(1)) if status == "waived" else None

    if status in DECISIONS[before]:
        assert decided(a_state(before), status, waiver).state == State(status, waiver)
    elif status == before:
        assert decided(a_state(before), status, waiver) == Step(a_state(before))
    else:
        with pytest.raises(WrongState) as refused:
            decided(a_state(before), status, waiver)
        assert refused.value.possible == DECISIONS[before]
        assert all(
            f"'{one}'" in refused.value.reason and f"'{one}'" in refused.value.german for one in DECISIONS[before]
        )


@pytest.mark.parametrize(
    ("day", "grounds", "because"),
    [
        (TODAY, OLD, None),
        (TODAY + timedelta(1), OLD, "expired"),
        (TODAY, NEW_CHAIN, "chain"),
        (TODAY, NEW_SOURCES, "sources"),
        (TODAY, ALL_NEW, "both"),
        (TODAY + timedelta(1), ALL_NEW, "expired"),
    ],
)
def test_a_waiver_ends_with_its_day_or_with_what_it_rests_on(day: date, grounds: str, because: str | None) -> None:
    """It holds on its last day, and the reason of its end is told."""
    step = seen(State("waived", a_waiver()), grounds, day)

    assert (step.state.status, step.because) == ("open" if because else "waived", because)


@pytest.mark.parametrize("before", STATUSES)
def test_what_the_document_waives_is_waived_and_open_when_it_does_so_no_longer(before: Status) -> None:
    """Whatever it was before; people cannot open what the document keeps waiving."""
    if before == "waived":
        before_it: State | None = State("waived", a_waiver(TODAY - timedelta(1)))
    else:
        before_it = a_state(before)

    waived = seen(before_it, OLD, TODAY, a_suppression()).state

    assert waived == State("waived", a_suppression())
    assert seen(waived, OLD, TODAY) == Step(State("open"), "waiver_ended", "withdrawn")
    with pytest.raises(WrongState, match=r"suppressions\[0\]"):
        decided(waived, "open")


def test_a_waiver_of_people_goes_before_one_in_the_document() -> None:
    """While it holds; then the document's takes its place, and that it ended is told."""
    mine = State("waived", a_waiver())

    assert seen(mine, OLD, TODAY, a_suppression()) == Step(mine)
    assert seen(mine, NEW_CHAIN, TODAY, a_suppression()) == Step(
        State("waived", a_suppression()), "waiver_ended", "chain"
    )


@pytest.mark.parametrize("waiver", [a_waiver(), a_suppression(TODAY)])
def test_a_day_ends_the_waivers_that_held_until_the_one_before(waiver: Grant) -> None:
    """Without any analysis; on the last day itself nothing happens."""
    state = State("waived", waiver)

    assert day_came(state, TODAY) == Step(state)
    assert day_came(state, TODAY + timedelta(1)) == Step(State("open"), "waiver_ended", "expired")


class Model:
    """The same told otherwise: not as states, but as what is known of the conflict, from which its state follows."""

    def __init__(self) -> None:
        self.stays = self.sightings = 0
        self.is_there = False
        self.decision: str | None = None
        self.waiver: Grant | None = None

    def see(self, grounds: str, day: date, in_document: Grant | None) -> None:
        if not self.is_there:
            self.stays, self.sightings, self.decision = self.stays + 1, 0, None
        self.is_there, self.sightings = True, self.sightings + 1
        mine = self.waiver if self.waiver and self.waiver.place.startswith("conflicts/") else None
        holds = mine is not None and (mine.expires is None or day <= mine.expires) and mine.grounds == grounds
        waiver = mine if holds else in_document
        if self.waiver and not waiver:
            self.decision = "open"
        if waiver and waiver is not mine:
            self.decision = None
        self.waiver = waiver

    def miss(self) -> None:
        self.is_there, self.waiver, self.decision = False, None, None

    def wait(self, day: date) -> None:
        if self.waiver and self.waiver.expires and self.waiver.expires < day:
            self.waiver, self.decision = None, "open"

    def decide(self, status: str, waiver: Grant | None) -> bool:
        """Whether it may be."""
        if status == self.status and waiver == self.waiver:
            return True
        by_document = self.waiver is not None and not self.waiver.place.startswith("conflicts/")
        if not self.is_there or by_document or status in ("new", "resolved", "regressed"):
            return False
        self.decision, self.waiver = status, waiver
        return True

    @property
    def status(self) -> str | None:
        if not self.stays:
            return None
        if not self.is_there:
            return "resolved"
        if self.waiver:
            return "waived"
        if self.decision:
            return self.decision
        if self.sightings > 1:
            return "open"
        return "new" if self.stays == 1 else "regressed"


DAYS = st.integers(-1, 2).map(lambda days: TODAY + timedelta(days))
GROUNDS = st.sampled_from((OLD, OLD, NEW_CHAIN, NEW_SOURCES, ALL_NEW))
OPERATIONS = st.one_of(
    st.tuples(st.just("see"), GROUNDS, DAYS, st.none() | st.none() | st.builds(a_suppression, st.none() | DAYS)),
    st.tuples(st.just("miss")),
    st.tuples(st.just("wait"), DAYS),
    st.tuples(st.just("decide"), st.sampled_from(STATUSES), DAYS, GROUNDS),
)


@settings(max_examples=many(20_000))
@given(st.lists(OPERATIONS, max_size=25))
def test_the_states_are_those_of_the_model(operations: list[tuple[Any, ...]]) -> None:
    """Whatever analyses, people and days do, in whatever order; it has a waiver while it is waived, and only then."""
    state: State | None = None
    model = Model()

    for name, *said in operations:
        if name == "see":
            state = seen(state, *said).state
            model.see(*said)
        elif state is None:
            continue
        elif name == "miss":
            state = unseen(state).state
            model.miss()
        elif name == "wait":
            state = day_came(state, *said).state
            model.wait(*said)
        else:
            status, expires, grounds = said
            waiver = a_waiver(expires, grounds) if status == "waived" else None
            may = model.decide(status, waiver)
            if may:
                state = decided(state, status, waiver).state
            else:
                with pytest.raises(WrongState):
                    decided(state, status, waiver)
        assert state is not None
        assert (state.status, state.waiver) == (model.status, model.waiver)
        assert (state.waiver is not None) == (state.status == "waived")
