"""Conflicts under analyses, people, workers and clocks that get in each other's way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.conflict_states import STATUSES, State, Status, day_came, decided, seen, unseen
from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.domain.findings import Subject
from app.domain.pages import Wanted
from app.domain.waivers import Grant
from app.services import conflict_comments, conflicts, members, sightings
from app.services.conflicts import StoredConflict, expire_waivers
from app.services.sightings import Sighted, Sighting
from app.storage import due, organizations
from app.storage.conflicts import next_waiver_end
from app.storage.database import Database
from app.storage.organizations import OrganizationRow
from app.storage.outbox import OutboxRow
from tests.counts import many
from tests.services.stored import caller

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW = "aaaaaaaa-bbbbbbbb", "cccccccc-bbbbbbbb"
ANY = Condition(if_match=("*",))


class Company:
    """An organization of a workspace of its own, whose analyses see what a test says."""

    def __init__(self, store: Database, name: str) -> None:
        self.store, self.who = store, caller(store, name)
        with store.writing(self.who.workspace) as tx:
            times = {"created_at": NOW, "updated_at": NOW}
            tx.add(OrganizationRow(workspace_id=tx.workspace, id="org_1", key="acme", name="Acme", revision=1, **times))

    def analysed(self, fingerprints: Sequence[str], now: datetime = NOW, **said: Any) -> Any:
        """What the analysis tells of what it did."""
        with self.store.writing(self.who.workspace) as tx:
            row = organizations.current(tx, "acme", locked=True)
            assert row is not None
            found = tuple(a_sighting(fingerprint, **said) for fingerprint in fingerprints)
            return sightings.record_sightings(
                tx, self.who, row, Sighted(f"ana_{now:%d%H%M%S}", 1, now.date(), True, found), now
            )

    def change(
        self, fingerprint: str, said: dict[str, Any], now: datetime = NOW, on: Condition = ANY
    ) -> StoredConflict:
        return conflicts.change(
            self.store, self.who, "acme", fingerprint, said, now, on, unchanged=lambda current: current
        )

    def waive(self, fingerprint: str, expires: date, now: datetime = NOW) -> StoredConflict:
        return self.change(fingerprint, {"status": "waived", "waiver": {"reason": "Later", "expires": expires}}, now)

    def conflict(self, fingerprint: str) -> StoredConflict:
        return conflicts.get(self.store, self.who, "acme", fingerprint)

    def all(self, *sort: str, **filters: tuple[Any, ...]) -> list[StoredConflict]:
        wanted = Wanted(limit=200, sort=sort, filters=filters)
        return list(conflicts.listed(self.store, self.who, "acme", wanted).items)

    def messages(self, *types: str) -> list[tuple[str, dict[str, Any]]]:
        """What waits in the outbox, in its order."""
        with self.store.reading(self.who.workspace) as tx:
            rows = [row for (row,) in tx.all(tx.mine(OutboxRow).order_by(OutboxRow.id))]  # type: ignore[arg-type]
        return [(row.type, row.data) for row in rows if row.type in types]


@pytest.fixture
def company(store: Database, request: pytest.FixtureRequest) -> Company:
    return Company(store, request.node.name)


def a_sighting(fingerprint: str, grounds: str = OLD, waived_by: Grant | None = None, level: Any = "high") -> Sighting:
    return Sighting(
        fingerprint, "goal_conflict", "FLU001", level, 60.0, 0.5, (Subject("kpi", "aht", "source"),), ("service",), None,
        grounds, {"en": f"Title {fingerprint}", "de": f"Titel {fingerprint}"}, waived_by,
    )  # fmt: skip


def test_messages_tell_what_opened_and_what_was_resolved(company: Company) -> None:
    """One for each analysis, with a count and the worst; nothing when nothing happened."""
    assert company.analysed(["f1", "f2"], NOW) == {"opened": 2, "resolved": 0}
    assert company.analysed(["f1", "f2"], NOW + DAY) == {"opened": 0, "resolved": 0}
    assert company.analysed(["f2", "f3"], NOW + 2 * DAY) == {"opened": 1, "resolved": 1}
    assert company.analysed(["f1", "f2", "f3"], NOW + 3 * DAY) == {"opened": 1, "resolved": 0}

    told = [(t, d["count"], d["fingerprints"]) for t, d in company.messages("finding.opened", "finding.resolved")]
    assert sorted(told) == [
        ("finding.opened", 1, ["f1"]), ("finding.opened", 1, ["f3"]), ("finding.opened", 2, ["f1", "f2"]),
        ("finding.resolved", 1, ["f1"]),
    ]  # fmt: skip


def test_a_message_lists_no_more_than_fits(company: Company) -> None:
    """A first analysis may open thousands: all are counted, the worst hundred named."""
    company.analysed([f"f{number}" for number in range(150)])

    ((_, said),) = company.messages("finding.opened")
    assert (said["count"], len(said["fingerprints"])) == (150, sightings.MANY_TOLD)


def test_a_waiver_holds_on_its_last_day_and_is_ended_by_the_worker_on_the_next(company: Company) -> None:
    """Once: the conflict is open, its history and a message say why. Until then it is known when that will be."""
    company.analysed(["f1"])
    company.waive("f1", NOW.date() + DAY)
    with company.store.reading(company.who.workspace) as tx:
        assert next_waiver_end(tx) == datetime(2026, 11, 24, tzinfo=UTC)
        noted = tx.one(due.DueRow, due.DueRow.kind == "waivers")
    assert noted is not None and noted.at == datetime(2026, 11, 24, tzinfo=UTC)

    ended = [expire_waivers(company.store, company.who.workspace, NOW + n * DAY) for n in (0, 1, 2, 3)]

    assert ended == [0, 0, 1, 0]
    conflict = company.conflict("f1")
    assert (conflict.status, conflict.waiver, conflict.history[-1]["because"]) == ("open", None, "expired")
    assert company.messages("conflict.waiver_expired") == [
        ("conflict.waiver_expired", {"organization": "acme", "fingerprint": "f1", "because": "expired"})
    ]
    with company.store.reading(company.who.workspace) as tx:
        assert next_waiver_end(tx) is None


@pytest.mark.parametrize(("days", "grounds", "because"), [(2, OLD, "expired"), (1, NEW, "chain"), (1, OLD, None)])
def test_an_analysis_ends_waivers_too(company: Company, days: int, grounds: str, because: str | None) -> None:
    """Those that have expired, and those of findings that rest on something else now, with a message."""
    company.analysed(["f1"])
    company.waive("f1", NOW.date() + DAY)

    company.analysed(["f1"], NOW + days * DAY, grounds=grounds)

    told = [said["because"] for _, said in company.messages("conflict.waiver_expired")]
    assert (company.conflict("f1").status, told) == (("open", [because]) if because else ("waived", []))


def test_only_waivers_that_people_gave_are_handed_to_analyses(company: Company) -> None:
    """What stands in the document the analysis knows already; what has ended is not handed over."""
    company.analysed(["f1", "f2", "f3", "f4"])
    for one in ("f1", "f2", "f4"):
        company.waive(one, NOW.date())
    company.change("f2", {"status": "open"})
    company.analysed(["f2", "f3", "f4"], waived_by=Grant("suppressions[0]", reason="Known"))
    company.analysed(["f1", "f2", "f3", "f4"], waived_by=Grant("suppressions[0]", reason="Known"))

    with company.store.reading(company.who.workspace) as tx:
        row = organizations.current(tx, "acme")
        assert row is not None
        handed = sightings.waivers_in_force(tx, row)
    assert [grant.place for grant in handed] == ["conflicts/f4"]
    assert {one.status for one in company.all()} == {"waived"}


def test_a_change_of_level_is_noted(company: Company) -> None:
    """With the level before and after."""
    company.analysed(["f1"])

    company.analysed(["f1"], level="low")

    (noted,) = [event for event in company.conflict("f1").history if event["what"] == "regraded"]
    assert noted["level"] == {"before": "high", "after": "low"}


def test_changes_come_one_after_the_other_even_when_the_clock_is_set_back(company: Company) -> None:
    """So that whoever asks for what changed after the last change misses nothing."""
    company.analysed(["f1", "f2"])
    first = company.all("changed_at")[-1].changed_at

    changed = company.change("f2", {"status": "disputed"}, NOW - DAY)

    assert changed.changed_at > first
    assert [one.fingerprint for one in company.all("changed_at", changed_after=(first,))] == ["f2"]


@pytest.mark.parametrize("round_", range(many(100)))
def test_one_of_many_writers_wins_an_etag(company: Company, round_: int) -> None:
    """All start from the same state; the others are told, and nothing of theirs is there."""
    company.analysed(["f1"])
    tag = Condition(if_match=(company.conflict("f1").tag,))
    wishes: list[Status] = ["acknowledged", "disputed", "open", "acknowledged", "disputed", "open"]

    def write(status: Status) -> Status | None:
        try:
            return company.change("f1", {"status": status}, on=tag).status  # type: ignore[return-value]
        except Changed:
            return None

    with ThreadPoolExecutor(len(wishes)) as pool:
        won = [status for status in pool.map(write, wishes) if status]

    conflict = company.conflict("f1")
    assert won == [conflict.status]
    assert len(conflict.history) == 2


@pytest.mark.parametrize("round_", range(many(100)))
def test_who_is_removed_while_others_assign_them_looks_after_nothing(company: Company, round_: int) -> None:
    """Whoever is faster: the conflicts stay, without them, and later assignments are refused as those of a stranger."""
    keys = [f"f{number}" for number in range(5)]
    company.analysed(keys)
    ada = members.add(company.store, company.who, {"name": "Ada", "email": "ada@acme.example"}, NOW).id
    company.change("f0", {"assignee": ada})

    def assign(key: str) -> str:
        try:
            return "assigned" if company.change(key, {"assignee": ada}).assignee else ""
        except DocumentInvalid as refused:
            return refused.problems[0].code

    with ThreadPoolExecutor(6) as pool:
        assigning = [pool.submit(assign, key) for key in keys[1:]]
        pool.submit(members.remove, company.store, company.who, ada, NOW, ANY).result()
        outcomes = {one.result() for one in assigning}

    assert outcomes <= {"assigned", "unknown_person"}
    assert {one.assignee for one in company.all()} == {None}


@pytest.mark.slow
def test_a_copy_stays_in_step_while_many_write(company: Company) -> None:
    """Comments, decisions and analyses at once; who follows the changes has all of them in the end, and no number twice."""
    keys = [f"f{number}" for number in range(6)]
    company.analysed(keys)
    copy: dict[str, StoredConflict] = {}

    def write(seed: int) -> None:
        drawn = random.Random(seed)
        for step in range(12):
            key = drawn.choice(keys)
            if step % 4 == 3:
                company.analysed(drawn.sample(keys, 4), NOW + timedelta(seconds=seed * 100 + step))
            elif step % 4 == 2:
                conflict_comments.add(company.store, company.who, "acme", key, f"{seed} {step}", NOW)
            else:
                with suppress(WrongState):
                    company.change(key, {"status": drawn.choice(("open", "acknowledged", "disputed"))})

    def follow() -> None:
        last = max((one.changed_at for one in copy.values()), default=NOW - DAY)
        copy.update({one.fingerprint: one for one in company.all("changed_at", changed_after=(last,))})

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, seed) for seed in range(4)]
        while not all(one.done() for one in writing):
            follow()
        for one in writing:
            one.result()
    follow()

    now = {one.fingerprint: one for one in company.all()}
    assert {key: (one.status, one.changed_at, one.comments) for key, one in copy.items()} == {
        key: (one.status, one.changed_at, one.comments) for key, one in now.items()
    }
    assert sum(one.comments for one in now.values()) == 12
    for key in keys:
        history = company.conflict(key).history
        assert [event["at"] for event in history] == sorted(event["at"] for event in history)


NUMBERS = count()
SIGHTS = st.tuples(st.just("see"), st.sets(st.sampled_from(("f1", "f2", "f3"))), st.sampled_from((OLD, OLD, NEW)))
OPERATIONS = st.one_of(
    SIGHTS, SIGHTS,
    st.tuples(st.just("decide"), st.sampled_from(("f1", "f2", "f3")), st.sampled_from(STATUSES), st.integers(0, 2)),
    st.tuples(st.just("wait"), st.just(0)),
)  # fmt: skip


@settings(max_examples=many(600))
@given(operations=st.lists(OPERATIONS, max_size=12))
def check_store(store: Database, operations: list[tuple[Any, ...]]) -> None:
    company = Company(store, f"drawn {next(NUMBERS)}")
    model: dict[str, State] = {}
    now = NOW
    for kind, *said in operations:
        if kind == "see":
            fingerprints, grounds = said
            company.analysed(sorted(fingerprints), now, grounds=grounds)
            for one in {*model, *fingerprints}:
                before = model.get(one)
                here = one in fingerprints
                model[one] = (seen(before, grounds, now.date()) if here or before is None else unseen(before)).state
        elif kind == "wait":
            now += DAY
            expire_waivers(store, company.who.workspace, now)
            model = {one: day_came(state, now.date()).state for one, state in model.items()}
        elif said[0] in model:
            _decide(company, model, now, *said)
        assert {one.fingerprint: one.status for one in company.all()} == {k: s.status for k, s in model.items()}


def _decide(company: Company, model: dict[str, State], now: datetime, one: str, status: Status, days: int) -> None:
    expires = now.date() + days * DAY
    row = company.conflict(one)
    waiver = None
    wish: dict[str, Any] = {"status": status}
    if status == "waived":
        wish["waiver"] = {"reason": "Later", "expires": expires}
        known = model[one].waiver
        same = known is not None and known.expires == expires
        waiver = known if same else Grant(
            f"conflicts/{one}", one, owner="somebody", reason="Later", expires=expires, grounds=row.grounds
        )  # fmt: skip
    try:
        expected: State | None = decided(model[one], status, waiver).state
    except WrongState:
        expected = None
    if expected is None:
        with pytest.raises(WrongState):
            company.change(one, wish, now)
    else:
        company.change(one, wish, now)
        model[one] = expected


def test_the_store_keeps_the_states_of_the_domain(store: Database) -> None:
    """Whatever analyses, people and days do to several conflicts: rows say what the pure states say."""
    check_store(store)


def test_a_worker_is_nobody_in_particular(company: Company) -> None:
    """What happens by itself carries the name of the service in the history."""
    company.analysed(["f1"])
    company.waive("f1", NOW.date())

    expire_waivers(company.store, company.who.workspace, NOW + DAY)

    assert company.conflict("f1").history[-1]["by"] == conflicts.SERVICE
    assert isinstance(company.who, Caller)
