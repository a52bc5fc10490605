"""Parts of an organization's document by key: each write is an operation on the whole document, which is checked whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.deletion import kept_since
from app.domain.document.parts import (
    GOVERNANCE,
    KEY_MEMBER,
    PartId,
    place_of,
    said_key,
)
from app.domain.errors import AlreadyExists, Missing
from app.domain.faults import Fault, invalid
from app.domain.pages import Found, Wanted
from app.domain.read_only import without_read_only
from app.domain.sent_patches import merged
from app.domain.stored_form import Raw
from app.exchange.source import Source
from app.services.accepting import part_tag
from app.services.kept_parts import (
    PageOfTexts,
    PartText,
    Removed,
    StoredPart,
    existing_part,
    page_of_texts,
    part_of,
    shown_key,
    text_of,
)
from app.services.organizations import existing, object_said
from app.services.part_writes import PartWrite
from app.services.places_in_bodies import of_part
from app.storage import audit_events, claims, documents, organizations
from app.storage.database import Database
from app.storage.organizations import State
from app.storage.pages import is_plain

READ_ONLY = ("revision", "created_at", "updated_at", "deleted_at", "purge_after")


def state(store: Database, caller: Caller, organization: str) -> State | None:
    """The state of an organization, None where there is none that the caller may see. As long as it stays the same, so do all lists."""
    if not caller.sees(organization):
        return None
    return organizations.state(store.glance(caller.workspace), organization)


def listed_deleted(
    store: Database, caller: Caller, organization: str, list_: str, wanted: Wanted, now: datetime
) -> Found[StoredPart]:
    """A page of the parts of a list that were deleted and are kept, for administrators. Raises Missing, Forbidden."""
    caller.needs("admin")
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found = documents.listed_deleted(tx, row, list_, wanted, since=kept_since(now))
        return found.of(lambda part: part_of(organization, list_, part))


def listed(store: Database, caller: Caller, organization: str, list_: str, wanted: Wanted) -> PageOfTexts:
    """A page of a list, each part as it is `shown`: what is kept goes out as it is. Raises Missing."""
    if is_plain(wanted) and caller.sees(organization):
        glanced = documents.glanced_as_texts(store.glance(caller.workspace), organization, list_, wanted)
        if glanced is not None:
            return page_of_texts(list_, *glanced)
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return page_of_texts(
            list_, organizations.state(tx, organization), documents.listed_as_texts(tx, row, list_, wanted)
        )


def get(store: Database, caller: Caller, organization: str, part: PartId) -> StoredPart:
    """The part as it stands. Raises Missing."""
    glance = store.glance(caller.workspace)
    row = documents.part_of(glance, organization, *part) if caller.sees(organization) else None
    if row is None:
        raise Missing(part.list, part.key)
    return part_of(organization, part.list, row)


def get_as_text(store: Database, caller: Caller, organization: str, part: PartId) -> PartText:
    """The part as it stands and is `shown`: what is kept goes out as it is. Raises Missing."""
    glance = store.glance(caller.workspace)
    row = documents.text_of(glance, organization, *part) if caller.sees(organization) else None
    if row is None:
        raise Missing(part.list, part.key)
    return PartText(text_of(part.list, row), part_tag(row.revision, row.body))


def add(
    store: Database,
    caller: Caller,
    organization: str,
    list_: str,
    source: Source,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Add a part to a list. Raises Missing, AlreadyExists, DocumentInvalid with places in what was read."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = PartWrite(tx, caller, existing(tx, caller, organization, locked=True), now)
        with of_part((), source):
            said = object_said(source.raw)
            part = PartId(list_, said_key(list_, said) or "")
            said = without_read_only(said, {"key": part.key}, (*READ_ONLY, *shown_key(list_)))
        is_taken = place_of(write.raw, *part) is not None
        stored = write.put(part, said, source=source, refused=AlreadyExists(list_, part.key) if is_taken else None)
        claims.keep(tx, caller, once, stored)
        return stored


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    source: Source,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredPart:
    """Make the part say this, or make the part. Raises Missing (the organization), Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        write = PartWrite(tx, caller, existing(tx, caller, organization, locked=True), now)
        with of_part((), source):
            said = _of_key(without_read_only(object_said(source.raw), write.shown(part), READ_ONLY), part)
        return write.put(part, said, source=source, condition=condition)


def change(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    patch: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Merge a patch into the part. Raises Missing, Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = PartWrite(tx, caller, existing(tx, caller, organization, locked=True), now)
        stored = existing_part(tx, write.organization, part)
        said = without_read_only(object_said(patch), stored.shown, READ_ONLY)
        key = {name: said.pop(name) for name in shown_key(part.list) if name in said}
        after = write.put(part, _of_key({**merged(stored.body, said), **key}, part), condition=condition)
        claims.keep(tx, caller, once, after)
        return after


def remove(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    now: datetime,
    condition: Condition,
    *,
    cascade: bool = False,
    purge: bool = False,
    dry_run: bool = False,
) -> Removed:
    """Take the part out of the document; with `cascade` also all that refers to it. `purge`, which is for administrators, erases its rows
    at once, also those that are kept of an earlier deletion.

    Raises Missing, Forbidden, StillReferenced, Changed, ConditionNeeded, and DocumentInvalid where the document needs the part.
    """
    if purge:
        caller.needs("admin")
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        write = PartWrite(tx, caller, existing(tx, caller, organization, locked=True), now)
        row = documents.part(tx, write.organization, *part)
        removed = Removed(organization, (part,))
        if row is not None:
            removed = write.remove(part_of(organization, part.list, row), condition, cascade=cascade)
        erased = sum(documents.erase_parts(tx, write.organization, *gone) for gone in removed.gone) if purge else 0
        if row is None and not erased:
            raise Missing(part.list, part.key)
        if erased:
            audit_events.record(tx, caller, at=now, action=f"{part.list}.purged", target=write.target(part))
        return removed


def restore(
    store: Database,
    caller: Caller,
    organization: str,
    part: PartId,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPart:
    """Bring the part of that key back that was deleted last.

    Raises Missing, AlreadyExists, DocumentInvalid where it does not fit the document any more.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPart)) is not None:
            return before
        write = PartWrite(tx, caller, existing(tx, caller, organization, locked=True), now)
        row = documents.last_deleted(tx, write.organization, *part, since=kept_since(now))
        if row is None and place_of(write.raw, *part) is None:
            raise Missing(part.list, part.key)
        if row is None or place_of(write.raw, *part) is not None:
            raise AlreadyExists(part.list, part.key)
        stored = write.put(part, row.body, restored=row)
        claims.keep(tx, caller, once, stored)
        return stored


def _of_key(said: Raw, part: PartId) -> Raw:
    """What is said of the part at an address that names its key: it may name the key again, and no other one."""
    if part.list == GOVERNANCE:
        return said
    own = KEY_MEMBER.get(part.list, "key")
    named = {"key": said.get("key"), own: said.get(own)}
    said = {name: value for name, value in said.items() if name != "key"}
    if part.list == "influences":
        named[""] = said_key(part.list, said)
    else:
        said[own] = part.key
    faults = [
        Fault((name,) if name else (), "other_key", key, "this_key", (part.key,), {"key": part.key})
        for name, key in named.items()
        if key not in (None, part.key)
    ]
    if faults:
        raise invalid(faults, said)
    return said
