"""The outbox: what is to be told to others, written in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Index, text
from sqlmodel import Field

from app.storage import due
from app.storage.columns import Instant, Json
from app.storage.ids import new_id
from app.storage.workspace import Owned, Transaction, adding

EventType = Literal[
    "analysis.completed",
    "finding.opened",
    "finding.resolved",
    "conflict.waiver_expired",
    "import.applied",
    "document.changed",
    "job.failed",
]


class OutboxRow(Owned, table=True):
    """A message that waits to be handed to the workspace's webhooks; thin: ids, links and counts."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "outbox_waiting",
            "workspace_id",
            "id",
            sqlite_where=text("handed_at is null"),
            postgresql_where=text("handed_at is null"),
        ),
    )

    id: str = Field(primary_key=True)
    type: str
    data: Any = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    handed_at: datetime | None = Field(default=None, sa_type=Instant)


def add(tx: Transaction, type_: EventType, data: Mapping[str, Any], at: datetime) -> None:
    """Put a message into the outbox."""
    tx.do(_ADD, id=new_id("msg", at), type=type_, data=dict(data), created_at=at, handed_at=None)
    due.note(tx, "messages", at)


def waits(tx: Transaction) -> bool:
    """Whether a message waits to be handed over."""
    return tx.first(tx.mine(OutboxRow, _c.id).where(_c.handed_at.is_(None))) is not None


def mark_handed(tx: Transaction, ids: Sequence[str], at: datetime) -> None:
    """Note that messages were handed over."""
    if ids:
        tx.run(tx.changing(OutboxRow).where(_c.id.in_(ids)).values(handed_at=at))


def remove_handed_before(tx: Transaction, instant: datetime) -> None:
    """Remove the messages that had been handed over by then; what was delivered of them stands with the endpoints."""
    tx.run(tx.removing(OutboxRow).where(_c.handed_at <= instant))


_c: Any = OutboxRow

_ADD = adding(OutboxRow)
