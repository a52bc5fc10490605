"""Imports, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.services.schemas.revisions import ToldChange
from app.services.schemas.stored import DocumentChange, PatchOperation


class RowCounts(BaseModel):
    """How many rows would do what."""

    create: int
    update: int
    unchanged: int
    error: int
    skip: int


class ImportedColumn(BaseModel):
    """A column of a sheet, and the member that it was taken for; without one it is not read."""

    sheet: str
    cell: str = Field(description="Where its heading stands.")
    heading: str
    list: str
    member: str | None = Field(description="The member as columns are called: `payout.cap`; null where it is not read.")
    how: Literal["exact", "synonym", "last_part", "told", "fuzzy", "remark", "unknown"] = Field(
        description="How the heading came to it: `fuzzy` has to be confirmed with `map`; `remark` is for people."
    )
    confidence: float = Field(ge=0, le=1)
    language: Literal["en", "de"] | None = None
    unit: str | None = Field(default=None, description="What the heading says that numbers are counted in.")


class ImportedMember(BaseModel):
    """A member that would change. `pointer` leads into the document that would come out."""

    pointer: str
    before: Any = None
    after: Any = None
    cell: str | None = None
    line: int | None = None


class ImportProblem(BaseModel):
    """What is wrong with the file, and where in it."""

    pointer: str
    code: str
    detail: str
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None


class ImportedRow(BaseModel):
    """A row of a sheet, or an item of a document: what it is about, and what importing it would do."""

    action: Literal["create", "update", "unchanged", "error", "skip"]
    item: str | None = Field(default=None, description="What it is about: `kpis/aht`.")
    sheet: str | None = None
    row: int | None = None
    file: str | None = None
    line: int | None = None
    changes: list[ImportedMember] | None = None
    problems: list[ImportProblem] | None = None
    why: str | None = Field(default=None, description="Why it is skipped.")


class ListedImport(BaseModel):
    """A preview in short."""

    id: str
    organization: str
    created_at: datetime
    created_by: str
    expires_at: datetime = Field(description="Until when it can be read and applied.")
    name: str
    mode: Literal["merge", "replace"]
    layout: Literal["sheets", "flat", "yaml", "json"]
    status: Literal["ready", "refused", "applied"] = Field(
        description="`refused`: something is wrong, so that it cannot be applied."
    )
    revision: int = Field(description="The revision of the document that it was computed on.")
    counts: RowCounts
    applied_at: datetime | None = None
    applied_by: str | None = None
    applied_revision: int | None = Field(default=None, description="The revision that it led to.")


class StoredImport(ListedImport):
    """A preview in full: nothing of it has happened yet."""

    columns: list[ImportedColumn]
    rows: list[ImportedRow]
    rows_omitted: int | None = Field(default=None, description="Rows beyond the first 20,000, which are not listed.")
    removed: list[str] = Field(description="Items that would be gone, with `mode=replace`.")
    problems: list[ImportProblem] = Field(description="Everything that is wrong, the first hundred.")
    problems_omitted: int | None = Field(default=None, description="Problems beyond the first hundred.")
    changes: list[ToldChange] = Field(description="What would change in the document, part by part.")
    patch: list[PatchOperation]


class AppliedImport(BaseModel):
    """A preview that became part of the document: the revision that it led to, and what that changed."""

    applied: ListedImport
    revision: int
    content_hash: str
    changes: list[DocumentChange]
    patch: list[PatchOperation]
