"""Rules of a workspace's own, and every version that they have had: a version is never changed once it is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class RuleRow(Owned, table=True):
    """A rule. `version`: its newest; `active_version`: the one that analyses run. `changes` counts what happened to it, by which its state
    is known."""

    __tablename__ = "own_rule"

    id: str = Field(primary_key=True)
    name: str
    pack: str
    status: str = "draft"
    version: int = 0
    active_version: int | None = None
    changes: int = 0
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class RuleVersionRow(Owned, table=True):
    """What a rule said; who wrote it, with which credential, who approved and who activated it."""

    __tablename__ = "rule_version"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "rule_id"], ["own_rule.workspace_id", "own_rule.id"]),)

    rule_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: Any = Field(sa_type=Json)
    content_hash: str
    author: str
    credential: str
    created_at: datetime = Field(sa_type=Instant)
    approved_by: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    activated_at: datetime | None = Field(default=None, sa_type=Instant)
    activated_by: str | None = None


def rule(tx: Transaction, id_: str, *, locked: bool = False) -> RuleRow | None:
    """The rule of that id."""
    return tx.one(RuleRow, _r.id == id_, locked=locked)


def rules(tx: Transaction, *, pack: str | None = None) -> list[RuleRow]:
    """Every rule by id, or those of a pack."""
    only = () if pack is None else (_r.pack == pack,)
    return [row for (row,) in tx.all(tx.mine(RuleRow).where(*only).order_by(_r.id))]


def active(tx: Transaction) -> list[RuleVersionRow]:
    """The versions that analyses run, by id."""
    statement = tx.joined(
        tx.mine(RuleVersionRow), RuleRow, (_r.id == _v.rule_id) & (_r.active_version == _v.number)
    ).order_by(_v.rule_id)
    return [row for (row,) in tx.all(statement)]


def version(tx: Transaction, id_: str, number: int) -> RuleVersionRow | None:
    """A version of a rule."""
    return tx.one(RuleVersionRow, _v.rule_id == id_, _v.number == number)


def versions(tx: Transaction, id_: str) -> list[RuleVersionRow]:
    """Every version of a rule, first to last."""
    return [row for (row,) in tx.all(tx.mine(RuleVersionRow).where(_v.rule_id == id_).order_by(_v.number))]


def newest(tx: Transaction) -> dict[str, RuleVersionRow]:
    """The newest version of every rule by its id."""
    statement = tx.joined(tx.mine(RuleVersionRow), RuleRow, (_r.id == _v.rule_id) & (_r.version == _v.number))
    return {row.rule_id: row for (row,) in tx.all(statement)}


def of_numbers(tx: Transaction, wanted: Sequence[tuple[str, int]]) -> list[RuleVersionRow]:
    """These versions of rules, by id."""
    ids: Collection[str] = {id_ for id_, _ in wanted}
    found = tx.all(tx.mine(RuleVersionRow).where(_v.rule_id.in_(ids)).order_by(_v.rule_id))
    return [row for (row,) in found if (row.rule_id, row.number) in set(wanted)]


def remove(tx: Transaction, row: RuleRow) -> None:
    """Remove a rule with its versions."""
    tx.run(tx.removing(RuleVersionRow).where(_v.rule_id == row.id))
    tx.drop(row)


_r: Any = RuleRow
_v: Any = RuleVersionRow
