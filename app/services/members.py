"""Members: the people of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import AlreadyExists, Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.services.conflicts import unassign_everywhere
from app.storage import audit_events, claims, members
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.members import MemberRow
from app.storage.workspace import Transaction


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the workspace; `created`: this very request added them."""

    id: str
    name: str
    email: str
    roles: list[str]
    version: int
    created_at: datetime
    updated_at: datetime
    created: bool = False

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"v{self.version}-{self.id}"

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        times = {"created_at": written(self.created_at), "updated_at": written(self.updated_at)}
        return {"id": self.id, "name": self.name, "email": self.email, "roles": self.roles, **times}


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[Member]:
    """A page of the workspace's members."""
    with store.reading(caller.workspace) as tx:
        return members.listed(tx, wanted).of(_stored)


def get(store: Database, caller: Caller, id_: str) -> Member:
    """A member; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _stored(_existing(tx, id_))


def add(
    store: Database,
    caller: Caller,
    said: Mapping[str, Any],
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Member:
    """Add a member. `said`: name, email, roles. Raises AlreadyExists for an address that somebody has."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Member)) is not None:
            return before
        email = said["email"].lower()
        _check_free(tx, email)
        row = MemberRow(
            workspace_id=tx.workspace,
            id=new_id("mem", now),
            name=said["name"],
            email=email,
            roles=said.get("roles") or [],
            created_at=now,
            updated_at=now,
        )
        tx.add(row)
        audit_events.record(tx, caller, at=now, action="member.added", target=f"members/{row.id}")
        added = _stored(row, created=True)
        claims.keep(tx, caller, once, added)
        return added


def change(
    store: Database,
    caller: Caller,
    id_: str,
    said: Mapping[str, Any],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Member:
    """Change what is known of a member. Raises Missing, Changed, ConditionNeeded, AlreadyExists."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Member)) is not None:
            return before
        row = _existing(tx, id_, locked=True)
        condition.check(_stored(row).tag)
        if (email := said.get("email", row.email).lower()) != row.email:
            _check_free(tx, email)
        row.name, row.email = said.get("name", row.name), email
        row.roles = said.get("roles", row.roles)
        row.version, row.updated_at = row.version + 1, now
        tx.save()
        audit_events.record(tx, caller, at=now, action="member.changed", target=f"members/{id_}")
        stored = _stored(row)
        claims.keep(tx, caller, once, stored)
        return stored


def remove(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Remove a member, at once and for good; nobody looks after their conflicts then. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = _existing(tx, id_, locked=True)
        condition.check(_stored(row).tag)
        unassign_everywhere(tx, id_, caller.actor, now)
        tx.drop(row)
        audit_events.record(tx, caller, at=now, action="member.removed", target=f"members/{id_}")


def _check_free(tx: Transaction, email: str) -> None:
    """Raises AlreadyExists for an address that somebody has; nobody else takes it before the transaction ends."""
    tx.alone("members", email)
    if members.with_email(tx, email) is not None:
        raise AlreadyExists("member", email)


def _existing(tx: Transaction, id_: str, *, locked: bool = False) -> MemberRow:
    row = members.member(tx, id_, locked=locked)
    if row is None:
        raise Missing("member", id_)
    return row


def _stored(row: Any, *, created: bool = False) -> Member:
    return Member(row.id, row.name, row.email, row.roles, row.version, row.created_at, row.updated_at, created)
