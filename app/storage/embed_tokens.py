"""Tokens that let portals show one view of an organization, and the keys that sign them. Kept is what a token says, never the token."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, bindparam
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.prepared import Prepared
from app.storage.workspace import Owned, Transaction, rows_of


class EmbedKeyRow(Owned, table=True):
    """A key that signs the workspace's tokens, sealed; the newest signs, the others are there for what they signed."""

    __tablename__ = "embed_key"

    id: str = Field(primary_key=True)
    sealed: str
    created_at: datetime = Field(sa_type=Instant)


class EmbedTokenRow(Owned, table=True):
    """What a token says: the `view` of the organization that it shows, to pages of which origins, until when."""

    __tablename__ = "embed_token"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        ForeignKeyConstraint(["workspace_id", "key_id"], ["embed_key.workspace_id", "embed_key.id"]),
        Index("embed_token_expires", "workspace_id", "expires_at"),
    )

    id: str = Field(primary_key=True, unique=True)
    organization_id: str
    organization: str
    view: str
    filters: Any = Field(sa_type=Json)
    locale: str | None = None
    theme: str
    with_pay: bool
    allowed_origins: Any = Field(sa_type=Json)
    key_id: str
    created_by: str
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


def newest_key(tx: Transaction) -> EmbedKeyRow | None:
    """The key that signs."""
    statement = tx.mine(EmbedKeyRow).order_by(_k.created_at.desc(), _k.id.desc()).limit(1)
    return tx.run(statement).scalars().first()


def token(tx: Transaction, id_: str, *, locked: bool = False) -> EmbedTokenRow | None:
    """The token of that id, to be changed."""
    return tx.one(EmbedTokenRow, _t.id == id_, locked=locked)


def said(tx: Transaction, id_: str) -> Any | None:
    """What the token of that id says, and which key signs it."""
    return tx.find(_SAID, id=id_)


def sealed_key(tx: Transaction, id_: str) -> str | None:
    """The sealed key of that id."""
    row = tx.find(_SEALED, id=id_)
    return row.sealed if row else None


def listed(tx: Transaction, wanted: Wanted, *, only: Collection[str] | None) -> Found[Row[Any]]:
    """A page of the tokens that are still kept. `only`: keys of the organizations that may be seen, None for all."""
    seen = () if only is None else (_t.organization.in_(only),)
    return page_of(tx, LISTING, wanted, *seen)


def remove_expired_before(tx: Transaction, instant: datetime) -> None:
    """Remove the tokens that expired before then."""
    statement = tx.removing(EmbedTokenRow).where(_t.expires_at < instant)
    tx.run(statement.execution_options(synchronize_session=False))


_k: Any = EmbedKeyRow
_t: Any = EmbedTokenRow

SHOWN = tuple(getattr(_t, name) for name in EmbedTokenRow.model_fields if name not in ("workspace_id", "key_id"))

_SAID = Prepared(rows_of(EmbedTokenRow, *SHOWN, _t.key_id).where(_t.id == bindparam("id")))
_SEALED = Prepared(rows_of(EmbedKeyRow, _k.sealed).where(_k.id == bindparam("id")))

LISTING = Listing(
    EmbedTokenRow,
    shown=SHOWN,
    sort={"id": _t.id, "created_at": _t.created_at},
    total=("id",),
    filters={"organization": _t.organization, "view": _t.view, **created(_t.created_at)},
)
