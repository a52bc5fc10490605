"""Own rules in force: their versions approved by a second person, activated, retired."""

from __future__ import annotations

from datetime import datetime

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.rules.check import checked
from app.services import workspace_settings
from app.services.kept_rules import (
    Raw,
    StoredRule,
    check_own,
    existing_rule,
    is_author,
    kept,
    record,
    touch,
    version_of,
)
from app.storage import claims
from app.storage.database import Database
from app.storage.rules import RuleRow, RuleVersionRow
from app.storage.workspace import Transaction


def approve(
    store: Database,
    caller: Caller,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredRule:
    """Approve the newest version of a rule, which its author cannot. Raises WrongState, Missing, Changed."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (claimed := claims.earlier(tx, caller, once, StoredRule)) is not None:
            return claimed
        check_own(id_)
        row = existing_rule(tx, id_, locked=True)
        version = version_of(tx, row)
        condition.check(kept(row, version).tag, needed=False)
        if is_author(caller, version):
            raise WrongState(
                f"version {version.number} of {id_} is yours: somebody else approves it",
                f"Version {version.number} von {id_} ist von Ihnen: jemand anders gibt sie frei",
            )
        if version.approved_by is None:
            version.approved_by, version.approved_at = caller.actor, now
            touch(row, now)
            tx.save()
            record(tx, caller, now, "rule.approved", id_, after=version.content_hash)
        stored = kept(row, version)
        claims.keep(tx, caller, once, stored)
        return stored


def activate(
    store: Database,
    caller: Caller,
    id_: str,
    number: int | None,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> tuple[StoredRule, Raw]:
    """Let analyses run a version of a rule, by default the newest; one that was active before can be again. What is not active yet needs no
    condition.

    Raises WrongState for a version that somebody else has to approve first, Missing, Changed, ConditionNeeded, and DocumentInvalid for one
    that does not fit the knowledge of today.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        check_own(id_)
        row = existing_rule(tx, id_, locked=True)
        if row.active_version is not None or condition.if_match is not None:
            condition.check(kept(row, version_of(tx, row)).tag)
        version = version_of(tx, row, number)
        if row.active_version != version.number:
            _ = checked(version.body, catalogue()).rule
            put_in_force(tx, caller, row, version, now)
        return kept(row, version_of(tx, row)), activated(version)


def retire(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Let analyses run a rule no more. Raises Missing for one that is not active, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        check_own(id_)
        row = existing_rule(tx, id_, locked=True)
        version = version_of(tx, row)
        if row.active_version is None:
            raise Missing("activation", id_)
        condition.check(kept(row, version).tag)
        put_out_of_force(tx, caller, row, now)


def activation(store: Database, caller: Caller, id_: str) -> tuple[StoredRule, Raw]:
    """The version of a rule that analyses run: who activated and who approved it. Raises Missing for a rule that is not active."""
    with store.reading(caller.workspace) as tx:
        row = existing_rule(tx, id_)
        if row.active_version is None:
            raise Missing("activation", id_)
        return kept(row, version_of(tx, row)), activated(version_of(tx, row, row.active_version))


def activated(version: RuleVersionRow) -> Raw:
    """An activation as the API shows it."""
    assert version.activated_at is not None
    approved = {} if version.approved_by is None else {"approved_by": version.approved_by}
    return {
        "version": version.number,
        "activated_at": written(version.activated_at),
        "activated_by": version.activated_by,
        **approved,
    }


def put_in_force(tx: Transaction, caller: Caller, row: RuleRow, version: RuleVersionRow, now: datetime) -> None:
    """Activate a version. Raises WrongState where the workspace asks for four eyes and nobody else has approved it."""
    if workspace_settings.asks_four_eyes(tx) and version.approved_by is None:
        raise WrongState(
            f"the workspace asks for four eyes: somebody else than {version.author} approves version {version.number} of {row.id} "
            f"first, POST /v1/rules/{row.id}/approve",
            f"der Arbeitsbereich verlangt vier Augen: jemand anders als {version.author} gibt Version {version.number} von {row.id} "
            f"erst frei, POST /v1/rules/{row.id}/approve",
        )
    row.status, row.active_version = "active", version.number
    version.activated_at, version.activated_by = now, caller.actor
    touch(row, now)
    tx.save()
    record(tx, caller, now, "rule.activated", row.id, after=version.content_hash)


def put_out_of_force(tx: Transaction, caller: Caller, row: RuleRow, now: datetime) -> None:
    """Retire a rule."""
    row.status, row.active_version = "retired", None
    touch(row, now)
    tx.save()
    record(tx, caller, now, "rule.retired", row.id)
