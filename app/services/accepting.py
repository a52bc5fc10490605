"""The one write path of a document: checked once, then one revision, one audit event, one message in the outbox, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.canonical import canonical_text, content_hash
from app.domain.change_form import change_as_json, counts
from app.domain.document import Document
from app.domain.document_changes import Change, changes_between
from app.domain.document_checks import checked
from app.domain.document_parts import GOVERNANCE, keyed_twice
from app.domain.document_patch import patch_between
from app.domain.faults import invalid
from app.domain.pages import folded
from app.domain.stored_form import KEYED, Raw, key_of, sharing, stored_form
from app.services import turning_points
from app.storage import audit_events, documents, organizations, outbox
from app.storage.columns import written
from app.storage.documents import PartRow, Stored
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


class Accepted(NamedTuple):
    """A state of the document that was accepted. `is_new` is false when it says what the state before said: then nothing was written.

    `patch` turns the document before into this one.
    """

    number: int
    content_hash: str
    at: datetime
    raw: Raw
    changes: tuple[Change, ...] = ()
    patch: tuple[Mapping[str, Any], ...] = ()
    is_new: bool = True


def valid(said: Any) -> Document:
    """The document that is said, when it can be kept. Raises DocumentInvalid with every problem."""
    document, faults = checked(said, catalogue())
    faults += keyed_twice(said)
    if faults or document is None:
        raise invalid(faults, said)
    return document


def accept(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    said: Any,
    *,
    at: datetime,
    action: str,
    target: str = "",
    before: Stored | None = None,
    restored: PartRow | None = None,
) -> Accepted:
    """Make what is said, which may be `valid` already, the organization's document.

    The organization is locked by this transaction, or new. `action` is what the audit event calls it, such as `document.replaced`, `target`
    what it was done to, where that is not the organization; `before` is the document as it stands, for those who have read it; `restored`
    is the row of a deleted part that the document has again. Raises DocumentInvalid with every problem.
    """
    document = said if isinstance(said, Document) else valid(said)
    before = before or documents.latest(tx, organization)
    old = before.raw if before else {}
    new = sharing(stored_form(document), old)
    if before is not None and new == old:
        return Accepted(before.number, before.content_hash, before.at, new, is_new=False)
    accepted = Accepted(
        number=organization.revision + 1,
        content_hash=content_hash(document),
        at=at,
        raw=new,
        changes=changes_between(old, new),
        patch=tuple(patch_between(old, new)),
    )
    _write(tx, caller, organization, accepted, action)
    _renew_parts(tx, organization, old, accepted, restored)
    target = target or f"organizations/{organization.key}"
    previous = before.content_hash if before else None
    audit_events.record(tx, caller, at=at, action=action, target=target, before=previous, after=accepted.content_hash)
    outbox.add(tx, "document.changed", {"organization": organization.key, "revision": accepted.number}, at)
    turning_points.follow(tx, organization, accepted.raw, at)
    return accepted


def diff(accepted: Accepted) -> tuple[tuple[Raw, ...], tuple[Mapping[str, Any], ...]]:
    """What the acceptance did to the document: for people, and as a JSON Patch."""
    return tuple(map(change_as_json, accepted.changes)), accepted.patch


def document_tag(number: int, hash_: str) -> str:
    """The entity tag of a document, without quotes."""
    return f"r{number}-{hash_.removeprefix('sha256:')[:12]}"


def part_tag(revision: int, body: Mapping[str, Any]) -> str:
    """The entity tag of a part, without quotes: it changes whenever the part does, and when it is made anew."""
    return f"r{revision}-{hashlib.sha256(canonical_text(body).encode()).hexdigest()[:12]}"


def _write(tx: Transaction, caller: Caller, organization: Organization, accepted: Accepted, action: str) -> None:
    said, number, hash_, at = accepted.raw["organization"], accepted.number, accepted.content_hash, accepted.at
    organizations.renew(tx, organization, said=said, revision=number, content_hash=hash_, at=at)
    documents.add_revision(
        tx,
        organization,
        number=number,
        created_at=at,
        actor=caller.actor,
        action=action,
        content_hash=hash_,
        changes=list(diff(accepted)[0]),
        patch=list(accepted.patch),
        counts=counts(accepted.changes),
        body=written(accepted.raw).encode(),
    )


def _renew_parts(
    tx: Transaction, organization: Organization, old: Raw, accepted: Accepted, restored: PartRow | None
) -> None:
    """Bring the rows of the parts to what the document says now."""
    for list_ in (*KEYED, GOVERNANCE):
        before, after = _by_key(old, list_), _by_key(accepted.raw, list_)
        gone = sorted(before.keys() - after.keys())
        if gone:
            documents.mark_deleted(tx, organization, list_, gone, accepted.at)
        for key, item in after.items():
            if key not in before and restored is not None and (restored.list, restored.key) == (list_, key):
                documents.bring_back(tx, restored, _shown(key, item), accepted.number, accepted.at)
            elif key not in before:
                documents.add_part(tx, organization, list_, key, _shown(key, item), accepted.number, accepted.at)
            elif item != before[key]:
                documents.change_part(tx, organization, list_, key, _shown(key, item), accepted.number, accepted.at)


def _by_key(raw: Raw, list_: str) -> dict[str, Raw]:
    """The items of a list by key; governance, which every document has, by its name."""
    if list_ == GOVERNANCE:
        return {GOVERNANCE: raw.get(GOVERNANCE, {})} if raw else {}
    return {key_of(list_, item): item for item in raw.get(list_, ())}


def _shown(key: str, item: Raw) -> dict[str, Any]:
    """What a row shows of an item beside the item itself."""
    name = str(item.get("name") or item.get("role") or item.get("mechanism") or item.get("source") or "")
    return {"name": name, "department": item.get("department"), "body": item, "searched": folded(key, name)}
