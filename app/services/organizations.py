"""Organizations of a workspace: add, get, replace, remove. What they say of themselves is the `organization` of their document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.deletion import deletion, kept_since
from app.domain.errors import AlreadyExists, Missing
from app.domain.faults import Fault, Path, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.read_only import without_read_only
from app.domain.sent_patches import merged
from app.domain.stored_form import Raw
from app.exchange.source import Source
from app.services import accepting, erasing
from app.services.accepting import Accepted, diff, document_tag
from app.services.places_in_bodies import of_part
from app.storage import audit_events, claims, documents, organizations
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

READ_ONLY = ("id", "revision", "created_at", "updated_at", "deleted_at", "purge_after")


@dataclass(frozen=True, slots=True)
class StoredOrganization:
    """An organization as it stands; `said` is the `organization` of its document. `created`: this very request made it; `changes` and
    `patch`: what a write did to the document."""

    id: str
    key: str
    said: Raw
    revision: int
    content_hash: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    created: bool = False
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes: that of its document, which it is a part of."""
        return document_tag(self.revision, self.content_hash)

    @property
    def shown(self) -> Raw:
        """It as the API shows it."""
        own = {"id": self.id, "revision": self.revision}
        times = {"created_at": written(self.created_at), "updated_at": written(self.updated_at)}
        return {**self.said, "key": self.key, **own, **times, **deletion(self.deleted_at)}


def get(store: Database, caller: Caller, key: str) -> StoredOrganization:
    """The organization of that key; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _stored(existing(tx, caller, key))


def listed(
    store: Database, caller: Caller, wanted: Wanted, now: datetime, *, deleted: bool = False
) -> Found[StoredOrganization]:
    """A page of the organizations that the caller may see; with `deleted`, which is for administrators, of those that are gone but kept.

    Raises Forbidden.
    """
    if deleted:
        caller.needs("admin")
    with store.reading(caller.workspace) as tx:
        since = kept_since(now) if deleted else None
        return organizations.listed(tx, wanted, only=caller.organizations, deleted_since=since).of(_stored)


def add(
    store: Database, caller: Caller, source: Source, now: datetime, *, once: Claim | None = None, dry_run: bool = False
) -> StoredOrganization:
    """Make an organization, with a document that says no more than what was read. Raises AlreadyExists, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredOrganization)) is not None:
            return before
        with of_part((), source):
            said = without_read_only(object_said(source.raw), {}, READ_ONLY)
            key = said.get("key")
            if not isinstance(key, str):
                raise invalid([Fault(("key",), "missing")], said)
        with of_part(("organization",), source):
            document = accepting.valid({"concord": 1, "organization": said})
        if not caller.sees(key) or seen(tx, caller, key, locked=True) is not None:
            raise AlreadyExists("organization", key)
        row, accepted = found(tx, caller, key, document, now)
        stored = _stored(row, accepted, created=True)
        claims.keep(tx, caller, once, stored)
        return stored


def replace(
    store: Database,
    caller: Caller,
    key: str,
    source: Source,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredOrganization:
    """Make the organization say this, or make the organization.

    Raises Missing, Changed, ConditionNeeded, DocumentInvalid with places in what was read.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = seen(tx, caller, key, locked=True)
        with of_part((), source):
            shown = {} if row is None else _stored(row).shown
            said = of_key(without_read_only(object_said(source.raw), shown, READ_ONLY), key)
        return _put(tx, caller, row, key, said, now, condition, source=source)


def change(
    store: Database,
    caller: Caller,
    key: str,
    patch: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredOrganization:
    """Merge a patch into what the organization says of itself. Raises Missing, Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredOrganization)) is not None:
            return before
        row = existing(tx, caller, key, locked=True)
        said = without_read_only(object_said(patch), _stored(row).shown, READ_ONLY)
        stored = _put(tx, caller, row, key, of_key(merged(row.body, said), key), now, condition)
        claims.keep(tx, caller, once, stored)
        return stored


def remove(
    store: Database,
    caller: Caller,
    key: str,
    now: datetime,
    condition: Condition,
    *,
    purge: bool = False,
    dry_run: bool = False,
) -> None:
    """Take the organization out of lists and look-ups, with all that belongs to it. With `purge`, which is for administrators, it is erased
    at once, or what is kept of organizations of that key that were deleted before.

    Raises Missing, Forbidden, Changed, ConditionNeeded.
    """
    if purge:
        caller.needs("admin")
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = seen(tx, caller, key, locked=True)
        going = [row] if row is not None else organizations.deleted(tx, key) if purge else []
        if not going:
            raise Missing("organization", key)
        if row is not None:
            condition.check(document_tag(row.revision, row.content_hash))
        hash_ = None if row is None else row.content_hash
        for one in going:
            if purge:
                erasing.erase(tx, one)
            else:
                organizations.mark(tx, one, deleted_at=now)
        action = "organization.purged" if purge else "organization.deleted"
        audit_events.record(tx, caller, at=now, action=action, target=f"organizations/{key}", before=hash_)


def restore(
    store: Database, caller: Caller, key: str, now: datetime, *, once: Claim | None = None, dry_run: bool = False
) -> StoredOrganization:
    """Bring the organization of that key back that was deleted last. Raises Missing, AlreadyExists."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredOrganization)) is not None:
            return before
        if seen(tx, caller, key, locked=True) is not None:
            raise AlreadyExists("organization", key)
        kept = [row for row in organizations.deleted(tx, key) if row.deleted_at and row.deleted_at > kept_since(now)]
        if not kept:
            raise Missing("organization", key)
        row = organizations.mark(tx, kept[-1], deleted_at=None)
        hash_, target = row.content_hash, f"organizations/{key}"
        audit_events.record(tx, caller, at=now, action="organization.restored", target=target, after=hash_)
        stored = _stored(row)
        claims.keep(tx, caller, once, stored)
        return stored


def _put(
    tx: Transaction,
    caller: Caller,
    row: Organization | None,
    key: str,
    said: Raw,
    now: datetime,
    condition: Condition,
    *,
    source: Source | None = None,
) -> StoredOrganization:
    """Make the organization say this; there is none yet where there is no row."""
    raw = {"concord": 1} if row is None else documents.standing(tx, row).raw
    with of_part(("organization",), source):
        document = accepting.valid({**raw, "organization": said})
    condition.check(None if row is None else document_tag(row.revision, row.content_hash))
    if row is None:
        row, accepted = found(tx, caller, key, document, now)
        return _stored(row, accepted, created=True)
    return _stored(row, accepting.accept(tx, caller, row, document, at=now, action="organization.replaced"))


def object_said(said: Any) -> Raw:
    """What is said of a thing, which is an object. Raises DocumentInvalid."""
    if not isinstance(said, Mapping):
        raise invalid([Fault((), "wrong_type", said, "object")], said)
    return dict(said)


def of_key(said: Mapping[str, Any], key: str, path: Path = ()) -> dict[str, Any]:
    """What is said of the thing at an address that names its key: it may name the key again; raises DocumentInvalid for another one."""
    if said.get("key") not in (None, key):
        raise invalid([Fault((*path, "key"), "other_key", said["key"], "this_key", (key,), {"key": key})], said)
    return {**said, "key": key}


def seen(tx: Transaction, caller: Caller, key: str, *, locked: bool = False) -> Organization | None:
    """The organization of that key, when there is one that the caller may see; `locked` lets nobody else change it, or make it.

    Raises Missing for a key that the caller's credential is not good for: as if it did not exist.
    """
    if not caller.sees(key):
        raise Missing("organization", key)
    row = organizations.current(tx, key, locked=locked)
    if row is None and locked:
        tx.alone("organizations", key)
        row = organizations.current(tx, key, locked=True)
    return row


def existing(tx: Transaction, caller: Caller, key: str, *, locked: bool = False) -> Organization:
    """The organization of that key; raises Missing."""
    row = seen(tx, caller, key, locked=locked)
    if row is None:
        raise Missing("organization", key)
    return row


def found(tx: Transaction, caller: Caller, key: str, raw: Any, now: datetime) -> tuple[Organization, Accepted]:
    """Make an organization with its first document. Raises DocumentInvalid."""
    row = Organization(new_id("org", now), key, key, None, 0, {}, "", created_at=now, updated_at=now)
    organizations.add(tx, row)
    return row, accepting.accept(tx, caller, row, raw, at=now, action="organization.created")


def _stored(
    row: Organization | Row[Any], accepted: Accepted | None = None, *, created: bool = False
) -> StoredOrganization:
    """An organization as its row says it, or as it was just accepted."""
    changes, patch = diff(accepted) if accepted else ((), ())
    if accepted is not None:
        said, number, hash_, at = accepted.raw["organization"], accepted.number, accepted.content_hash, accepted.at
    else:
        said, number, hash_, at = row.body, row.revision, row.content_hash, row.updated_at
    return StoredOrganization(
        id=row.id,
        key=row.key,
        said=said,
        revision=number,
        content_hash=hash_,
        created_at=row.created_at,
        updated_at=at,
        deleted_at=row.deleted_at,
        created=created,
        changes=changes,
        patch=patch,
    )
