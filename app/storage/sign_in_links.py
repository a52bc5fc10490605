"""Sign-in links: each lets somebody in once. Kept is the hash of what the link holds, never the link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from app.storage.columns import Instant
from app.storage.workspace import Owned, Transaction


class SignInLinkRow(Owned, table=True):
    """A link; `hash` is the SHA-256 of its secret, in hexadecimal."""

    __tablename__ = "sign_in_link"

    id: str = Field(primary_key=True)
    hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


def unused(tx: Transaction, id_: str, now: datetime) -> SignInLinkRow | None:
    """The link, unless it was used or its time is over."""
    return tx.one(SignInLinkRow, _c.id == id_, _c.used_at.is_(None), _c.expires_at > now, locked=True)


def remove_expired(tx: Transaction, now: datetime) -> None:
    """Remove the links whose time is over."""
    tx.run(tx.removing(SignInLinkRow).where(_c.expires_at <= now).execution_options(synchronize_session=False))


_c: Any = SignInLinkRow
