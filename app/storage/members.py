"""Members: the people of a workspace, whom keys, assignees and approvals name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, UniqueConstraint
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class MemberRow(Owned, table=True):
    """A person. `version` counts changes; `email` is kept in lower case and is nobody else's in the workspace."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "email"),)

    id: str = Field(primary_key=True)
    name: str
    email: str
    roles: Any = Field(sa_type=Json)
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


def member(tx: Transaction, id_: str, *, locked: bool = False) -> MemberRow | None:
    """The member of that id."""
    return tx.one(MemberRow, _c.id == id_, locked=locked)


def with_email(tx: Transaction, email: str) -> MemberRow | None:
    """The member who has the address."""
    return tx.one(MemberRow, _c.email == email)


def listed(tx: Transaction, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the members."""
    return page_of(tx, LISTING, wanted)


_c: Any = MemberRow

LISTING = Listing(
    MemberRow,
    shown=(_c.id, _c.name, _c.email, _c.roles, _c.version, _c.created_at, _c.updated_at),
    sort={"id": _c.id, "name": _c.name, "email": _c.email, "created_at": _c.created_at},
    total=("id",),
    filters={"email": _c.email, **created(_c.created_at)},
)
