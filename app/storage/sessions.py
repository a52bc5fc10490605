"""Sessions of people who look at the pages. Kept is the hash of what the cookie holds, never the cookie."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.domain.access import Scope
from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class SessionRow(Owned, table=True):
    """A session, until when, and for whom it speaks: a key; or, without one, a person whom an issuer signed in, with what they may do.

    `subject`: who it is for audit events; `name`: what the issuer calls them, where it says so.
    """

    __tablename__ = "session"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "key_id"], ["api_key.workspace_id", "api_key.id"]),)

    id: str = Field(primary_key=True)
    hash: str = Field(unique=True)
    key_id: str | None = None
    subject: str | None = None
    name: str | None = None
    scopes: list[Scope] | None = Field(default=None, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)


def remove(tx: Transaction, hash_: str) -> None:
    """End the session with this hash."""
    tx.run(tx.removing(SessionRow).where(_s.hash == hash_))


def remove_expired(tx: Transaction, now: datetime) -> None:
    """Remove the sessions whose time is over."""
    tx.run(tx.removing(SessionRow).where(_s.expires_at <= now))


_s: Any = SessionRow
