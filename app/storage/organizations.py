"""Organizations: the companies that a workspace analyses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Row, text
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class OrganizationRow(Owned, table=True):
    """An organization; `revision` is the number of its last accepted change, `body` what its document says of it, `content_hash` that of
    the whole document. A deleted one keeps its row until it is purged."""

    __tablename__ = "organization"
    __table_args__ = (
        Index(
            "organization_key",
            "workspace_id",
            "key",
            unique=True,
            sqlite_where=text("deleted_at is null"),
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: str = Field(primary_key=True)
    key: str
    name: str
    industry: str | None = None
    revision: int
    body: Any = Field(default_factory=dict, sa_type=Json)
    content_hash: str = ""
    searched: str = ""
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


def current(tx: Transaction, key: str, *, locked: bool = False) -> OrganizationRow | None:
    """The organization of that key that is not deleted; `locked` lets no other change of it begin."""
    return tx.one(OrganizationRow, _c.key == key, _c.deleted_at.is_(None), locked=locked)


def with_id(tx: Transaction, id_: str, *, locked: bool = False) -> OrganizationRow | None:
    """The organization of that id; it may be deleted."""
    return tx.one(OrganizationRow, _c.id == id_, locked=locked)


def deleted(tx: Transaction, key: str) -> list[OrganizationRow]:
    """The deleted organizations of that key, the last one last."""
    found = tx.mine(OrganizationRow).where(_c.key == key, _c.deleted_at.is_not(None))
    return [row for (row,) in tx.all(found.order_by(_c.deleted_at, _c.id))]


def deleted_before(tx: Transaction, instant: datetime) -> list[OrganizationRow]:
    """The organizations that were deleted by then."""
    return [row for (row,) in tx.all(tx.mine(OrganizationRow).where(_c.deleted_at <= instant).order_by(_c.id))]


def listed(
    tx: Transaction, wanted: Wanted, *, only: Collection[str] | None, deleted_since: datetime | None = None
) -> Found[Row[Any]]:
    """A page of the organizations; with an instant, of those that were deleted, and not before it. `only`: keys of those that may be seen,
    None for all."""
    there = _c.deleted_at.is_(None) if deleted_since is None else _c.deleted_at > deleted_since
    seen = () if only is None else (_c.key.in_(only),)
    return page_of(tx, LISTING, wanted, there, *seen)


_c: Any = OrganizationRow

LISTING = Listing(
    OrganizationRow,
    shown=(_c.id, _c.key, _c.body, _c.revision, _c.content_hash, _c.created_at, _c.updated_at, _c.deleted_at),
    sort={"key": _c.key, "id": _c.id, "name": _c.name, "created_at": _c.created_at, "updated_at": _c.updated_at},
    total=("key", "id"),
    filters={"key": _c.key, "industry": _c.industry, **created(_c.created_at)},
    searched=(_c.searched,),
)
