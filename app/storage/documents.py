"""Documents: every accepted state of an organization's model, and the current parts of it as rows that are looked up and paged through."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field

from app.storage.columns import Instant, Json, Packed
from app.storage.organizations import OrganizationRow
from app.storage.workspace import Owned, Transaction


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
    searched: str = ""
    revision: int
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


class Stored(NamedTuple):
    """A state of the document as it was accepted."""

    number: int
    content_hash: str
    at: datetime
    actor: str
    raw: dict[str, Any]


def latest(tx: Transaction, organization: OrganizationRow) -> Stored | None:
    """The organization's document as it stands, None before its first."""
    return at_revision(tx, organization, organization.revision)


def at_revision(tx: Transaction, organization: OrganizationRow, number: int) -> Stored | None:
    """A state that the document had."""
    columns = (_r.number, _r.content_hash, _r.created_at, _r.actor, _r.body)
    row = tx.first(tx.mine(RevisionRow, *columns).where(_r.organization_id == organization.id, _r.number == number))
    if row is None:
        return None
    stored = Stored._make(row)
    return stored._replace(raw=json.loads(row.body))


def mark_deleted(tx: Transaction, organization: OrganizationRow, list_: str, keys: Sequence[str], at: datetime) -> None:
    """Take parts out of lists and look-ups; their rows stay until they are purged."""
    tx.run(tx.changing(PartRow).where(*_current(organization, list_), _p.key.in_(keys)).values(deleted_at=at))


def change_part(
    tx: Transaction,
    organization: OrganizationRow,
    list_: str,
    key: str,
    shown: Mapping[str, Any],
    revision: int,
    at: datetime,
) -> None:
    """Write what a part says now."""
    values = {**shown, "revision": revision, "updated_at": at}
    tx.run(tx.changing(PartRow).where(*_current(organization, list_), _p.key == key).values(**values))


def part(tx: Transaction, organization: OrganizationRow, list_: str, key: str) -> PartRow | None:
    """A part of the document as it stands."""
    return tx.one(PartRow, *_current(organization, list_), _p.key == key)


def _current(organization: OrganizationRow, list_: str) -> tuple[Any, ...]:
    return _p.organization_id == organization.id, _p.list == list_, _p.deleted_at.is_(None)


_r: Any = RevisionRow
_p: Any = PartRow
