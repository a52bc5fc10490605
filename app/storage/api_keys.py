"""API keys as they are kept: never the key itself, only its look-up part, its hash and its last four characters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class ApiKeyRow(Owned, table=True):
    """A key. `organizations` and `networks` None mean all; `replaced_by` names the key that rotation made; `version` counts changes."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    name: str
    lookup: str = Field(unique=True)
    hash: bytes
    last_four: str
    scopes: Any = Field(sa_type=Json)
    organizations: Any = Field(default=None, sa_type=Json)
    networks: Any = Field(default=None, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    replaced_by: str | None = None
    version: int = 1


def key(tx: Transaction, id_: str, *, locked: bool = False) -> ApiKeyRow | None:
    """The key of that id, unless it was revoked."""
    return tx.one(ApiKeyRow, _c.id == id_, _c.revoked_at.is_(None), locked=locked)


def listed(tx: Transaction, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the keys that were not revoked."""
    return page_of(tx, LISTING, wanted, _c.revoked_at.is_(None))


def administers(tx: Transaction, now: datetime, *, but: str) -> bool:
    """Whether another key than this one can administer the workspace at that time."""
    good = (_c.revoked_at.is_(None), or_(_c.expires_at.is_(None), _c.expires_at > now), _c.id != but)
    rows = tx.all(tx.mine(ApiKeyRow, _c.scopes, _c.organizations).where(*good))
    return any("admin" in row.scopes and row.organizations is None for row in rows)


def note_use(tx: Transaction, id_: str, at: datetime) -> None:
    """Note when a key was last used."""
    tx.run(tx.changing(ApiKeyRow).where(_c.id == id_).values(last_used_at=at))


_c: Any = ApiKeyRow

SHOWN = (
    _c.id,
    _c.name,
    _c.last_four,
    _c.scopes,
    _c.organizations,
    _c.networks,
    _c.created_at,
    _c.created_by,
    _c.expires_at,
    _c.last_used_at,
    _c.replaced_by,
    _c.version,
)

LISTING = Listing(
    ApiKeyRow,
    shown=SHOWN,
    sort={"id": _c.id, "name": _c.name, "created_at": _c.created_at},
    total=("id",),
    filters={"name": _c.name, **created(_c.created_at)},
)
