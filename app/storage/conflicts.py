"""Conflicts: findings of an organization followed from analysis to analysis; what happened to each lies in `conflict_events`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, or_
from sqlmodel import Field

from app.domain.conflict_states import NOBODY
from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.members import MemberRow
from app.storage.pages import Listing, at_least, at_most, earlier_than, later_than, names_one_of, page_of
from app.storage.workspace import Owned, Transaction

_TICK = timedelta(milliseconds=1)
_LAST = date.max - timedelta(days=1)


MEMBERS = MemberRow.__tablename__


class ConflictRow(Owned, table=True):
    """A conflict, as the last analysis saw it that saw it; `titles`: by language, `grounds`: the mark of what it rests on.

    `waiver` as a grant in JSON, its last day once more in `waiver_expires`; `goal_removed`: it is resolved because a goal that it was about
    is gone; `assignee`: the id of a member. `changed_at` is later for each change of the organization's conflicts than for all before it;
    being seen again is no change. `version` counts every write, `events` and `comments` what was noted.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        ForeignKeyConstraint(["workspace_id", "assignee"], [f"{MEMBERS}.workspace_id", f"{MEMBERS}.id"]),
        Index("conflict_severity", "workspace_id", "organization_id", "severity", "fingerprint"),
        Index("conflict_changed", "workspace_id", "organization_id", "changed_at", "fingerprint"),
        Index("conflict_waiver", "workspace_id", "waiver_expires"),
        Index("conflict_assignee", "workspace_id", "assignee"),
    )

    organization_id: str = Field(primary_key=True)
    fingerprint: str = Field(primary_key=True)
    kind: str
    rule: str
    level: str
    severity: float
    confidence: float
    subjects: Any = Field(sa_type=Json)
    departments: Any = Field(sa_type=Json)
    outcome: str | None = None
    titles: Any = Field(sa_type=Json)
    grounds: str
    status: str
    goal_removed: bool = False
    waiver: Any = Field(default=None, sa_type=Json)
    waiver_expires: str | None = None
    assignee: str | None = None
    first_analysis: str
    first_seen_at: datetime = Field(sa_type=Instant)
    last_analysis: str
    last_seen_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    comments: int = 0
    events: int = 0
    version: int = 1
    searched: str


def listed(tx: Transaction, organization_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's conflicts, the worst first unless another order is wanted."""
    ordered = wanted.ordered_by("-severity", "-fingerprint")
    return page_of(tx, LISTING, ordered, _c.organization_id == organization_id)


def conflict(tx: Transaction, organization_id: str, fingerprint: str) -> ConflictRow | None:
    """The conflict of that fingerprint."""
    return tx.one(ConflictRow, _c.organization_id == organization_id, _c.fingerprint == fingerprint)


def of_organization(tx: Transaction, organization_id: str) -> dict[str, ConflictRow]:
    """Every conflict of an organization by its fingerprint."""
    rows = tx.all(tx.mine(ConflictRow).where(_c.organization_id == organization_id))
    return {row.fingerprint: row for (row,) in rows}


def add(tx: Transaction, rows: Sequence[ConflictRow]) -> None:
    """Write conflicts that are new."""
    tx.add_all(ConflictRow, [row.model_dump() for row in rows])


def waived(tx: Transaction, organization_id: str) -> list[Row[Any]]:
    """The waivers of an organization's conflicts, in the order of fingerprints."""
    found = tx.mine(ConflictRow, _c.fingerprint, _c.waiver)
    waived = found.where(_c.organization_id == organization_id, _c.status == "waived")
    return list(tx.all(waived.order_by(_c.fingerprint)))


def with_ended_waivers(tx: Transaction, day: date) -> dict[str, list[str]]:
    """Conflicts whose waivers held until a day before this one: the ids of organizations, each with fingerprints."""
    ended = _c.waiver_expires < day.isoformat()
    return _by_organization(tx.all(tx.mine(ConflictRow, _c.organization_id, _c.fingerprint).where(ended)))


def next_waiver_end(tx: Transaction) -> datetime | None:
    """When the next of the workspace's waivers has ended: with the beginning of the day after its last one (UTC)."""
    waivers = tx.mine(ConflictRow, _c.waiver_expires).where(_c.waiver_expires.is_not(None))
    row = tx.first(waivers.order_by(_c.waiver_expires))
    return None if row is None else waiver_end(date.fromisoformat(row.waiver_expires))


def waiver_end(expires: date) -> datetime:
    """When a waiver with this last day has ended; one until the last of all days does so with that."""
    return datetime.combine(min(expires, _LAST) + timedelta(days=1), time(), UTC)


def assigned(tx: Transaction, member: str) -> dict[str, list[str]]:
    """Conflicts that a member looks after: the ids of organizations, each with fingerprints."""
    return _by_organization(
        tx.all(tx.mine(ConflictRow, _c.organization_id, _c.fingerprint).where(_c.assignee == member))
    )


def next_instant(tx: Transaction, organization_id: str, now: datetime) -> datetime:
    """The instant of a change that is made now to conflicts of an organization, which is locked by this transaction.

    It is later than that of every change before, whatever clocks say: who asks for changes since the last one misses none.
    """
    last = tx.mine(ConflictRow, _c.changed_at).where(_c.organization_id == organization_id)
    row = tx.first(last.order_by(_c.changed_at.desc()))
    return now if row is None else max(now, row.changed_at + _TICK)


def _by_organization(rows: Sequence[Row[Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for organization_id, fingerprint in sorted(map(tuple, rows)):
        found.setdefault(organization_id, []).append(fingerprint)
    return found


def _looked_after(values: Sequence[str]) -> Any:
    somebody = _c.assignee.in_([value for value in values if value != NOBODY])
    return or_(somebody, _c.assignee.is_(None)) if NOBODY in values else somebody


_c: Any = ConflictRow

SHOWN = tuple(
    getattr(_c, name)
    for name in ConflictRow.model_fields
    if name not in ("workspace_id", "organization_id", "searched")
)

LISTING = Listing(
    ConflictRow,
    shown=SHOWN,
    sort={
        "fingerprint": _c.fingerprint,
        "severity": _c.severity,
        "changed_at": _c.changed_at,
        "first_seen_at": _c.first_seen_at,
        "last_seen_at": _c.last_seen_at,
        "kind": _c.kind,
        "rule": _c.rule,
        "status": _c.status,
    },
    total=("fingerprint",),
    filters={
        "status": _c.status,
        "level": _c.level,
        "kind": _c.kind,
        "rule": _c.rule,
        "outcome": _c.outcome,
        "department": names_one_of(_c.departments),
        "assignee": _looked_after,
        "goal_removed": _c.goal_removed,
        "severity_min": at_least(_c.severity),
        "severity_max": at_most(_c.severity),
        "changed_after": later_than(_c.changed_at),
        "changed_before": earlier_than(_c.changed_at),
    },
    searched=(_c.searched,),
)
