"""Packs of a workspace's own rules: versions, and the hash of what they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction

FIRST = "0.1.0"
"""The version of a pack that nobody has named yet."""


class RulePackRow(Owned, table=True):
    """A pack: rules that are versioned together. `content_hash`: of what the version held when it came or was named so."""

    __tablename__ = "own_rule_pack"

    id: str = Field(primary_key=True)
    version: str
    name: Any = Field(sa_type=Json)
    content_hash: str = ""
    changes: int = 0
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


def pack(tx: Transaction, id_: str, *, locked: bool = False) -> RulePackRow | None:
    """The pack of that id."""
    return tx.one(RulePackRow, _p.id == id_, locked=locked)


def begin(tx: Transaction, id_: str, now: datetime) -> RulePackRow:
    """The pack of that id; a new one is at its beginning."""
    row = pack(tx, id_, locked=True)
    if row is None:
        made = RulePackRow(
            workspace_id=tx.workspace, id=id_, version=FIRST, name={"en": id_}, created_at=now, updated_at=now
        )
        row = tx.add(made)
    return row


def packs(tx: Transaction) -> list[RulePackRow]:
    """Every pack by id."""
    return [row for (row,) in tx.all(tx.mine(RulePackRow).order_by(_p.id))]


_p: Any = RulePackRow
