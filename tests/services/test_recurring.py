"""What comes round by itself: analyses, messages, cleaning up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.errors import Missing
from app.domain.pages import Wanted
from app.services import analyses, documents, job_runs, jobs, organizations, recurring, schedules
from app.services.analyses import AnalysisRequest
from app.services.jobs import RELEASE
from app.services.recurring import Recurring
from app.services.sealing import Sealer
from app.services.webhook_transport import WebhookTransport
from app.storage import directory, due
from app.storage.database import Database
from app.storage.outbox import OutboxRow
from tests.databases import KINDS, fresh
from tests.services.jobs import NOW, a_job, an_organization, messages, taken
from tests.services.stored import caller, source

ANY = Condition(if_match=("*",))
DAY = timedelta(days=1)

KNOWN = recurring.recurring(Sealer(["tests"]), WebhookTransport())


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database of each kind: what is due is looked for in all workspaces."""
    with fresh(request.param) as url:
        opened = Database(url)
        yield opened
        opened.close()


def a_document(store: Database, me: Caller, **members: Any) -> None:
    """An organization with a document."""
    raw = {
        "concord": 1,
        "organization": {"key": "acme", "name": "Acme"},
        "departments": [{"key": "sales", "name": "Sales", "function": "sales"}],
        **members,
    }
    documents.replace(store, me, "acme", source(raw), NOW, Condition())


def run_due(*args: Any, **said: Any) -> None:
    """Do all that is due."""
    for _ in recurring.run_due(*args, **said):
        pass


def asked(store: Database, me: Caller) -> list[tuple[str, datetime]]:
    """Jobs that there are, as kind and instant, the oldest first."""
    return [(job.kind, job.created_at) for job in jobs.listed(store, me, Wanted(sort=("created_at",))).items]


def do_all(store: Database, me: Caller) -> None:
    """End the jobs that wait."""
    while (run := job_runs.take(store, me.workspace, "w1", RELEASE, NOW + 400 * DAY)) is not None:
        job_runs.succeed(run, None, NOW)


def test_an_organization_is_analysed_every_day(store: Database) -> None:
    """For the first time when a day has passed, then once a day; days that nobody was there for are not made up for."""
    me = caller(store)
    an_organization(store, me)
    schedules.replace(store, me, "acme", "day", NOW, ANY)

    for days in (0.9, 1.0, 1.5, 2.0, 6.2, 6.9, 7.0):
        run_due(store, KNOWN, NOW + days * DAY, only=("schedules",))
        do_all(store, me)

    assert [at - NOW for _, at in asked(store, me)] == [1.0 * DAY, 2.0 * DAY, 6.2 * DAY, 7.0 * DAY]
    assert schedules.get(store, me, "acme").next_at == NOW + 8 * DAY


def test_an_analysis_that_waits_is_not_asked_for_again(store: Database) -> None:
    """However often its time comes while no worker is there."""
    me = caller(store)
    an_organization(store, me)
    schedules.replace(store, me, "acme", "day", NOW, ANY)

    for days in (1, 2, 3):
        run_due(store, KNOWN, NOW + days * DAY, only=("schedules",))

    assert asked(store, me) == [("analysis", NOW + DAY)]


def test_nothing_is_asked_for_what_was_deleted(store: Database) -> None:
    """A deleted organization's schedule goes on, in case that it is restored."""
    me = caller(store)
    an_organization(store, me)
    schedules.replace(store, me, "acme", "week", NOW, ANY)
    organizations.remove(store, me, "acme", NOW, ANY)

    run_due(store, KNOWN, NOW + 7 * DAY, only=("schedules",))

    assert asked(store, me) == []
    organizations.restore(store, me, "acme", NOW + 8 * DAY)
    assert schedules.get(store, me, "acme").next_at == NOW + 14 * DAY


def test_a_company_that_was_analysed_is_analysed_again_when_a_plan_comes_into_force(store: Database) -> None:
    """At the beginning of the day, and when it ends."""
    me = caller(store)
    period = {"from": "2026-12-01", "to": "2027-01-01"}
    plan = {"key": "p", "department": "sales", "period": "month", "target_variable_pay_share": 0.1}
    kpi = {"key": "deals", "department": "sales", "name": "Deals", "direction": "increase"}
    component = {"key": "p-deals", "kpi": "deals", "weight": 1, "payout": {"kind": "linear"}}
    a_document(store, me, kpis=[kpi], incentive_plans=[{**plan, "components": [component], "effective": period}])
    analyses.run(store, me, "acme", AnalysisRequest(with_recommendations=False), NOW)

    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2027, 1, 1)):
        run_due(store, KNOWN, datetime.combine(day, NOW.timetz()), only=("schedules",))
        do_all(store, me)

    assert [at.date() for _, at in asked(store, me)] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert schedules.get(store, me, "acme").next_at is None


def test_a_company_that_nobody_analysed_is_left_alone(store: Database) -> None:
    """Dates in its document alone ask for nothing."""
    me = caller(store)
    kpi = {
        "key": "k",
        "department": "sales",
        "name": "Deals",
        "direction": "increase",
        "effective": {"from": "2026-12-01"},
    }
    a_document(store, me, kpis=[kpi])

    run_due(store, KNOWN, NOW + 30 * DAY, only=("schedules",))

    assert asked(store, me) == []


def test_messages_wait_for_the_workspace_only_that_has_some(store: Database) -> None:
    """What is due is found in one statement; afterwards nothing is."""
    me = caller(store)
    an_organization(store, me)

    assert directory.due(store, ("messages",), NOW, 10) == [(me.workspace, "messages")]
    run_due(store, KNOWN, NOW, only=("messages",))

    assert directory.due(store, ("messages",), NOW + DAY, 10) == []
    with store.reading(me.workspace) as tx:
        assert tx.count(OutboxRow, OutboxRow.handed_at.is_(None)) == 0  # type: ignore[union-attr]


def test_what_is_out_of_date_goes_by_itself(store: Database) -> None:
    """Deleted things, ended jobs and messages that were handed over after 30 days, in every workspace, those included that were made since
    the worker began."""
    me = caller(store)
    an_organization(store, me)
    run_due(store, KNOWN, NOW, only=("messages",))
    done = a_job(store, me)
    job_runs.succeed(taken(store, me), None, NOW)
    organizations.remove(store, me, "acme", NOW, ANY)
    recurring.note_new_workspaces(store, NOW)

    run_due(store, KNOWN, NOW + 29 * DAY, only=("cleanup",))
    assert jobs.get(store, me, done.id).status == "succeeded"
    assert [type_ for type_, _ in messages(store, me)] == ["document.changed"]
    run_due(store, KNOWN, NOW + 31 * DAY, only=("cleanup",))
    assert messages(store, me) == []

    with pytest.raises(Missing):
        jobs.get(store, me, done.id)
    with pytest.raises(Missing):
        organizations.remove(store, me, "acme", NOW + 31 * DAY, ANY, purge=True)


def test_work_that_goes_wrong_is_put_off_and_holds_nobody_up(store: Database) -> None:
    """The fault of one workspace is not that of the others; a minute later it is tried again."""
    ours, theirs = caller(store, "ours"), caller(store, "theirs")
    for who in (ours, theirs):
        with store.writing(who.workspace) as tx:
            due.note(tx, "schedules", NOW)
    seen = []

    def work(_: Database, workspace: str, __: datetime) -> None:
        seen.append(workspace)
        if workspace == ours.workspace:
            raise ValueError("a fault")

    run_due(store, {"schedules": Recurring(work, lambda tx, now: None)}, NOW)

    assert sorted(seen) == sorted([ours.workspace, theirs.workspace])
    assert directory.due(store, ("schedules",), NOW, 10) == []
    assert directory.due(store, ("schedules",), NOW + recurring.AFTER_A_FAULT, 10) == [(ours.workspace, "schedules")]


def test_one_worker_leads(store: Database) -> None:
    """Until it is not heard of any more, or leaves."""
    later, half_a_minute = NOW + timedelta(seconds=30), timedelta(seconds=30)

    assert directory.lead(store, "first", NOW, later)
    assert not directory.lead(store, "second", NOW + timedelta(seconds=29), later + half_a_minute)
    assert directory.lead(store, "second", later, later + half_a_minute)
    assert not directory.lead(store, "first", later, later + half_a_minute)
    assert directory.lead(store, "second", later, later)
    assert directory.lead(store, "first", later, later + half_a_minute)
