"""Documents: every accepted state of an organization's model, and the current parts of it as rows that are looked up and paged through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field

from app.storage.columns import Instant, Json, Packed
from app.storage.workspace import Owned


def _of_organization() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"])


class RevisionRow(Owned, table=True):
    """An accepted state of the document: who, when, what, and the document itself as JSON."""

    __tablename__ = "revision"
    __table_args__ = (_of_organization(),)

    organization_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    created_at: datetime = Field(sa_type=Instant)
    actor: str
    action: str
    content_hash: str
    changes: Any = Field(sa_type=Json)
    patch: Any = Field(sa_type=Json)
    body: bytes = Field(sa_type=Packed)


class PartRow(Owned, table=True):
    """One item of one of the document's lists, as it stands in the current document, or as it stood when it was deleted."""

    __tablename__ = "part"
    __table_args__ = (
        _of_organization(),
        Index(
            "part_key",
            "workspace_id",
            "organization_id",
            "list",
            "key",
            unique=True,
            sqlite_where=text("deleted_at is null"),
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: str = Field(primary_key=True)
    organization_id: str
    list: str
    key: str
    name: str
    department: str | None = None
    body: Any = Field(sa_type=Json)
    revision: int
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)
