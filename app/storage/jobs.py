"""Jobs: work that somebody asked for, in the order in which they asked, and what has become of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, and_, case, func, literal, or_
from sqlmodel import Field

from app.domain.jobs import ENDED, LONGEST_LEASE
from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class JobRow(Owned, table=True):
    """A job. `organization` is the key of the one that it is about, `release` the number of the version that asked for it.

    `attempt` counts how often it was begun: a worker that comes back late sees by it that the job is another one's. `losses`: how often a
    worker was not heard of any more. `steps`: what steps came to, which a later attempt does not do again. `error`: why it failed.
    """

    __tablename__ = "job"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("job_created", "workspace_id", "created_at", "id"),
        Index("job_status", "workspace_id", "status", "created_at", "id"),
    )

    id: str = Field(primary_key=True)
    kind: str
    organization_id: str | None = None
    organization: str | None = None
    input: Any = Field(sa_type=Json)
    actor: str
    credential: str
    request_id: str | None = None
    release: int
    created_at: datetime = Field(sa_type=Instant)
    status: str = "queued"
    done: int | None = None
    total: int | None = None
    unit: str | None = None
    attempt: int = 0
    losses: int = 0
    worker: str | None = None
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    steps: Any = Field(default_factory=dict, sa_type=Json)
    result: str | None = None
    error: Any = Field(default=None, sa_type=Json)


def job(tx: Transaction, id_: str, *, locked: bool = False) -> JobRow | None:
    """The job of that id."""
    return tx.one(JobRow, _c.id == id_, locked=locked)


def listed(tx: Transaction, wanted: Wanted, *, only: Collection[str] | None) -> Found[Row[Any]]:
    """A page of the jobs, the newest first unless another order is wanted. `only`: keys of the organizations that may be seen."""
    seen = () if only is None else (_c.organization.in_(only),)
    return page_of(tx, LISTING, wanted.ordered_by("-created_at"), *seen)


def next_to_do(tx: Transaction, release: int, now: datetime) -> JobRow | None:
    """The oldest job that waits for a worker of that release, or whose worker is not heard of any more; nobody else gets it meanwhile."""
    lost = or_(_c.leased_until <= now, _c.leased_until > now + LONGEST_LEASE)
    free = or_(_c.status == "queued", and_(_c.status == "running", lost))
    statement = tx.mine(JobRow).where(free, _c.release <= release).order_by(_c.created_at, _c.id)
    row = tx.first(statement.with_for_update(skip_locked=True))
    return row[0] if row else None


def next_due(tx: Transaction, release: int, *, later: datetime) -> datetime | None:
    """When the next job can be done by a worker of that release: at once where one waits, else when the first worker would count as lost.
    Those that wait for others are looked for `later`."""
    own = case((_c.status == "queued", _c.created_at), else_=_c.leased_until)
    due = case((_c.release <= release, own), else_=literal(later, _c.created_at.type))
    row = tx.first(tx.mine(JobRow, func.min(due).label("at")).where(_c.status.not_in(ENDED)))
    return row.at if row else None


def extend(tx: Transaction, worker: str, until: datetime) -> None:
    """A worker is still there: it keeps its jobs until then."""
    own = (_c.worker == worker, _c.status == "running")
    tx.run(tx.changing(JobRow).where(*own).values(leased_until=until).execution_options(synchronize_session=False))


def waits(tx: Transaction, organization_id: str, kind: str) -> bool:
    """Whether such a job for an organization waits already."""
    wanted = (_c.organization_id == organization_id, _c.kind == kind, _c.status == "queued")
    return tx.first(tx.mine(JobRow, _c.id).where(*wanted)) is not None


def remove_ended_before(tx: Transaction, instant: datetime) -> None:
    """Remove the jobs that had ended by then."""
    ended = (_c.status.in_(ENDED), _c.finished_at <= instant)
    tx.run(tx.removing(JobRow).where(*ended).execution_options(synchronize_session=False))


_c: Any = JobRow

SHOWN = tuple(
    getattr(_c, name)
    for name in (
        "id", "kind", "organization", "status", "done", "total", "unit", "actor", "created_at", "started_at",
        "finished_at", "result", "error",
    )
)  # fmt: skip
"""What callers see of a job."""

LISTING = Listing(
    JobRow,
    shown=SHOWN,
    sort={"id": _c.id, "created_at": _c.created_at},
    total=("id",),
    filters={"status": _c.status, "kind": _c.kind, "organization": _c.organization, **created(_c.created_at)},
)
