"""API keys as they are kept: never the key itself, only its look-up part, its hash and its last four characters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class ApiKeyRow(Owned, table=True):
    """A key. `organizations` and `networks` None mean all; `replaced_by` names the key that rotation made."""

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


def note_use(tx: Transaction, id_: str, at: datetime) -> None:
    """Note when a key was last used."""
    tx.run(tx.changing(ApiKeyRow).where(_c.id == id_).values(last_used_at=at))


_c: Any = ApiKeyRow
