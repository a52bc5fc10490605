"""Schedules: when organizations are analysed again by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, bindparam, func, or_
from sqlmodel import Field

from app.storage import due
from app.storage.columns import Instant
from app.storage.organizations import Organization
from app.storage.prepared import Prepared
from app.storage.workspace import Owned, Transaction, rows_of


class ScheduleRow(Owned, table=True):
    """The schedule of an organization. `turn_at`: its next turn; `change_at`: when its document counts differently next. `version` counts
    changes that people made."""

    __tablename__ = "schedule"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )

    organization_id: str = Field(primary_key=True)
    every: str = "never"
    version: int = 0
    turn_at: datetime | None = Field(default=None, sa_type=Instant)
    change_at: datetime | None = Field(default=None, sa_type=Instant)


def of_organization(tx: Transaction, organization: Organization, *, locked: bool = False) -> ScheduleRow | None:
    """The schedule of an organization."""
    return tx.one(ScheduleRow, _c.organization_id == organization.id, locked=locked)


def noted_change(tx: Transaction, organization: Organization) -> tuple[datetime | None] | None:
    """When the organization's document counts differently next, by its schedule, which others do not change meanwhile; None without one."""
    noted: tuple[datetime | None] | None = tx.find(_NOTED_CHANGE, organization=organization.id)
    return noted


def add(tx: Transaction, organization: Organization) -> ScheduleRow:
    """Give an organization a schedule, by which nothing happens yet."""
    return tx.add(ScheduleRow(workspace_id=tx.workspace, organization_id=organization.id))


def note_due(tx: Transaction, row: ScheduleRow) -> None:
    """Note when the schedule's time comes."""
    for at in (row.turn_at, row.change_at):
        if at is not None:
            due.note(tx, "schedules", at)


def come(tx: Transaction, now: datetime) -> list[ScheduleRow]:
    """The schedules whose time has come; nobody else gets them meanwhile."""
    statement = tx.mine(ScheduleRow).where(or_(_c.turn_at <= now, _c.change_at <= now))
    return [row for (row,) in tx.all(statement.order_by(_c.organization_id).with_for_update(skip_locked=True))]


def next_due(tx: Transaction) -> datetime | None:
    """When the next schedule's time comes."""
    row = tx.first(tx.mine(ScheduleRow, func.min(_c.turn_at).label("turn"), func.min(_c.change_at).label("change")))
    known = [at for at in (row.turn, row.change) if at is not None] if row else []
    return min(known, default=None)


_c: Any = ScheduleRow

_NOTED_CHANGE = Prepared(
    rows_of(ScheduleRow, _c.change_at).where(_c.organization_id == bindparam("organization")).with_for_update()
)
