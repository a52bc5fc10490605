"""Doing jobs: a worker takes one for as long as it is heard of, does it, and says what it came to.

A job is taken by one worker at a time. One that is not heard of for its lease loses its jobs to the others; should it come back, whatever
it still writes is refused, because each attempt has its number. So a job may be computed twice, but what it writes is written once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.errors import JobInterrupted
from app.domain.jobs import LEASE, MOST_LOSSES
from app.services import job_failures
from app.storage import claims, due, jobs, outbox
from app.storage.database import Database
from app.storage.jobs import JobRow
from app.storage.patience import PATIENCE
from app.storage.workspace import Transaction

NOT_OURS = timedelta(seconds=5)
"""When it is looked again for jobs that wait, but for workers of a later release."""

BETWEEN_PROGRESS = 0.5
"""Seconds between two notes of progress, at least: most of it nobody would see."""


class Lost(Exception):
    """The job is not this attempt's any more: it was cancelled, erased, or given to another worker."""


class Run:
    """An attempt at a job, by the worker who has taken it. `now`: when it began.

    `store` is the database, but for this: what is written through it is written only while the job is still this attempt's; else the
    transaction raises Lost, and nothing of it happened.
    """

    def __init__(self, store: Database, row: JobRow, now: datetime) -> None:
        self.workspace, self.id, self.attempt, self.kind = row.workspace_id, row.id, row.attempt, row.kind
        self.organization, self.input, self.now = row.organization, row.input, now
        self.store: Database = _Fenced(store, self)
        self._row, self._steps, self._noted = row, dict(row.steps), 0.0

    @property
    def caller(self) -> Caller:
        """Whoever asked for the job, with the right to do no more than it is about."""
        return _caller(self._row)

    @property
    def claim(self) -> Claim:
        """The claim of the job itself: with it a service does once what later attempts would do again. No caller can claim it."""
        return _claim(self._row)

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        """Do a part of the job that an earlier attempt may have done; returns what it came to, JSON values. Raises Lost.

        A step that was broken off is done again: it must not matter.
        """
        if name not in self._steps:
            said = work()
            with self.store.writing(self.workspace) as tx:
                row = _own(tx, self)
                row.steps = self._steps = {**self._steps, name: said}
                tx.save()
        return self._steps[name]

    def progress(self, done: int, total: int, unit: str) -> None:
        """Note how far the job is, `unit` being what is counted, in the plural. Raises Lost."""
        if time.monotonic() - self._noted < BETWEEN_PROGRESS:
            return
        self._noted = time.monotonic()
        with self.store.writing(self.workspace) as tx:
            row = _own(tx, self)
            row.done, row.total, row.unit = done, total, unit
            tx.save()


def take(
    store: Database, workspace: str, worker: str, release: int, now: datetime, *, lease: timedelta = LEASE
) -> Run | None:
    """Take the workspace's next job for a worker of that release, who loses it when it is not heard of for the lease; None where there is
    none for it."""
    with store.writing(workspace) as tx:
        row = _next(tx, release, now)
        if row is not None:
            row.worker, row.leased_until, row.attempt = worker, now + lease, row.attempt + 1
            row.status, row.started_at = "running", row.started_at or now
            tx.save()
        due.settle(tx, "jobs", lambda tx: jobs.next_due(tx, release, later=now + NOT_OURS))
        return None if row is None else Run(store, row, now)


def stay(store: Database, workspaces: set[str], worker: str, now: datetime, *, lease: timedelta = LEASE) -> None:
    """Keep the jobs that a worker has in these workspaces: it is still there."""
    for workspace in sorted(workspaces):
        with store.writing(workspace) as tx:
            jobs.extend(tx, worker, now + lease)


def succeed(run: Run, result: str | None, now: datetime) -> None:
    """The job is done; `result` is the path of what it came to. Raises Lost."""
    with run.store.writing(run.workspace) as tx:
        row = _own(tx, run)
        row.status, row.result, row.finished_at = "succeeded", result, now
        if row.total is not None:
            row.done = row.total
        tx.save()


def fail(run: Run, error: Exception, now: datetime) -> None:
    """The job came to nothing. Raises Lost."""
    with run.store.writing(run.workspace) as tx:
        _fail(tx, _own(tx, run), error, now)


def hand_back(run: Run, now: datetime) -> None:
    """Leave the job to whoever takes it next, with the steps that are done. Raises Lost."""
    with run.store.writing(run.workspace) as tx:
        row = _own(tx, run)
        row.status, row.worker, row.leased_until = "queued", None, None
        tx.save()
        due.note(tx, "jobs", now)


class _Fenced(Database):
    """The same database, whose transactions write only while a job is a run's own."""

    def __init__(self, store: Database, run: Run) -> None:
        vars(self).update(vars(store))
        self._run = run

    @contextmanager
    def writing(self, workspace: str, *, dry_run: bool = False, patience: float = PATIENCE) -> Iterator[Transaction]:
        """A transaction that writes; raises Lost."""
        with super().writing(workspace, dry_run=dry_run, patience=patience) as tx:
            _own(tx, self._run)
            yield tx


def _own(tx: Transaction, run: Run) -> JobRow:
    """The row of a run's job, while it is its own; nobody takes it away before the transaction ends."""
    row = jobs.job(tx, run.id, locked=True)
    if row is None or row.status != "running" or row.attempt != run.attempt:
        raise Lost
    return row


def _next(tx: Transaction, release: int, now: datetime) -> JobRow | None:
    """The next job to do; one that has cost too many workers fails instead, unless it has only to be said that it is done."""
    while (row := jobs.next_to_do(tx, release, now)) is not None:
        if row.status == "running":
            row.losses += 1
        if row.losses < MOST_LOSSES or _is_done(tx, row):
            return row
        _fail(tx, row, JobInterrupted(), now)
    return None


def _is_done(tx: Transaction, row: JobRow) -> bool:
    """Whether an attempt has written what the job is to come to, and was lost before it could say so."""
    return claims.known(tx, _caller(row), _claim(row), object) is not None


def _caller(row: JobRow) -> Caller:
    only = None if row.organization is None else frozenset((row.organization,))
    return Caller(row.workspace_id, row.actor, row.credential, frozenset(("write",)), only, row.request_id)


def _claim(row: JobRow) -> Claim:
    return Claim(f"job {row.id}", row.id, row.created_at)


def _fail(tx: Transaction, row: JobRow, error: Exception, now: datetime) -> None:
    row.status, row.error, row.finished_at = "failed", job_failures.kept(error), now
    tx.save()
    about = {} if row.organization is None else {"organization": row.organization}
    outbox.add(tx, "job.failed", {"job": row.id, "kind": row.kind, **about}, now)
