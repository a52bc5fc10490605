"""Imports: a file → a preview of what it would change, which is kept; and the preview applied, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.changes import changes_between
from app.domain.document.parts import keyed_twice
from app.domain.document.patch import patch_between
from app.domain.errors import Changed, Missing
from app.domain.faults import Fault
from app.domain.imports import Status, applied_already, kept_since
from app.domain.pages import Found, Wanted
from app.domain.stored_form import Raw, stored_form
from app.domain.terms import Language
from app.exchange.import_preview import preview
from app.exchange.preview import Mode
from app.services import accepting, kept_previews
from app.services.accepting import diff, document_tag
from app.services.kept_imports import FullImport, Import, SentFile, existing_import, full_of, keep, short_of, target_of
from app.services.organizations import existing, of_key
from app.services.places_in_bodies import elsewhere
from app.storage import audit_events, claims, documents, imports, outbox
from app.storage.database import Database
from app.storage.ids import new_id


@dataclass(frozen=True, slots=True)
class AppliedImport:
    """A preview that became part of the document, and what that changed."""

    applied: Import
    revision: int
    content_hash: str
    changes: tuple[Any, ...]
    patch: tuple[Any, ...]

    @property
    def tag(self) -> str:
        """The entity tag of the document as it is now, without quotes."""
        return document_tag(self.revision, self.content_hash)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a claim keeps of an import that was made: where it is."""

    organization: str
    id: str


def add(
    store: Database,
    caller: Caller,
    organization: str,
    file: SentFile,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> FullImport:
    """Keep a preview of what importing the file would do; the document stays as it is. No transaction is open while it is computed.

    Raises Missing, and DocumentInvalid for a file of which nothing can be read.
    """
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        if (before := claims.known(tx, caller, once, _Made)) is not None:
            return _as_made(full_of(tx, row, before.id, now))
        standing = documents.standing(tx, row)
    computed = computed_on(organization, standing, file, caller, now)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = existing(tx, caller, organization)
        if (before := claims.earlier(tx, caller, once, _Made)) is not None:
            return _as_made(full_of(tx, row, before.id, now))
        keep(tx, row, computed, file)
        audit_events.record(tx, caller, at=now, action="import.previewed", target=target_of(computed.short))
        claims.keep(tx, caller, once, _Made(organization, computed.short.id))
        return computed


def get(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> Import:
    """A preview in short. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return short_of(organization, existing_import(tx, row, id_, now))


def told(
    store: Database, caller: Caller, organization: str, id_: str, now: datetime, language: Language
) -> Mapping[str, Any]:
    """A preview in full, in the words of a language. Raises Missing."""
    return full(store, caller, organization, id_, now).shown(language)


def full(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> FullImport:
    """A preview in full, with the documents before and after. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return full_of(tx, existing(tx, caller, organization), id_, now)


def sent(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> SentFile:
    """The file that a preview is of, as it was sent, so that it can be previewed anew. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        found = existing_import(tx, existing(tx, caller, organization), id_, now)
        file = imports.file_of(tx, found)
    if file is None:
        raise Missing("import", id_)
    mode: Mode = "replace" if found.mode == "replace" else "merge"
    return SentFile(file.body, found.name, file.kind, mode, file.headings)


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted, now: datetime) -> Found[Import]:
    """A page of the previews that are kept. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return imports.listed(tx, row, wanted, kept_since(now)).of(lambda found: short_of(organization, found))


def apply(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> AppliedImport:
    """Make what comes out of a preview the document, as one revision.

    The document must stand as it was when the preview was computed; `condition` may say more about it. Raises Missing, DocumentInvalid
    where anything is wrong with the file, Changed, WrongState for one that was applied already.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, AppliedImport)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        found = existing_import(tx, row, id_, now, locked=True)
        if found.document is None:
            raise kept_previews.read(found.body).refusal
        with elsewhere():
            document = accepting.valid(json.loads(found.document))
        tag = document_tag(row.revision, row.content_hash)
        condition.check(tag, needed=False)
        if found.status == "applied":
            raise applied_already()
        if found.revision != row.revision:
            raise Changed(tag)
        target = target_of(short_of(organization, found))
        accepted = accepting.accept(tx, caller, row, document, at=now, action="import.applied", target=target)
        if not accepted.is_new:
            audit_events.record(tx, caller, at=now, action="import.applied", target=target)
        found.status, found.applied_at, found.applied_by = "applied", now, caller.actor
        found.applied_revision = accepted.number
        tx.save()
        said = {"organization": organization, "import": id_, "revision": accepted.number, "counts": found.counts}
        outbox.add(tx, "import.applied", said, now)
        changes, patch = diff(accepted)
        made = AppliedImport(short_of(organization, found), accepted.number, accepted.content_hash, changes, patch)
        claims.keep(tx, caller, once, made)
        return made


def computed_on(
    organization: str, standing: documents.Stored, file: SentFile, caller: Caller, now: datetime
) -> FullImport:
    """What importing the file into a document as it stands would do. Raises DocumentInvalid for a file of which nothing can be read."""
    found = preview(
        file.data,
        file.name,
        standing.raw,
        mode=file.mode,
        catalogue=catalogue(),
        kind=file.kind,
        headings=file.headings,
        further=lambda document: _further(document, organization),
    )
    if found.refusal is not None and (found.layout is None or not (found.rows or found.columns)):
        raise found.refusal
    short = Import(
        organization=organization,
        id=new_id("imp", now),
        created_at=now,
        actor=caller.actor,
        name=file.name,
        mode=file.mode,
        layout=found.layout or "",
        status="ready" if found.refusal is None else "refused",
        counts=found.counts,
        revision=standing.number,
    )
    kept, after = kept_previews.kept(found), None
    if found.refusal is None:
        after = _coming_out(found.accepted(), organization)
        changes = tuple(map(change_as_json, changes_between(standing.raw, after)))
        kept = kept._replace(changes=changes, patch=tuple(patch_between(standing.raw, after)))
    return FullImport(short, kept, standing.raw, after)


def _further(document: Mapping[str, Any], organization: str) -> Iterator[Fault]:
    """What is wrong with a document that would come out for this organization."""
    said = document.get("organization")
    key = said.get("key") if isinstance(said, Mapping) else None
    if key not in (None, organization):
        details = {"key": organization}
        yield Fault(("organization", "key"), "other_key", key, "this_key", (organization,), details)
    yield from keyed_twice(document)


def _coming_out(document: Mapping[str, Any], organization: str) -> Raw:
    """The document in the form in which it is kept."""
    said = {**document, "organization": of_key(document["organization"], organization)}
    return stored_form(accepting.valid(said))


def _as_made(found: FullImport) -> FullImport:
    """A preview as it was when it was made, whatever became of it."""
    status: Status = "refused" if found.after is None else "ready"
    made = changed(found.short, status=status, applied_at=None, applied_by=None, applied_revision=None)
    return changed(found, short=made)
