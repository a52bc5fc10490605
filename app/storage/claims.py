"""Claims: the keys of retried requests (`Idempotency-Key`), and what the first of them came to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Text, type_coerce
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.errors import ClaimReused, ClaimRunning
from app.storage.columns import Instant, Json, written
from app.storage.workspace import Owned, Transaction, Waited

T = TypeVar("T")

KEPT = timedelta(hours=24)


class ClaimRow(Owned, table=True):
    """The first executed request of a key, per workspace and credential, and the value that it came to."""

    __tablename__ = "claim"

    credential: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    result: Any = Field(default=None, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)


def earlier(tx: Transaction, caller: Caller, claim: Claim | None, kind: type[T]) -> T | None:
    """What the first request of the key came to, None when this is the first: others of the key then wait for this transaction.

    Raises ClaimReused when the key came with another request, ClaimRunning when the first takes longer than anybody waits.
    """
    if claim is None:
        return None
    row = _row(tx, caller, claim)
    if row is not None and row.created_at <= claim.at - KEPT:
        tx.drop(row)
        row = None
    if row is None and _is_first(tx, caller, claim):
        return None
    row = row or _row(tx, caller, claim)
    if row is None:
        raise ClaimRunning
    if row.request != claim.request:
        raise ClaimReused
    claim.replayed = True
    return TypeAdapter(kind).validate_python(row.result)


def known(tx: Transaction, caller: Caller, claim: Claim | None, kind: type[T]) -> T | None:
    """What the key came to already, for those who compute long before they write: there `earlier` is asked once more.

    Raises ClaimReused.
    """
    row = None if claim is None else tx.one(ClaimRow, _c.credential == caller.credential, _c.key == claim.key)
    if claim is None or row is None or row.created_at <= claim.at - KEPT:
        return None
    if row.request != claim.request:
        raise ClaimReused
    claim.replayed = True
    return TypeAdapter(kind).validate_python(row.result)


def _row(tx: Transaction, caller: Caller, claim: Claim) -> ClaimRow | None:
    return tx.one(ClaimRow, _c.credential == caller.credential, _c.key == claim.key, locked=True)


def _is_first(tx: Transaction, caller: Caller, claim: Claim) -> bool:
    """Claim the key; where somebody else is doing so, wait for how that ends. Raises ClaimRunning when that takes long."""
    try:
        with tx.attempt():
            tx.add(
                ClaimRow(
                    workspace_id=tx.workspace,
                    credential=caller.credential,
                    key=claim.key,
                    request=claim.request,
                    created_at=claim.at,
                )
            )
    except IntegrityError:
        return False
    except Waited:
        raise ClaimRunning from None
    return True


def keep(tx: Transaction, caller: Caller, claim: Claim | None, value: Any) -> None:
    """Keep what the request came to, in the transaction of its change."""
    if claim is not None:
        row = _row(tx, caller, claim)
        assert row is not None
        row.result = TypeAdapter(type(value)).dump_python(value, mode="json")
        tx.save()


def remove_expired(tx: Transaction, now: datetime) -> None:
    """Remove the claims that nobody can repeat any more."""
    tx.run(tx.removing(ClaimRow).where(_c.created_at <= now - KEPT).execution_options(synchronize_session=False))


def forget(tx: Transaction, organization: str) -> None:
    """Erase the claims whose value names an organization: what is erased is not replayed."""
    names_it = type_coerce(_c.result, Text).contains(written(organization), autoescape=True)
    tx.run(tx.removing(ClaimRow).where(names_it))


_c: Any = ClaimRow
