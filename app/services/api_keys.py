"""API keys of a workspace: made and shown once, changed, replaced, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime, timedelta
from typing import Any

from app.domain.access import SCOPES, Caller, Scope
from app.domain.api_keys import RANDOM_BYTES, key_from
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Forbidden, Missing, WrongState
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.networks import network_faults
from app.domain.pages import Found, Wanted
from app.storage import api_keys, audit_events, claims, directory
from app.storage.api_keys import ApiKeyRow
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.workspace import Transaction

ENVIRONMENT = "live"

OVERLAP = timedelta(hours=24)
"""For how long a key that was replaced is still good."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it is kept. `text` is the key itself: only in the answer to the very request that made it, and kept nowhere."""

    id: str
    name: str
    last_four: str
    scopes: list[Scope]
    organizations: list[str] | None
    networks: list[str] | None
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    replaced_by: str | None
    version: int
    text: str | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes. Use does not change it."""
        return f"v{self.version}-{self.id}"

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        optional = {
            "key": self.text,
            "organizations": self.organizations,
            "networks": self.networks,
            "expires_at": self.expires_at and written(self.expires_at),
            "last_used_at": self.last_used_at and written(self.last_used_at),
            "replaced_by": self.replaced_by,
        }
        return {
            "id": self.id,
            "name": self.name,
            "scopes": self.scopes,
            "last_four": self.last_four,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            **{name: value for name, value in optional.items() if value is not None},
        }


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[StoredKey]:
    """A page of the workspace's keys."""
    with store.reading(caller.workspace) as tx:
        return api_keys.listed(tx, wanted).of(_stored)


def get(store: Database, caller: Caller, id_: str) -> StoredKey:
    """A key; raises Missing."""
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
) -> StoredKey:
    """Make a key of the caller's workspace. A repeated request is answered without the key itself, which is kept nowhere.

    `said`: name, scopes, and expires_at, organizations, networks where there are. Raises DocumentInvalid, Forbidden.
    """
    _check(said, now)
    _check_no_wider(caller, said)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredKey)) is not None:
            return before
        made = add_in(tx, caller, said, now)
        claims.keep(tx, caller, once, changed(made, text=None))
        return changed(made, text=None) if dry_run else made


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
) -> StoredKey:
    """Change what is known of a key; the key itself stays. Raises Missing, Changed, ConditionNeeded, DocumentInvalid, WrongState."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredKey)) is not None:
            return before
        row = _existing(tx, id_, locked=True)
        _check(said, now)
        _check_no_wider(caller, said)
        condition.check(_stored(row).tag)
        administered = _can_administer(row, now)
        for name, value in said.items():
            setattr(row, name, value)
        row.version += 1
        tx.save()
        if administered and not _can_administer(row, now):
            _check_not_last(tx, id_, now)
        audit_events.record(tx, caller, at=now, action="api_key.changed", target=f"api-keys/{id_}")
        stored = _stored(row)
        claims.keep(tx, caller, once, stored)
        return stored


def rotate(
    store: Database,
    caller: Caller,
    id_: str,
    now: datetime,
    *,
    overlap: timedelta = OVERLAP,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredKey:
    """Make a key that takes another one's place; the old one is good until the overlap ends. Raises Missing, WrongState."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredKey)) is not None:
            return before
        row = _existing(tx, id_, locked=True)
        if row.replaced_by is not None:
            raise WrongState(
                f"The key was replaced by {row.replaced_by} already.",
                f"Der Schlüssel wurde schon durch {row.replaced_by} ersetzt.",
            )
        said = {name: getattr(row, name) for name in ("name", "scopes", "organizations", "networks")}
        made = add_in(tx, caller, {**said, "expires_at": None}, now)
        ends = now + overlap
        row.expires_at = ends if row.expires_at is None else min(row.expires_at, ends)
        row.replaced_by, row.version = made.id, row.version + 1
        tx.save()
        audit_events.record(tx, caller, at=now, action="api_key.rotated", target=f"api-keys/{id_}")
        claims.keep(tx, caller, once, changed(made, text=None))
        return changed(made, text=None) if dry_run else made


def revoke(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Let a key open nothing from now on. Raises Missing, Changed, ConditionNeeded, and WrongState for the last that can administer."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = _existing(tx, id_, locked=True)
        condition.check(_stored(row).tag)
        if _can_administer(row, now):
            _check_not_last(tx, id_, now)
        row.revoked_at = now
        tx.save()
        audit_events.record(tx, caller, at=now, action="api_key.revoked", target=f"api-keys/{id_}")


def from_the_shell(store: Database, workspace: str, name: str, scopes: Sequence[Scope], now: datetime) -> StoredKey:
    """Make a key of the workspace of that name, which is made when there is none: for whoever runs the service."""
    id_ = directory.workspace_named(store, workspace, now)
    operator = Caller(id_, "operator", "shell", frozenset(SCOPES))
    return add(store, operator, {"name": name, "scopes": list(scopes)}, now)


def add_in(tx: Transaction, caller: Caller, said: Mapping[str, Any], now: datetime) -> StoredKey:
    """Make a key within a transaction that is open; `said` is good already."""
    key = key_from(secrets.token_bytes(RANDOM_BYTES), ENVIRONMENT)
    row = ApiKeyRow(
        workspace_id=tx.workspace,
        id=new_id("key", now),
        name=said["name"],
        lookup=key.lookup,
        hash=key.hash,
        last_four=key.last4,
        scopes=[scope for scope in SCOPES if scope in said["scopes"]],
        organizations=said.get("organizations"),
        networks=said.get("networks"),
        created_at=now,
        created_by=caller.actor,
        expires_at=said.get("expires_at"),
    )
    tx.add(row)
    audit_events.record(tx, caller, at=now, action="api_key.created", target=f"api-keys/{row.id}")
    return changed(_stored(row), text=key.text)


def _check(said: Mapping[str, Any], now: datetime) -> None:
    faults = network_faults(said.get("networks") or (), ("networks",))
    if (expires := said.get("expires_at")) is not None and expires <= now:
        faults.append(Fault(("expires_at",), "bad_value", written(expires), "future"))
    if faults:
        raise invalid(faults, said)


def _check_no_wider(caller: Caller, said: Mapping[str, Any]) -> None:
    """A key that is good for some organizations makes none that is good for others."""
    if caller.organizations is None or ("organizations" not in said and "scopes" not in said):
        return
    if not set(said.get("organizations") or ("*",)) <= caller.organizations:
        raise Forbidden("admin")


def _can_administer(row: ApiKeyRow, now: datetime) -> bool:
    return "admin" in row.scopes and row.organizations is None and (row.expires_at is None or row.expires_at > now)


def _check_not_last(tx: Transaction, id_: str, now: datetime) -> None:
    if not api_keys.administers(tx, now, but=id_):
        raise WrongState(
            "This is the last key that can administer the workspace: make another one first.",
            "Das ist der letzte Schlüssel, der den Arbeitsbereich verwalten kann: Legen Sie zuerst einen anderen an.",
        )


def _existing(tx: Transaction, id_: str, *, locked: bool = False) -> ApiKeyRow:
    row = api_keys.key(tx, id_, locked=locked)
    if row is None:
        raise Missing("api key", id_)
    return row


def _stored(row: Any) -> StoredKey:
    return StoredKey(
        id=row.id,
        name=row.name,
        last_four=row.last_four,
        scopes=row.scopes,
        organizations=row.organizations,
        networks=row.networks,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        replaced_by=row.replaced_by,
        version=row.version,
    )
