"""Jobs as callers see them: asked for, looked at, cancelled. What does them is `app.services.job_runs`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.analysis import ENGINE_VERSION
from app.domain.claims import Claim
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.jobs import ENDED, Status, release_number
from app.domain.pages import Found, Wanted
from app.storage import audit_events, claims, due, jobs
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.jobs import SHOWN, JobRow
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

RELEASE = release_number(ENGINE_VERSION)


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job. `result`: the path of what it came to; `error`: why it failed, as `app.services.job_failures` keeps it."""

    id: str
    kind: str
    organization: str | None
    status: Status
    done: int | None
    total: int | None
    unit: str | None
    actor: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    result: str | None
    error: Any

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/jobs/{self.id}"

    @property
    def result_id(self) -> str:
        """The id of what a job came to that has succeeded."""
        return (self.result or "").rpartition("/")[2]

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in ENDED

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it, but for its result and problem."""
        progress = {"done": self.done, "total": self.total, "unit": self.unit}
        optional = {
            "organization": self.organization,
            "progress": None if self.unit is None else progress,
            "started_at": self.started_at and written(self.started_at),
            "finished_at": self.finished_at and written(self.finished_at),
        }
        return {
            "id": self.id,
            "kind": self.kind,
            "status": self.status,
            "created_at": written(self.created_at),
            "created_by": self.actor,
            **{name: value for name, value in optional.items() if value is not None},
        }


def ask(
    tx: Transaction,
    caller: Caller,
    kind: str,
    input_: Mapping[str, Any],
    now: datetime,
    *,
    organization: Organization | None = None,
) -> StoredJob:
    """Ask for a job, in the transaction of the request that it answers. `input_`: JSON values that its kind understands."""
    row = JobRow(
        workspace_id=tx.workspace,
        id=new_id("job", now),
        kind=kind,
        organization_id=None if organization is None else organization.id,
        organization=None if organization is None else organization.key,
        input=dict(input_),
        actor=caller.actor,
        credential=caller.credential,
        request_id=caller.request_id,
        release=RELEASE,
        created_at=now,
    )
    tx.add(row)
    audit_events.record(tx, caller, at=now, action="job.queued", target=f"jobs/{row.id}")
    due.note(tx, "jobs", now)
    return _stored(row)


def get(store: Database, caller: Caller, id_: str) -> StoredJob:
    """A job; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _stored(_existing(tx, caller, id_))


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[StoredJob]:
    """A page of the jobs that the caller may see."""
    with store.reading(caller.workspace) as tx:
        return jobs.listed(tx, wanted, only=caller.organizations).of(_stored)


def cancel(
    store: Database, caller: Caller, id_: str, now: datetime, *, once: Claim | None = None, dry_run: bool = False
) -> StoredJob:
    """See to it that the job writes nothing more; one that has ended stays as it is. Raises Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredJob)) is not None:
            return before
        row = _existing(tx, caller, id_, locked=True)
        if row.status not in ENDED:
            row.status, row.finished_at = "cancelled", now
            tx.save()
            audit_events.record(tx, caller, at=now, action="job.cancelled", target=f"jobs/{id_}")
        stored = _stored(row)
        claims.keep(tx, caller, once, stored)
        return stored


def _existing(tx: Transaction, caller: Caller, id_: str, *, locked: bool = False) -> JobRow:
    """The job of that id; those about organizations that the caller may not see do not exist for it."""
    row = jobs.job(tx, id_, locked=locked)
    if row is None or (caller.organizations is not None and row.organization not in caller.organizations):
        raise Missing("job", id_)
    return row


def _stored(row: Any) -> StoredJob:
    return StoredJob(**{column.key: getattr(row, column.key) for column in SHOWN})
