"""The one write path of a document: checked once, then one revision, one audit event, one message in the outbox, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.change_form import change_as_json, counts
from app.domain.document import Document
from app.domain.document.changes import Change, changes_between
from app.domain.document.checks import checked
from app.domain.document.parts import GOVERNANCE, keyed_twice
from app.domain.document.patch import patch_between, patch_in_place
from app.domain.document.pieces import KPIS, Replaced, in_pieces
from app.domain.faults import invalid
from app.domain.pages import folded
from app.domain.stored_form import KEYED, Raw, key_of, sharing, stored_form
from app.services import turning_points
from app.services.kept_documents import KeptDocuments
from app.storage import audit_events, documents, organizations, outbox
from app.storage.columns import written
from app.storage.documents import PartRow, Stored, Written
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

KEPT = KeptDocuments()
"""Documents of which one KPI was written just now: the next one is likely to follow."""

ONE_PART = ("kpis.created", "kpis.replaced")
"""Changes after which a document is worth keeping."""


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
    pieces = in_pieces(document, new)
    accepted = Accepted(
        number=organization.revision + 1,
        content_hash=pieces.content_hash,
        at=at,
        raw=new,
        changes=changes_between(old, new),
        patch=tuple(patch_between(old, new)),
    )
    said, hash_ = new["organization"], accepted.content_hash
    organizations.renew(tx, organization, said=said, revision=accepted.number, content_hash=hash_, at=at)
    _renew_parts(tx, organization, old, accepted, restored)
    target = target or f"organizations/{organization.key}"
    previous = before.content_hash if before else None
    body = _write(tx, caller, organization, accepted, action=action, target=target, previous=previous)
    if action in ONE_PART:
        KEPT.keep(body, pieces)
    return accepted


def accept_kpi(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    replaced: Replaced,
    *,
    at: datetime,
    action: str,
    target: str,
    before: Written,
    old: Raw,
) -> Accepted:
    """Make a document in which one KPI was replaced the organization's, as `accept` would. `before`, `old`: the document as it stands."""
    pieces, place = replaced
    was, item = old[KPIS][place], pieces.raw[KPIS][place]
    if item == was:
        return Accepted(before.number, before.content_hash, before.at, old, is_new=False)
    accepted = Accepted(
        number=organization.revision + 1,
        content_hash=pieces.content_hash,
        at=at,
        raw=pieces.raw,
        changes=changes_between({KPIS: [was]}, {KPIS: [item]}),
        patch=tuple(patch_in_place(was, item, f"/{KPIS}/{place}")),
    )
    key, hash_ = item["key"], accepted.content_hash
    organizations.move_on(tx, organization, revision=accepted.number, content_hash=hash_, at=at)
    documents.change_part(tx, organization, KPIS, key, _shown(key, item), accepted.number, at)
    body = _write(tx, caller, organization, accepted, action=action, target=target, previous=before.content_hash)
    KEPT.keep(body, pieces, instead_of=before.body)
    return accepted


def diff(accepted: Accepted) -> tuple[tuple[Raw, ...], tuple[Mapping[str, Any], ...]]:
    """What the acceptance did to the document: for people, and as a JSON Patch."""
    return tuple(map(change_as_json, accepted.changes)), accepted.patch


def document_tag(number: int, hash_: str) -> str:
    """The entity tag of a document, without quotes."""
    return f"r{number}-{hash_.removeprefix('sha256:')[:12]}"


def part_tag(revision: int, text: str) -> str:
    """The entity tag of a part whose JSON is kept as this text, without quotes: it changes whenever the part does, and when it is made
    anew."""
    return f"r{revision}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _write(
    tx: Transaction,
    caller: Caller,
    organization: Organization,
    accepted: Accepted,
    *,
    action: str,
    target: str,
    previous: str | None,
) -> bytes:
    """Write all of an accepted state but its parts, and return what is kept of the document."""
    number, hash_, at = accepted.number, accepted.content_hash, accepted.at
    body = written(accepted.raw).encode()
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
        body=body,
    )
    audit_events.record(tx, caller, at=at, action=action, target=target, before=previous, after=hash_)
    outbox.add(tx, "document.changed", {"organization": organization.key, "revision": number}, at)
    turning_points.follow(tx, organization, accepted.raw, at)
    return body


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
