"""Organizations of a workspace: add, get, replace, remove. What they say of themselves is the `organization` of their document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import AlreadyExists, Missing
from app.domain.faults import Fault, Path, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.read_only import without_read_only
from app.domain.stored_form import Raw
from app.services import accepting
from app.services.accepting import Accepted, document_tag
from app.storage import audit_events, claims, documents, organizations
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import OrganizationRow
from app.storage.workspace import Transaction

READ_ONLY = ("id", "revision", "created_at", "updated_at")
KEPT = timedelta(days=30)
"""For how long what was deleted can be restored."""


@dataclass(frozen=True, slots=True)
class StoredOrganization:
    """An organization as it stands; `said` is the `organization` of its document. `created`: this very request made it."""

    id: str
    key: str
    said: Raw
    revision: int
    content_hash: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    created: bool = False

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes: that of its document, which it is a part of."""
        return document_tag(self.revision, self.content_hash)

    @property
    def shown(self) -> Raw:
        """It as the API shows it."""
        own = {"id": self.id, "revision": self.revision}
        times = {"created_at": written(self.created_at), "updated_at": written(self.updated_at)}
        return {**self.said, "key": self.key, **own, **times, **gone(self.deleted_at)}


def gone(deleted_at: datetime | None) -> Raw:
    """What the API shows of a thing that was deleted: since when it is gone, and when it is erased."""
    if deleted_at is None:
        return {}
    return {"deleted_at": written(deleted_at), "purge_after": written(deleted_at + KEPT)}


def get(store: Database, caller: Caller, key: str) -> StoredOrganization:
    """The organization of that key; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _stored(existing(tx, caller, key))


def listed(store: Database, caller: Caller, wanted: Wanted, *, deleted: bool = False) -> Found[StoredOrganization]:
    """A page of the organizations that the caller may see; with `deleted`, which is for administrators, of those that are gone but kept.

    Raises Forbidden.
    """
    if deleted:
        caller.needs("admin")
    with store.reading(caller.workspace) as tx:
        return organizations.listed(tx, wanted, only=caller.organizations, deleted=deleted).of(_stored)


def add(
    store: Database, caller: Caller, said: Raw, now: datetime, *, once: Claim | None = None, dry_run: bool = False
) -> StoredOrganization:
    """Make an organization, with a document that says no more than `said`. Raises AlreadyExists, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredOrganization)) is not None:
            return before
        said = without_read_only(said, {}, READ_ONLY)
        if not isinstance(key := said.get("key"), str):
            raise invalid([Fault(("key",), "missing")], said)
        if not caller.sees(key) or organizations.current(tx, key) is not None:
            raise AlreadyExists("organization", key)
        row, _ = found(tx, caller, key, {"concord": 1, "organization": said}, now)
        stored = changed(_stored(row), created=True)
        claims.keep(tx, caller, once, stored)
        return stored


def replace(
    store: Database, caller: Caller, key: str, said: Raw, now: datetime, condition: Condition, *, dry_run: bool = False
) -> StoredOrganization:
    """Make the organization say this, or make the organization. Raises Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = seen(tx, caller, key, locked=True)
        if row is None:
            said = of_key(without_read_only(said, {}, READ_ONLY), key)
            condition.check(None)
            row, _ = found(tx, caller, key, {"concord": 1, "organization": said}, now)
            return changed(_stored(row), created=True)
        before = _latest(tx, row)
        said = of_key(without_read_only(said, _stored(row).shown, READ_ONLY), key)
        condition.check(document_tag(before.number, before.content_hash))
        raw = {**before.raw, "organization": said}
        accepting.accept(tx, caller, row, raw, at=now, action="organization.replaced")
        return _stored(row)


def remove(
    store: Database, caller: Caller, key: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Take the organization out of lists and look-ups, with all that belongs to it. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = existing(tx, caller, key, locked=True)
        latest = _latest(tx, row)
        condition.check(document_tag(latest.number, latest.content_hash))
        row.deleted_at = now
        tx.save()
        audit_events.record(
            tx, caller, at=now, action="organization.deleted", target=f"organizations/{key}", before=latest.content_hash
        )


def of_key(said: Mapping[str, Any], key: str, path: Path = ()) -> dict[str, Any]:
    """What is said of the thing at an address that names its key: it may name the key again; raises DocumentInvalid for another one."""
    if said.get("key") not in (None, key):
        raise invalid([Fault((*path, "key"), "other_key", said["key"], "this_key", (key,), {"key": key})], said)
    return {**said, "key": key}


def seen(tx: Transaction, caller: Caller, key: str, *, locked: bool = False) -> OrganizationRow | None:
    """The organization of that key, when there is one that the caller may see.

    Raises Missing for a key that the caller's credential is not good for: as if it did not exist.
    """
    if not caller.sees(key):
        raise Missing("organization", key)
    return organizations.current(tx, key, locked=locked)


def existing(tx: Transaction, caller: Caller, key: str, *, locked: bool = False) -> OrganizationRow:
    """The organization of that key; raises Missing."""
    row = seen(tx, caller, key, locked=locked)
    if row is None:
        raise Missing("organization", key)
    return row


def found(tx: Transaction, caller: Caller, key: str, raw: Any, now: datetime) -> tuple[OrganizationRow, Accepted]:
    """Make an organization with its first document. Raises DocumentInvalid."""
    row = OrganizationRow(
        workspace_id=tx.workspace, id=new_id("org", now), key=key, name=key, revision=0, created_at=now, updated_at=now
    )
    tx.add(row)
    return row, accepting.accept(tx, caller, row, raw, at=now, action="organization.created")


def _latest(tx: Transaction, row: OrganizationRow) -> documents.Stored:
    latest = documents.latest(tx, row)
    assert latest is not None
    return latest


def _stored(row: OrganizationRow | Row[Any]) -> StoredOrganization:
    return StoredOrganization(
        id=row.id,
        key=row.key,
        said=row.body,
        revision=row.revision,
        content_hash=row.content_hash,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )
