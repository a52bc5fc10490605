"""Rules of a workspace's own: written and versioned. Built-in rules are read-only beside them; `rule_activations` lets them run."""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import WrongState
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.read_only import without_read_only
from app.domain.rules.check import checked
from app.domain.sent_patches import merged
from app.services.kept_rules import (
    READ_ONLY,
    Raw,
    StoredRule,
    check_own,
    existing_rule,
    kept,
    record,
    version_of,
    write,
)
from app.services.organizations import object_said
from app.storage import claims, rules
from app.storage.database import Database
from app.storage.rules import RuleRow, RuleVersionRow
from app.storage.workspace import Transaction

_NEW = {"version": 1, "status": "draft", "source": "own"}


def every(store: Database, caller: Caller) -> list[StoredRule]:
    """The newest version of every rule that the workspace has, by id."""
    with store.reading(caller.workspace) as tx:
        newest = rules.newest(tx)
        return [kept(row, newest[row.id]) for row in rules.rules(tx)]


def get(store: Database, caller: Caller, id_: str, version: int | None = None) -> StoredRule:
    """A version of a rule, by default the newest. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing_rule(tx, id_)
        return _with_history(tx, kept(row, version_of(tx, row, version)))


def replace(
    store: Database,
    caller: Caller,
    id_: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredRule:
    """Make a rule, or a new version of it, which is a draft until it is activated: meanwhile analyses run the active one.

    Raises WrongState for a built-in rule, Changed, ConditionNeeded, DocumentInvalid with everything that is wrong.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        check_own(id_)
        tx.alone("rules")
        row = rules.rule(tx, id_, locked=True)
        before = None if row is None else _with_history(tx, kept(row, version_of(tx, row)))
        raw = without_read_only(object_said(said), before.shown if before else _NEW, READ_ONLY)
        return _put(tx, caller, id_, row, before, raw, now, condition)


def change(
    store: Database,
    caller: Caller,
    id_: str,
    patch: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredRule:
    """Merge a patch into the newest version of a rule, which makes a new one. Raises as `replace` does, and Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (claimed := claims.earlier(tx, caller, once, StoredRule)) is not None:
            return claimed
        check_own(id_)
        row = existing_rule(tx, id_, locked=True)
        before = _with_history(tx, kept(row, version_of(tx, row)))
        said = without_read_only(object_said(patch), before.shown, READ_ONLY)
        stored = _put(tx, caller, id_, row, before, merged(before.body, said), now, condition)
        claims.keep(tx, caller, once, stored)
        return stored


def remove(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Remove a rule that never was active. What analyses ran stays, so that they can be verified: that is retired.

    Raises WrongState, Missing, Changed, ConditionNeeded.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        check_own(id_)
        row = existing_rule(tx, id_, locked=True)
        before = kept(row, version_of(tx, row))
        condition.check(before.tag)
        if row.status != "draft":
            raise WrongState(
                f"{id_} was active, and analyses are pinned to it: retire it instead, DELETE /v1/rules/{id_}/activation",
                f"{id_} war aktiv, und Analysen hängen daran: setzen Sie sie außer Kraft, DELETE /v1/rules/{id_}/activation",
            )
        rules.remove(tx, row)
        record(tx, caller, now, "rule.removed", id_, before=before.content_hash)


def _put(
    tx: Transaction,
    caller: Caller,
    id_: str,
    row: RuleRow | None,
    before: StoredRule | None,
    raw: Raw,
    now: datetime,
    condition: Condition,
) -> StoredRule:
    if raw.get("id") not in (None, id_):
        raise invalid([Fault(("id",), "other_key", raw["id"], "this_key", (id_,), {"key": id_})], raw)
    raw = {**raw, "id": id_}
    rule = checked(raw, catalogue()).rule
    condition.check(before.tag if before else None)
    written_row = write(tx, caller, row, rule, {name: v for name, v in raw.items() if v is not None}, now)
    return kept(written_row, version_of(tx, written_row), created=before is None)


def _with_history(tx: Transaction, stored: StoredRule) -> StoredRule:
    return replaced(stored, history=tuple(_told(one) for one in reversed(rules.versions(tx, stored.id))))


def _told(version: RuleVersionRow) -> Raw:
    """A version in short: who wrote, approved and activated it."""
    instants = {"approved_at": version.approved_at, "activated_at": version.activated_at}
    optional = {
        "approved_by": version.approved_by,
        "activated_by": version.activated_by,
        **{name: written(at) for name, at in instants.items() if at is not None},
    }
    return {
        "version": version.number,
        "content_hash": version.content_hash,
        "author": version.author,
        "created_at": written(version.created_at),
        **{name: value for name, value in optional.items() if value is not None},
    }
