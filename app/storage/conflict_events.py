"""What happened to conflicts, comments among it: only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction

COMMENTED = "commented"
"""What has happened when somebody commented."""


class ConflictEventRow(Owned, table=True):
    """Something that happened to a conflict; `number` counts from 1 for each. `status`: that of the conflict afterwards.

    `id` and `text`: of a comment; `because`: why, where `what` does not say it; `analysis`: the one that saw it; `details`: the rest.
    """

    __tablename__ = "conflict_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "fingerprint"],
            ["conflict.workspace_id", "conflict.organization_id", "conflict.fingerprint"],
        ),
    )

    organization_id: str = Field(primary_key=True)
    fingerprint: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    actor: str
    what: str
    status: str
    because: str | None = None
    analysis: str | None = None
    id: str | None = None
    text: str | None = None
    details: Any = Field(default=None, sa_type=Json)


def latest(tx: Transaction, organization_id: str, fingerprint: str, most: int) -> list[Row[Any]]:
    """The last things that happened to a conflict, the last one last."""
    statement = tx.mine(ConflictEventRow, *SHOWN).where(*_of(organization_id, fingerprint))
    return list(tx.all(statement.order_by(_e.number.desc()).limit(most)))[::-1]


def comments(tx: Transaction, organization_id: str, fingerprint: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the comments on a conflict, the oldest first unless another order is wanted."""
    return page_of(tx, COMMENTS, wanted, *_of(organization_id, fingerprint), _e.what == COMMENTED)


def comment(tx: Transaction, organization_id: str, fingerprint: str, id_: str) -> Row[Any] | None:
    """A comment on a conflict."""
    return tx.first(tx.mine(ConflictEventRow, *SHOWN).where(*_of(organization_id, fingerprint), _e.id == id_))


def _of(organization_id: str, fingerprint: str) -> tuple[Any, ...]:
    return _e.organization_id == organization_id, _e.fingerprint == fingerprint


_e: Any = ConflictEventRow

SHOWN = tuple(
    getattr(_e, name)
    for name in ConflictEventRow.model_fields
    if name not in ("workspace_id", "organization_id", "fingerprint")
)

COMMENTS = Listing(
    ConflictEventRow,
    shown=SHOWN,
    sort={"number": _e.number, "created_at": _e.at},
    total=("number",),
    filters={"actor": _e.actor, **created(_e.at)},
)
