"""Webhooks: the endpoints that a workspace tells of changes, what is to be delivered to each, and every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, func
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.outbox import OutboxRow
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class WebhookRow(Owned, table=True):
    """An endpoint. `secrets`: sealed ones with the instant until which each signs (null: for good), the newest first."""

    __tablename__ = "webhook"

    id: str = Field(primary_key=True)
    url: str
    description: str | None = None
    types: Any = Field(default=None, sa_type=Json)
    secrets: Any = Field(sa_type=Json)
    disabled_because: str | None = None
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class DeliveryRow(Owned, table=True):
    """A message on its way to an endpoint. `due_at` None: nothing is to be done any more, `status` says how it ended."""

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "webhook_id"], ["webhook.workspace_id", "webhook.id"]),
        Index("delivery_due", "workspace_id", "due_at"),
        Index("delivery_of_webhook", "workspace_id", "webhook_id", "created_at"),
    )

    id: str = Field(primary_key=True)
    webhook_id: str
    message_id: str
    type: str
    body: str
    status: str
    attempts: int = 0
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class AttemptRow(Owned, table=True):
    """What came of one attempt; `answer` is the first KiB of it."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "delivery_id"], ["delivery.workspace_id", "delivery.id"]),)

    delivery_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    seconds: float
    status: int | None = None
    reason: str | None = None
    answer: str = ""


def webhook(tx: Transaction, id_: str, *, locked: bool = False) -> WebhookRow | None:
    """The endpoint of that id."""
    return tx.one(WebhookRow, _w.id == id_, locked=locked)


def listed(tx: Transaction, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the endpoints."""
    return page_of(tx, WEBHOOKS, wanted)


def active(tx: Transaction) -> Sequence[Row[Any]]:
    """Id and types of every endpoint that is not disabled."""
    return tx.all(tx.mine(WebhookRow, _w.id, _w.types).where(_w.disabled_because.is_(None)).order_by(_w.id))


def remove(tx: Transaction, id_: str) -> None:
    """Remove an endpoint with its deliveries."""
    of_it = tx.mine(DeliveryRow, _d.id).where(_d.webhook_id == id_)
    tx.run(tx.removing(AttemptRow).where(_a.delivery_id.in_(of_it)))
    tx.run(tx.removing(DeliveryRow).where(_d.webhook_id == id_))
    tx.run(tx.removing(WebhookRow).where(_w.id == id_))


def unhanded(tx: Transaction, most: int) -> Sequence[Row[Any]]:
    """Messages of the outbox that were not handed to the endpoints yet, the oldest first; nobody else gets them meanwhile."""
    columns = (_o.id, _o.type, _o.data, _o.created_at)
    statement = tx.mine(OutboxRow, *columns).where(_o.handed_at.is_(None)).order_by(_o.id).limit(most)
    return tx.all(statement.with_for_update(skip_locked=True))


def delivery(tx: Transaction, webhook_id: str, id_: str) -> DeliveryRow | None:
    """A delivery to an endpoint."""
    return tx.one(DeliveryRow, _d.id == id_, _d.webhook_id == webhook_id)


def deliveries(tx: Transaction, webhook_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the deliveries to an endpoint, the latest first unless another order is wanted."""
    wanted = wanted.ordered_by("-created_at")
    return page_of(tx, DELIVERIES, wanted, _d.webhook_id == webhook_id)


def attempts(tx: Transaction, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """The attempts of deliveries, first to last, by delivery."""
    columns = (_a.delivery_id, _a.number, _a.at, _a.seconds, _a.status, _a.reason, _a.answer)
    found: dict[str, list[Row[Any]]] = {}
    statement = tx.mine(AttemptRow, *columns).where(_a.delivery_id.in_(ids)).order_by(_a.delivery_id, _a.number)
    for row in tx.all(statement) if ids else ():
        found.setdefault(row.delivery_id, []).append(row)
    return found


def claim_due(tx: Transaction, now: datetime, until: datetime, most: int) -> list[DeliveryRow]:
    """Deliveries that are due; until that instant they are nobody else's, and due again if nothing was noted by then."""
    due = tx.mine(DeliveryRow).where(_d.due_at <= now).order_by(_d.due_at).limit(most)
    rows = list(tx.run(due.with_for_update(skip_locked=True)).scalars())
    for row in rows:
        row.due_at = until
    tx.save()
    return rows


def next_due(tx: Transaction) -> datetime | None:
    """When the next delivery is due."""
    found: datetime | None = tx.run(tx.mine(DeliveryRow, func.min(_d.due_at))).scalar()
    return found


_w: Any = WebhookRow
_d: Any = DeliveryRow
_a: Any = AttemptRow
_o: Any = OutboxRow

WEBHOOKS = Listing(
    WebhookRow,
    shown=(
        _w.id,
        _w.url,
        _w.description,
        _w.types,
        _w.secrets,
        _w.disabled_because,
        _w.version,
        _w.created_at,
        _w.updated_at,
    ),
    sort={"id": _w.id, "created_at": _w.created_at},
    total=("id",),
    filters=created(_w.created_at),
)

DELIVERIES = Listing(
    DeliveryRow,
    shown=(_d.id, _d.message_id, _d.type, _d.status, _d.attempts, _d.due_at, _d.created_at, _d.updated_at),
    sort={"id": _d.id, "created_at": _d.created_at},
    total=("id",),
    filters={"status": _d.status, "type": _d.type, **created(_d.created_at)},
)
