"""Organizations: the companies that a workspace analyses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.storage.columns import Instant
from app.storage.workspace import Owned, Transaction


class OrganizationRow(Owned, table=True):
    """An organization; `revision` is the number of its last accepted change. A deleted one keeps its row until it is purged."""

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
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


def current(tx: Transaction, key: str, *, locked: bool = False) -> OrganizationRow | None:
    """The organization of that key that is not deleted; `locked` lets no other change of it begin."""
    return tx.one(OrganizationRow, _c.key == key, _c.deleted_at.is_(None), locked=locked)


_c: Any = OrganizationRow
