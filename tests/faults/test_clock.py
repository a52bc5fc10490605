"""The clock is set back by an hour: nothing is lost, done twice, or waited for until the hour has passed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import AlreadyExists
from app.domain.pages import Wanted
from app.services import analyses, audit_events, documents, job_runs, jobs, organizations, revisions
from app.services.analyses import AnalysisRequest
from app.services.jobs import RELEASE
from app.storage import directory
from app.storage.database import Database
from app.storage.ids import new_id
from tests.faults.writers import a_company
from tests.services.jobs import a_job, an_organization
from tests.services.stored import new_caller, source

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
BACK = NOON - timedelta(hours=1)
ANY = Condition(if_match=("*",))
SECOND = timedelta(seconds=1)


def test_what_is_made_then_has_ids_of_its_own() -> None:
    """Also in the millisecond that comes again."""
    ids = [new_id("org", at) for at in (NOON, BACK, NOON) for _ in range(1000)]

    assert len(set(ids)) == len(ids)


def test_lists_skip_and_repeat_nothing(store: Database) -> None:
    """What was made in the hour that comes again stands among what was made before."""
    me = new_caller(store)
    for number, at in enumerate((NOON, BACK, NOON + SECOND, BACK + SECOND, BACK + 2 * SECOND)):
        an_organization(store, me, f"k{number}", at)
    seen: list[str] = []
    wanted: Wanted | None = Wanted(limit=2, sort=("-created_at",))
    while wanted is not None:
        found = organizations.listed(store, me, wanted, BACK)
        seen += [one.key for one in found.items]
        wanted = None if found.after is None else wanted._replace(place=found.after)

    assert seen == ["k2", "k0", "k4", "k3", "k1"]


def test_revisions_are_counted_and_the_chain_of_audit_events_holds(store: Database) -> None:
    """Numbers tell the order, instants tell what the clock said."""
    me = new_caller(store)
    for name, at in (("one", NOON), ("two", BACK), ("three", BACK + SECOND)):
        documents.replace(store, me, "acme", source(a_company("acme", name)), at, ANY if name != "one" else Condition())

    listed = revisions.listed(store, me, "acme", Wanted(sort=("number",))).items
    assert [(one.number, one.at) for one in listed] == [(1, NOON), (2, BACK), (3, BACK + SECOND)]
    assert documents.get(store, me, "acme").raw["organization"]["name"] == "three"
    assert audit_events.verified(store, me) == (3, None)


def test_a_request_that_is_repeated_is_still_known(store: Database) -> None:
    """A key is good for a day, whatever the clock said when it came first."""
    me = new_caller(store)

    def add(at: datetime) -> Claim:
        claim = Claim("once", "request", at)
        organizations.add(store, me, source({"key": "acme", "name": "Acme"}), at, once=claim)
        return claim

    assert [add(at).replayed for at in (NOON, BACK, NOON + timedelta(hours=23))] == [False, True, True]
    with pytest.raises(AlreadyExists):
        add(NOON + timedelta(hours=24))


def test_a_job_that_was_asked_for_before_is_done_at_once(store: Database) -> None:
    """Not when the hour has passed again."""
    me = new_caller(store)
    asked = a_job(store, me, NOON)

    assert (me.workspace, "jobs") in directory.due(store, ("jobs",), BACK, 1000)
    run = job_runs.take(store, me.workspace, "w1", RELEASE, BACK)
    assert run is not None
    job_runs.succeed(run, None, BACK)
    assert jobs.get(store, me, asked.id).status == "succeeded"


def test_a_job_of_a_worker_that_was_killed_before_is_taken_over_at_once(store: Database) -> None:
    """Its lease ends in an hour as the clock says now; one that is heard of keeps it."""
    me = new_caller(store)
    a_job(store, me, NOON)
    killed = job_runs.take(store, me.workspace, "w1", RELEASE, NOON)

    again = job_runs.take(store, me.workspace, "w2", RELEASE, BACK)

    assert killed is not None and again is not None
    assert (again.id, again.attempt) == (killed.id, 2)
    assert job_runs.take(store, me.workspace, "w3", RELEASE, BACK + SECOND) is None
    job_runs.stay(store, {me.workspace}, "w2", BACK + 8 * SECOND)
    assert job_runs.take(store, me.workspace, "w3", RELEASE, BACK + 12 * SECOND) is None


def test_recurring_work_finds_somebody_at_once(store: Database) -> None:
    """Whoever did it before is heard of, or somebody else does it."""
    assert directory.lead(store, "w1", NOON, NOON + 30 * SECOND)
    assert not directory.lead(store, "w2", NOON + SECOND, NOON + 31 * SECOND)

    assert directory.lead(store, "w2", BACK, BACK + 30 * SECOND)

    assert not directory.lead(store, "w1", BACK + SECOND, BACK + 31 * SECOND)
    assert directory.lead(store, "w2", NOON, NOON)


def test_an_analysis_comes_after_the_one_before(store: Database) -> None:
    """It is compared with that one, and stands behind it in the index over time."""
    me = new_caller(store)
    documents.replace(store, me, "acme", source(a_company("acme")), NOON, Condition())
    request = AnalysisRequest(with_recommendations=False)
    made = [analyses.run(store, me, "acme", request, at) for at in (NOON, BACK, BACK + SECOND)]

    assert [one.previous_id for one in made] == [None, made[0].id, made[1].id]
    listed = analyses.listed(store, me, "acme", Wanted(sort=("created_at",))).items
    assert [one.id for one in listed] == [one.id for one in made]
