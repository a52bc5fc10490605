"""Previews of imports as they are kept: in short, in full with the documents before and after, and with the file that each is of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from app.domain.errors import Missing
from app.domain.imports import KEPT, Status, kept_since
from app.domain.instants import written
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.exchange.preview import Mode
from app.services import kept_previews
from app.services.change_texts import told_changes
from app.services.kept_previews import KeptPreview
from app.storage import documents, imports
from app.storage.columns import written as as_json
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


def existing_import(
    tx: Transaction, organization: Organization, id_: str, now: datetime, *, locked: bool = False
) -> ImportRow:
    """The preview of that id, while it is kept; raises Missing."""
    found = imports.one(tx, organization, id_, kept_since(now), locked=locked)
    if found is None:
        raise Missing("import", id_)
    return found


def short_of(organization: str, row: ImportRow | Row[Any]) -> Import:
    """A preview in short, of its row."""
    return value_of(Import, row, organization=organization)


def full_of(tx: Transaction, organization: Organization, id_: str, now: datetime) -> FullImport:
    """A preview in full. Raises Missing."""
    found = existing_import(tx, organization, id_, now)
    before = documents.at_revision(tx, organization, found.revision)
    assert before is not None
    after = None if found.document is None else json.loads(found.document)
    return FullImport(short_of(organization.key, found), kept_previews.read(found.body), before.raw, after)


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


def target_of(short: Import) -> str:
    """What audit events call a preview."""
    return f"organizations/{short.organization}/imports/{short.id}"
