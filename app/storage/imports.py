"""Previews of imports: what a file would do to a document, kept until it is applied or out of date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json, Packed
from app.storage.organizations import Organization
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class ImportRow(Owned, table=True):
    """A preview. `revision`: of the document that it was computed on; `counts`: how many rows would do what; `body`: columns, rows,
    problems and the document's diff as JSON; `document`: what would come out, as JSON, None while anything is wrong."""

    __tablename__ = "import_preview"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("import_preview_created", "workspace_id", "organization_id", "created_at", "id"),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=Instant)
    actor: str
    name: str
    mode: str
    layout: str
    status: str
    counts: Any = Field(sa_type=Json)
    revision: int
    applied_at: datetime | None = Field(default=None, sa_type=Instant)
    applied_by: str | None = None
    applied_revision: int | None = None
    body: bytes = Field(sa_type=Packed)
    document: bytes | None = Field(default=None, sa_type=Packed)


class ImportFileRow(Owned, table=True):
    """The file that a preview is of: what its sender said that it is (`kind`), what its headings were said to mean, its bytes."""

    __tablename__ = "import_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "import_id"],
            ["import_preview.workspace_id", "import_preview.organization_id", "import_preview.id"],
        ),
    )

    organization_id: str = Field(primary_key=True)
    import_id: str = Field(primary_key=True)
    kind: str | None = None
    headings: Any = Field(sa_type=Json)
    body: bytes = Field(sa_type=Packed)


def listed(tx: Transaction, organization: Organization, wanted: Wanted, since: datetime) -> Found[Row[Any]]:
    """A page of the organization's previews that were made after an instant, without what they say."""
    return page_of(tx, LISTING, wanted, _i.organization_id == organization.id, _i.created_at > since)


def one(
    tx: Transaction, organization: Organization, id_: str, since: datetime, *, locked: bool = False
) -> ImportRow | None:
    """A preview that was made after an instant; `locked` keeps others from applying it."""
    that = (_i.organization_id == organization.id, _i.id == id_, _i.created_at > since)
    return tx.one(ImportRow, *that, locked=locked)


def file_of(tx: Transaction, row: ImportRow) -> ImportFileRow | None:
    """The file that a preview is of, None where it was made before files were kept."""
    return tx.one(ImportFileRow, _f.organization_id == row.organization_id, _f.import_id == row.id)


def erase_made_before(tx: Transaction, instant: datetime) -> int:
    """Erase the previews that were made by then, with their files, and tell how many there were."""
    old = _i.created_at <= instant
    tx.run(tx.removing(ImportFileRow).where(_f.import_id.in_(tx.mine(ImportRow, _i.id).where(old))))
    count = tx.count(ImportRow, old)
    tx.run(tx.removing(ImportRow).where(old))
    return count


_i: Any = ImportRow
_f: Any = ImportFileRow

LISTING = Listing(
    ImportRow,
    shown=tuple(
        getattr(_i, name) for name in ImportRow.model_fields if name not in ("workspace_id", "body", "document")
    ),
    sort={"created_at": _i.created_at, "id": _i.id},
    total=("created_at", "id"),
    filters={"status": _i.status, "mode": _i.mode, "layout": _i.layout, **created(_i.created_at)},
)
