"""Audit events: who did what, when; only ever added, each carrying the hash of the one before (per workspace)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Field

from app.domain.access import Caller
from app.domain.audit_chain import BEGINNING, GENESIS, AuditEvent, Head, hash_of
from app.domain.pages import Found, Wanted
from app.storage.columns import Instant
from app.storage.pages import Listing, created, page_of
from app.storage.prepared import Prepared
from app.storage.workspace import Owned, Transaction, adding, changing, rows_of


class AuditEventRow(Owned, table=True):
    """An event; `before` and `after` are hashes of what was changed, `previous` and `hash` make the chain."""

    __tablename__ = "audit_event"

    number: int = Field(primary_key=True)
    id: str
    at: datetime = Field(sa_type=Instant)
    actor: str
    credential: str
    action: str
    target: str
    request_id: str | None = None
    before: str | None = None
    after: str | None = None
    previous: str
    hash: str


class AuditHeadRow(Owned, table=True):
    """The last event of a workspace: locked while the next one is written."""

    __tablename__ = "audit_head"

    number: int
    hash: str


def record(
    tx: Transaction,
    caller: Caller,
    *,
    at: datetime,
    action: str,
    target: str,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Add an event to the end of the workspace's chain, in the transaction of what it tells of."""
    head = tx.find(_HEAD)
    if head is None:
        head = tx.add(AuditHeadRow(workspace_id=tx.workspace, number=0, hash=GENESIS))
    number = head.number + 1
    event = AuditEvent(
        number=number,
        at=at,
        actor=caller.actor,
        credential=caller.credential,
        action=action,
        target=target,
        request_id=caller.request_id,
        before=before,
        after=after,
    )
    hash_ = hash_of(event, head.hash)
    tx.do(_ADD, **event._asdict(), id=f"evt_{number}", previous=head.hash, hash=hash_)
    tx.do(_MOVE_HEAD, number=number, hash=hash_)


def head(tx: Transaction) -> Head:
    """Where the workspace's chain ends."""
    row = tx.one(AuditHeadRow)
    return Head(row.number, row.hash) if row else BEGINNING


def in_order(tx: Transaction) -> Iterator[Row[Any]]:
    """Every event of the workspace, first to last, read a thousand at a time."""
    number = 0
    while rows := tx.all(tx.mine(AuditEventRow, *COLUMNS).where(_c.number > number).order_by(_c.number).limit(1000)):
        yield from rows
        number = rows[-1].number


def listed(tx: Transaction, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the events, the newest first unless another order is wanted."""
    return page_of(tx, LISTING, wanted.ordered_by("-number"))


_c: Any = AuditEventRow

COLUMNS = tuple(getattr(_c, name) for name in (*AuditEvent._fields, "id", "previous", "hash"))

_h: Any = AuditHeadRow

_HEAD = Prepared(rows_of(AuditHeadRow, _h.number, _h.hash).with_for_update())
_MOVE_HEAD = changing(AuditHeadRow, ("number", "hash"))
_ADD = adding(AuditEventRow)

LISTING = Listing(
    AuditEventRow,
    shown=COLUMNS,
    sort={"number": _c.number},
    total=("number",),
    filters={"actor": _c.actor, "action": _c.action, "target": _c.target, **created(_c.at)},
)
