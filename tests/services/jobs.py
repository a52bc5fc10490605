"""Jobs for tests of those who do them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.access import Caller
from app.services import job_runs, jobs, organizations
from app.services.job_runs import Run
from app.services.jobs import RELEASE, StoredJob
from app.storage.database import Database
from app.storage.organizations import current
from app.storage.outbox import OutboxRow
from tests.services.stored import source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
"""When nobody has heard of a worker for longer than its lease."""


def an_organization(store: Database, me: Caller, key: str = "acme", now: datetime = NOW) -> None:
    organizations.add(store, me, source({"key": key, "name": "Acme"}), now)


def a_job(
    store: Database, me: Caller, now: datetime = NOW, *, organization: str | None = None, **said: Any
) -> StoredJob:
    """A job of the kind `trial` that waits to be done."""
    with store.writing(me.workspace) as tx:
        row = current(tx, organization) if organization else None
        return jobs.ask(tx, me, "trial", said, now, organization=row)


def taken(store: Database, me: Caller, worker: str = "w1", now: datetime = NOW) -> Run:
    """The next job, taken by a worker."""
    run = job_runs.take(store, me.workspace, worker, RELEASE, now)
    assert run is not None
    return run


def messages(store: Database, me: Caller) -> list[tuple[str, Any]]:
    """What was put into the outbox: types and what they say."""
    with store.reading(me.workspace) as tx:
        return [tuple(row) for row in tx.all(tx.mine(OutboxRow, OutboxRow.type, OutboxRow.data).order_by(OutboxRow.id))]
