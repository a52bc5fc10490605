"""Claims: the keys of retried requests (`Idempotency-Key`), and what the first of them came to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter
from sqlmodel import Field

from app.domain.access import Caller
from app.domain.errors import ClaimReused
from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction

T = TypeVar("T")

KEPT = timedelta(hours=24)


class Claim(NamedTuple):
    """The key of a request, and the hash of what is asked (method, path, body)."""

    key: str
    request: str
    at: datetime


class ClaimRow(Owned, table=True):
    """The first executed request of a key, per workspace and credential, and the value that it came to."""

    __tablename__ = "claim"

    credential: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    result: Any = Field(default=None, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)


def earlier(tx: Transaction, caller: Caller, claim: Claim | None, kind: type[T]) -> T | None:
    """What the first request of the key came to, None when this is the first (others of the key then wait for this transaction).

    Raises ClaimReused when the key came with another request.
    """
    if claim is None:
        return None
    row = tx.one(ClaimRow, _c.credential == caller.credential, _c.key == claim.key, locked=True)
    if row is not None and row.created_at <= claim.at - KEPT:
        tx.session.delete(row)
        tx.save()
        row = None
    if row is None:
        tx.add(
            ClaimRow(
                workspace_id=tx.workspace,
                credential=caller.credential,
                key=claim.key,
                request=claim.request,
                created_at=claim.at,
            )
        )
        return None
    if row.request != claim.request:
        raise ClaimReused
    return TypeAdapter(kind).validate_python(row.result)


def keep(tx: Transaction, caller: Caller, claim: Claim | None, value: Any) -> None:
    """Keep what the request came to, in the transaction of its change."""
    if claim is not None:
        row = tx.one(ClaimRow, _c.credential == caller.credential, _c.key == claim.key)
        assert row is not None
        row.result = TypeAdapter(type(value)).dump_python(value, mode="json")
        tx.save()


_c: Any = ClaimRow
