"""Imports: a file → a preview of what it would change, which is kept; and the preview applied, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document_changes import changes_between
from app.domain.document_parts import keyed_twice
from app.domain.document_patch import patch_between
from app.domain.errors import Changed, Missing
from app.domain.faults import Fault
from app.domain.imports import KEPT, Status, applied_already, kept_since
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.domain.stored_form import Raw, stored_form
from app.domain.terms import Language
from app.exchange.import_preview import preview
from app.exchange.preview import Mode
from app.services import accepting, kept_previews
from app.services.accepting import diff, document_tag
from app.services.change_texts import told_changes
from app.services.kept_previews import KeptPreview
from app.services.organizations import existing, of_key
from app.services.places_in_bodies import elsewhere
from app.storage import audit_events, claims, documents, imports, outbox
from app.storage.columns import written as as_json
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.imports import ImportFileRow, ImportRow
from app.storage.organizations import Organization
from app.storage.rows import value_of
from app.storage.workspace import Transaction


class SentFile(NamedTuple):
    """A file to be imported. `kind`: what its sender says it is, None where name and content tell; `headings`: heading → the column that it
    means, or `-`, where the mapping is confirmed or corrected."""

    data: bytes
    name: str
    kind: str | None = None
    mode: Mode = "merge"
    headings: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Import:
    """A preview in short. `revision`: of the document that it was computed on; `applied_revision`: the one that it led to."""

    organization: str
    id: str
    created_at: datetime
    actor: str
    name: str
    mode: str
    layout: str
    status: Status
    counts: dict[str, int]
    revision: int
    applied_at: datetime | None = None
    applied_by: str | None = None
    applied_revision: int | None = None

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/imports/{self.id}"

    def tag(self, language: Language) -> str:
        """Its entity tag in a language, without quotes."""
        return f"{self.id}-{self.status}-{language}"

    @property
    def shown(self) -> Raw:
        """It as lists show it."""
        optional = {
            "applied_at": self.applied_at and written(self.applied_at),
            "applied_by": self.applied_by,
            "applied_revision": self.applied_revision,
        }
        return {
            "id": self.id,
            "organization": self.organization,
            "created_at": written(self.created_at),
            "created_by": self.actor,
            "expires_at": written(self.created_at + KEPT),
            "name": self.name,
            "mode": self.mode,
            "layout": self.layout,
            "status": self.status,
            "revision": self.revision,
            "counts": self.counts,
            **{name: value for name, value in optional.items() if value is not None},
        }


@dataclass(frozen=True, slots=True)
class FullImport:
    """A preview in full; `before` and `after` are the documents, None for what cannot come out."""

    short: Import
    preview: KeptPreview
    before: Raw
    after: Raw | None

    def shown(self, language: Language) -> Raw:
        """It as the API shows it."""
        changes = told_changes(self.preview.changes, self.before, self.after or {}, language)
        return {
            **self.short.shown,
            **self.preview.shown(language),
            "changes": changes,
            "patch": list(self.preview.patch),
        }


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
            return _as_made(_full(tx, row, before.id, now))
        standing = documents.standing(tx, row)
    computed = computed_on(organization, standing, file, caller, now)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = existing(tx, caller, organization)
        if (before := claims.earlier(tx, caller, once, _Made)) is not None:
            return _as_made(_full(tx, row, before.id, now))
        keep(tx, row, computed, file)
        audit_events.record(tx, caller, at=now, action="import.previewed", target=target_of(computed.short))
        claims.keep(tx, caller, once, _Made(organization, computed.short.id))
        return computed


def get(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> Import:
    """A preview in short. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _short(organization, _existing(tx, row, id_, now))


def told(
    store: Database, caller: Caller, organization: str, id_: str, now: datetime, language: Language
) -> Mapping[str, Any]:
    """A preview in full, in the words of a language. Raises Missing."""
    return full(store, caller, organization, id_, now).shown(language)


def full(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> FullImport:
    """A preview in full, with the documents before and after. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _full(tx, existing(tx, caller, organization), id_, now)


def sent(store: Database, caller: Caller, organization: str, id_: str, now: datetime) -> SentFile:
    """The file that a preview is of, as it was sent, so that it can be previewed anew. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        found = _existing(tx, existing(tx, caller, organization), id_, now)
        file = imports.file_of(tx, found)
    if file is None:
        raise Missing("import", id_)
    mode: Mode = "replace" if found.mode == "replace" else "merge"
    return SentFile(file.body, found.name, file.kind, mode, file.headings)


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted, now: datetime) -> Found[Import]:
    """A page of the previews that are kept. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return imports.listed(tx, row, wanted, kept_since(now)).of(lambda found: _short(organization, found))


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
        found = _existing(tx, row, id_, now, locked=True)
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
        target = target_of(_short(organization, found))
        accepted = accepting.accept(tx, caller, row, document, at=now, action="import.applied", target=target)
        if not accepted.is_new:
            audit_events.record(tx, caller, at=now, action="import.applied", target=target)
        found.status, found.applied_at, found.applied_by = "applied", now, caller.actor
        found.applied_revision = accepted.number
        tx.save()
        said = {"organization": organization, "import": id_, "revision": accepted.number, "counts": found.counts}
        outbox.add(tx, "import.applied", said, now)
        changes, patch = diff(accepted)
        made = AppliedImport(_short(organization, found), accepted.number, accepted.content_hash, changes, patch)
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


def _existing(
    tx: Transaction, organization: Organization, id_: str, now: datetime, *, locked: bool = False
) -> ImportRow:
    found = imports.one(tx, organization, id_, kept_since(now), locked=locked)
    if found is None:
        raise Missing("import", id_)
    return found


def _full(tx: Transaction, organization: Organization, id_: str, now: datetime) -> FullImport:
    found = _existing(tx, organization, id_, now)
    before = documents.at_revision(tx, organization, found.revision)
    assert before is not None
    after = None if found.document is None else json.loads(found.document)
    return FullImport(_short(organization.key, found), kept_previews.read(found.body), before.raw, after)


def keep(tx: Transaction, organization: Organization, computed: FullImport, file: SentFile) -> None:
    """Keep a preview and the file that it is of."""
    short = computed.short
    row = ImportRow(
        workspace_id=tx.workspace,
        organization_id=organization.id,
        id=short.id,
        created_at=short.created_at,
        actor=short.actor,
        name=short.name,
        mode=short.mode,
        layout=short.layout,
        status=short.status,
        counts=short.counts,
        revision=short.revision,
        body=kept_previews.written(computed.preview),
        document=None if computed.after is None else as_json(computed.after).encode(),
    )
    kept = ImportFileRow(
        workspace_id=tx.workspace,
        organization_id=organization.id,
        import_id=short.id,
        kind=file.kind,
        headings=dict(file.headings),
        body=file.data,
    )
    tx.add(row)
    tx.add(kept)


def _short(organization: str, row: ImportRow | Row[Any]) -> Import:
    return value_of(Import, row, organization=organization)


def target_of(short: Import) -> str:
    """What audit events call a preview."""
    return f"organizations/{short.organization}/imports/{short.id}"
