"""Imports and exports: files in, with a preview before anything changes, and files out in the same layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.client.exchange import Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, reading, writing
from app.client.organizations import Change
from app.client.revisions import ToldChange
from app.client.things import Thing

LIST = "/v1/organizations/{org}/imports"
ONE = f"{LIST}/{{import_id}}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".xlsx": XLSX,
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".json": "application/json",
}
"""What a file is, by the end of its name."""


class ImportProblem(Thing):
    """What is wrong with a file, and where in it."""

    SCHEMA = "ImportProblem"

    pointer: str
    code: str
    detail: str
    found: str | None
    expected: str | None
    nearest: str | None
    line: int | None
    column: int | None
    sheet: str | None
    cell: str | None


class ImportedColumn(Thing):
    """A column of a sheet, and the member that it was taken for."""

    SCHEMA = "ImportedColumn"

    sheet: str
    cell: str
    heading: str
    list: str
    member: str | None
    how: str
    confidence: float


class ImportedRow(Thing):
    """A row of a sheet, or an item of a document, and what importing it would do."""

    SCHEMA = "ImportedRow"

    action: str
    item: str | None
    sheet: str | None
    row: int | None
    file: str | None
    line: int | None
    problems: list[ImportProblem]
    why: str | None


class ListedImport(Thing):
    """What importing a file would change, in short. `status`: ready, refused or applied."""

    SCHEMA = "ListedImport"

    id: str
    organization: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    name: str
    mode: str
    layout: str
    status: str
    revision: int
    counts: dict[str, int]
    applied_at: datetime | None
    applied_by: str | None
    applied_revision: int | None


class Import(ListedImport):
    """What importing a file would change, row by row and in the document."""

    SCHEMA = "StoredImport"

    columns: list[ImportedColumn]
    rows: list[ImportedRow]
    removed: list[str]
    problems: list[ImportProblem]
    changes: list[ToldChange]
    patch: list[dict[str, Any]]


class AppliedImport(Thing):
    """An import that became part of the document: the revision that it led to, and what that changed."""

    SCHEMA = "AppliedImport"

    applied: ListedImport
    revision: int
    content_hash: str
    changes: list[Change]
    patch: list[dict[str, Any]]


class Imports(Group[M]):
    """Files that become part of a document, whole or not at all."""

    @Operation
    def preview(
        self,
        org: str,
        data: bytes,
        name: str,
        *,
        media_type: str | None = None,
        mode: str | None = None,
        headings: dict[str, str] | None = None,
        lang: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Import]:
        """See what importing a file would change. `name` says by its end what it is; `headings`: what headings of sheets mean, where that
        has to be said (`-` passes one over); `mode`: `merge` or `replace`. Raises NotFound, Invalid."""
        kind = media_type or MEDIA_TYPES.get(f".{name.lower().rpartition('.')[2]}", "application/octet-stream")
        asked: Asked = {"mode": mode, "file": name, "lang": lang, "dry_run": dry_run}
        said = [f"{heading}={member}" for heading, member in (headings or {}).items()]
        request = writing("preview_import", "POST", LIST, {"org": org}, data, media_type=kind, map=said, **asked)
        return self.one(Import, request)

    @Listing
    def list(
        self,
        org: str,
        *,
        status: Sequence[str] = (),
        mode: Sequence[str] = (),
        layout: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedImport]:
        """The previews that are kept, in short. Raises NotFound."""
        asked: Asked = {"status": status, "mode": mode, "layout": layout, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedImport, reading("list_imports", LIST, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, import_id: str, *, lang: str | None = None) -> Flow[Import]:
        """A preview. Raises NotFound."""
        return self.one(Import, reading("get_import", ONE, {"org": org, "import_id": import_id}, lang=lang))

    @Operation
    def apply(
        self, org: str, preview: str | ListedImport, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[AppliedImport]:
        """Make an import part of the document, which must stand as it did at the preview. Raises Changed, Invalid, WrongState."""
        names = {"org": org, "import_id": named(preview, "id")}
        request = writing("apply_import", "POST", f"{ONE}/apply", names, if_match=if_match, dry_run=dry_run)
        return self.one(AppliedImport, request)

    @Operation
    def template(self, org: str, *, lang: str | None = None) -> Flow[bytes]:
        """An empty workbook to fill in. Raises NotFound."""
        request = reading("get_import_template", f"{LIST}/template", {"org": org}, lang=lang)
        return self.file(replace(request, headers={"Accept": XLSX}))


class Exports(Group[M]):
    """Documents as files."""

    @Operation
    def get(self, org: str, format: str, *, revision: int | None = None, lang: str | None = None) -> Flow[bytes]:
        """The document as a file: `xlsx`, `csv` (a ZIP of sheets), `yaml` or `json`. Raises NotFound."""
        asked: Asked = {"format": format, "revision": revision, "lang": lang}
        request = reading("export_document", "/v1/organizations/{org}/exports", {"org": org}, **asked)
        return self.file(replace(request, headers={"Accept": "*/*"}))
