"""Jobs are done once, whatever becomes of those who do them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.conditions import Condition
from app.domain.jobs import LEASE
from app.domain.pages import Wanted
from app.services import analyses, analysis_jobs, job_runs, jobs, organizations
from app.services.analyses import AnalysisRequest
from app.services.job_runs import Lost
from app.services.jobs import RELEASE
from app.storage import directory
from app.storage.database import Database
from app.storage.organizations import current
from tests.services.jobs import LATER, NOW, a_job, an_organization, messages, taken
from tests.services.stored import new_caller


def test_the_job_that_waits_longest_is_done_first(store: Database) -> None:
    """In the order in which they were asked for, each by one worker."""
    me = new_caller(store)
    first, second = a_job(store, me), a_job(store, me, NOW + timedelta(seconds=1))

    runs = [job_runs.take(store, me.workspace, worker, RELEASE, LATER - LEASE) for worker in ("w1", "w2", "w3")]

    assert [run and run.id for run in runs] == [first.id, second.id, None]


def test_a_job_of_a_worker_that_is_not_heard_of_is_done_by_another(store: Database) -> None:
    """Not before its lease ends; what the first one still writes then is refused, and nothing of it is there."""
    me = new_caller(store)
    an_organization(store, me)
    asked = a_job(store, me)
    late = taken(store, me)
    assert job_runs.take(store, me.workspace, "w2", RELEASE, NOW + LEASE / 2) is None

    second = taken(store, me, "w2", LATER)

    assert (second.id, second.attempt) == (asked.id, 2)
    with pytest.raises(Lost), late.store.writing(me.workspace) as tx:
        row = current(tx, "acme")
        assert row is not None
        row.name = "written too late"
    with pytest.raises(Lost):
        job_runs.succeed(late, "/too/late", LATER)
    assert organizations.get(store, me, "acme").said["name"] == "Acme"
    assert jobs.get(store, me, asked.id).status == "running"


def test_a_worker_that_gives_signs_of_life_keeps_its_jobs(store: Database) -> None:
    """However long they take."""
    me = new_caller(store)
    a_job(store, me)
    run = taken(store, me)

    job_runs.stay(store, {me.workspace}, "w1", NOW + LEASE / 2)

    assert job_runs.take(store, me.workspace, "w2", RELEASE, NOW + LEASE) is None
    job_runs.succeed(run, None, NOW + LEASE)


def test_a_job_that_costs_three_workers_fails(store: Database) -> None:
    """It is the job that ends them; nothing stays running for ever, and whoever wants to know is told."""
    me = new_caller(store)
    asked = a_job(store, me)
    for number in range(3):
        taken(store, me, f"w{number}", NOW + number * (LATER - NOW))

    assert job_runs.take(store, me.workspace, "w4", RELEASE, NOW + 3 * (LATER - NOW)) is None

    failed = jobs.get(store, me, asked.id)
    assert (failed.status, failed.error) == ("failed", {"error": "job_interrupted"})
    assert messages(store, me) == [("job.failed", {"job": asked.id, "kind": "trial"})]


def test_a_job_that_has_only_to_be_said_to_be_done_does_not_fail(store: Database) -> None:
    """The third worker was lost after it had stored the analysis: it is there, so the job has succeeded."""
    me = new_caller(store)
    an_organization(store, me)
    asked = analysis_jobs.ask(store, me, "acme", AnalysisRequest(), NOW)
    for number in range(3):
        lost = taken(store, me, f"w{number}", NOW + number * (LATER - NOW))
    stored = analysis_jobs.work(lost)

    again = taken(store, me, "w4", NOW + 3 * (LATER - NOW))
    job_runs.succeed(again, analysis_jobs.work(again), NOW)

    assert jobs.get(store, me, asked.id).result == stored
    assert len(analyses.listed(store, me, "acme", Wanted()).items) == 1


def test_jobs_that_are_handed_back_are_not_counted_as_lost(store: Database) -> None:
    """A service that is started again and again does its jobs all the same."""
    me = new_caller(store)
    asked = a_job(store, me)
    for _ in range(5):
        job_runs.hand_back(taken(store, me), NOW)

    job_runs.succeed(taken(store, me), "/v1/something", NOW)

    assert jobs.get(store, me, asked.id).status == "succeeded"


def test_jobs_of_a_later_release_wait_for_its_workers(store: Database) -> None:
    """An older worker would not know what is asked; a later one does what older ones asked for."""
    me = new_caller(store)
    asked = a_job(store, me)

    assert job_runs.take(store, me.workspace, "old", RELEASE - 1, NOW) is None

    assert (me.workspace, "jobs") in directory.due(store, ("jobs",), NOW + job_runs.NOT_OURS, 1000)
    run = job_runs.take(store, me.workspace, "new", RELEASE + 1, NOW)
    assert run is not None
    assert run.id == asked.id


def test_steps_that_are_done_are_not_done_again(store: Database) -> None:
    """A later attempt gets what they came to."""
    me = new_caller(store)
    a_job(store, me)
    run, done = taken(store, me), []
    run.step("read", lambda: done.append("read") or {"rows": 3})  # type: ignore[func-returns-value]

    again = taken(store, me, "w2", LATER)

    assert again.step("read", lambda: done.append("again")) == {"rows": 3}
    assert done == ["read"]


def test_what_is_cancelled_writes_nothing_more(store: Database) -> None:
    """Wherever it is; cancelling again changes nothing, and ended jobs stay as they are."""
    me = new_caller(store)
    asked = a_job(store, me)
    run = taken(store, me)

    cancelled = jobs.cancel(store, me, asked.id, NOW)

    with pytest.raises(Lost):
        run.step("write", lambda: 1)
    with pytest.raises(Lost):
        job_runs.fail(run, ValueError(), NOW)
    assert jobs.cancel(store, me, asked.id, LATER) == cancelled
    assert (cancelled.status, cancelled.finished_at) == ("cancelled", NOW)


def test_a_job_ends_with_the_organization_that_it_is_about(store: Database) -> None:
    """What was erased is not written again."""
    me = new_caller(store)
    an_organization(store, me)
    a_job(store, me, organization="acme")
    run = taken(store, me)

    organizations.remove(store, me, "acme", NOW, Condition(if_match=("*",)), purge=True)

    with pytest.raises(Lost):
        job_runs.succeed(run, None, NOW)


def test_progress_is_shown(store: Database) -> None:
    """How much of how much of what; done means all of it."""
    me = new_caller(store)
    asked = a_job(store, me)
    run = taken(store, me)

    run.progress(2, 5, "files")

    assert jobs.get(store, me, asked.id).shown["progress"] == {"done": 2, "total": 5, "unit": "files"}
    job_runs.succeed(run, None, NOW)
    assert jobs.get(store, me, asked.id).shown["progress"] == {"done": 5, "total": 5, "unit": "files"}


def test_an_analysis_is_stored_once_however_often_its_job_is_begun(store: Database) -> None:
    """A worker that is killed between storing it and saying so has stored it; the next one finds it."""
    me = new_caller(store)
    an_organization(store, me)
    analysis_jobs.ask(store, me, "acme", AnalysisRequest(), NOW)
    first = analysis_jobs.work(taken(store, me))

    second = analysis_jobs.work(taken(store, me, "w2", LATER))

    stored = analyses.listed(store, me, "acme", Wanted()).items
    assert [first, second] == [f"/v1/organizations/acme/analyses/{one.id}" for one in stored] * 2
