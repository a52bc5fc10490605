"""Documents: an organization's whole model, read, replaced, patched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.sent_patches import merged, patched
from app.domain.stored_form import Raw
from app.exchange.source import Source
from app.services import accepting
from app.services.accepting import Accepted, diff, document_tag
from app.services.audits import located
from app.services.organizations import existing, found, of_key, seen
from app.services.places_in_bodies import elsewhere, of_merge_patch
from app.storage import claims, documents
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A state of an organization's document. `changes` and `patch` lead to it from the state before, when it was just accepted."""

    organization: str
    revision: int
    content_hash: str
    at: datetime
    raw: Raw
    changes: tuple[Any, ...] = ()
    patch: tuple[Any, ...] = ()
    created: bool = False

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return document_tag(self.revision, self.content_hash)


def get(store: Database, caller: Caller, organization: str, *, revision: int | None = None) -> StoredDocument:
    """The document as it stands, or as it was at a revision. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        stored = documents.at_revision(tx, row, row.revision if revision is None else revision)
        if stored is None:
            raise Missing("revision", str(revision))
        return StoredDocument(organization, stored.number, stored.content_hash, stored.at, stored.raw)


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    source: Source,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredDocument:
    """Make what was read the organization's document; an organization that does not exist is made with it.

    Raises DocumentInvalid with places in what was read, Changed, ConditionNeeded.
    """
    with located(source):
        document = accepting.valid(of_organization(source.raw, organization))
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = seen(tx, caller, organization, locked=True)
        if row is None:
            condition.check(None)
            _, accepted = found(tx, caller, organization, document, now)
            return just_accepted(organization, accepted, created=True)
        condition.check(document_tag(row.revision, row.content_hash))
        return just_accepted(
            organization, accepting.accept(tx, caller, row, document, at=now, action="document.replaced")
        )


def patch(
    store: Database,
    caller: Caller,
    organization: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredDocument:
    """Apply a JSON Patch, as somebody sent it, to the document. Its pointers lead into the document as `get` returns it.

    Raises as `change` does; DocumentInvalid also for a patch that is none or does not fit, with the place of the operation.
    """
    return change(
        store, caller, organization, lambda raw: patched(raw, said), now, condition, once=once, dry_run=dry_run
    )


def merge(
    store: Database,
    caller: Caller,
    organization: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredDocument:
    """Merge a patch, as somebody sent it, into the document. Raises as `change` does."""
    if not isinstance(said, Mapping):
        raise invalid([Fault((), "wrong_type", said, "object")], said)
    places = partial(of_merge_patch, said)
    return change(
        store,
        caller,
        organization,
        lambda raw: merged(raw, said),
        now,
        condition,
        once=once,
        dry_run=dry_run,
        places=places,
    )


def change(
    store: Database,
    caller: Caller,
    organization: str,
    changed: Callable[[Raw], Any],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
    places: Callable[[], AbstractContextManager[None]] = elsewhere,
) -> StoredDocument:
    """Make of the document what `changed` makes of it. `places`: how problems of what comes out are told.

    Raises Missing, DocumentInvalid, Changed, ConditionNeeded, and what `changed` raises.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredDocument)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        latest = documents.standing(tx, row)
        after = changed(latest.raw)
        with places():
            document = accepting.valid(of_organization(after, organization))
        condition.check(document_tag(latest.number, latest.content_hash))
        stored = just_accepted(
            organization,
            accepting.accept(tx, caller, row, document, at=now, action="document.patched", before=latest),
        )
        claims.keep(tx, caller, once, stored)
        return stored


def of_organization(raw: Any, key: str) -> Any:
    """The document with the key that its address names, where it names none itself; another one is a fault."""
    said = raw.get("organization") if isinstance(raw, dict) else None
    if not isinstance(said, dict):
        return raw
    return {**raw, "organization": of_key(said, key, ("organization",))}


def just_accepted(organization: str, accepted: Accepted, *, created: bool = False) -> StoredDocument:
    """The state of the document that was just accepted, with what led to it."""
    changes, patch = diff(accepted)
    return StoredDocument(
        organization=organization,
        revision=accepted.number,
        content_hash=accepted.content_hash,
        at=accepted.at,
        raw=accepted.raw,
        changes=changes,
        patch=patch,
        created=created,
    )
