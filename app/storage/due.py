"""What is due in which workspace: one row for each workspace and kind of work, so that workers find all there is in one statement.

A row holds no more than an instant: the earliest at which there may be something to do. What that is stands in the tables of the kind.
Across workspaces it is read by `directory.due`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Index, bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field

from app.storage.columns import Instant
from app.storage.prepared import Prepared
from app.storage.workspace import Owned, Transaction, changing, rows_of

Kind = Literal["jobs", "messages", "schedules", "waivers", "cleanup"]


class DueRow(Owned, table=True):
    """From when on there may be work of the kind in the workspace."""

    __tablename__ = "due"
    __table_args__ = (Index("due_at", "kind", "at"),)

    kind: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


def note(tx: Transaction, kind: Kind, at: datetime) -> None:
    """Note that there is work of the kind at an instant, in the transaction that makes it; what is due earlier stays."""
    noted = tx.find(_NOTED, kind=kind)
    if noted is None and not _added(tx, kind, at):
        noted = tx.find(_NOTED, kind=kind)
    if noted is not None and noted.at > at:
        tx.do(_MOVE, of_kind=kind, at=at)


def settle(tx: Transaction, kind: Kind, following: Callable[[Transaction], datetime | None]) -> None:
    """Note when the kind is due next, after what was due has been done; nobody adds such work until the transaction ends."""
    row = _row(tx, kind)
    at = following(tx)
    if row is None:
        return
    if at is None:
        tx.drop(row)
    else:
        row.at = at
        tx.save()


def _row(tx: Transaction, kind: Kind) -> DueRow | None:
    return tx.one(DueRow, _c.kind == kind, locked=True)


def _added(tx: Transaction, kind: Kind, at: datetime) -> bool:
    """Add the row; where somebody else is doing so, wait for how that ends."""
    try:
        with tx.attempt():
            tx.add(DueRow(workspace_id=tx.workspace, kind=kind, at=at))
    except IntegrityError:
        return False
    return True


_c: Any = DueRow

_NOTED = Prepared(rows_of(DueRow, _c.at).where(_c.kind == bindparam("kind")).with_for_update())
_MOVE = changing(DueRow, ("at",), _c.kind == bindparam("of_kind"))
