"""`/v1/organizations/{org}/imports`: what a file would change, and the change made, whole or not at all."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from app.exchange.workbook_template import template
from app.services import imports, organizations
from app.services.kept_imports import SentFile
from app.services.schemas.imports import AppliedImport, ListedImport, StoredImport
from app.web import stored
from app.web.answers import Answer, JsonAnswer, answering
from app.web.attachments import named
from app.web.body import FORM, XLSX
from app.web.clock import Now
from app.web.documented import (
    ANY_OBJECT,
    BINARY,
    READS,
    RETRIED,
    answers,
    answers_file,
    answers_list,
    problems,
    reads,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import HeavyWriter, Reader, Writer
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, VALIDATION
from app.web.stored import CACHE, Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.stored_problem_types import PRECONDITION_FAILED, WRONG_STATE
from app.web.told import Told, in_language, told_as
from app.web.turns import InTurn
from app.web.uploads import FIELD, FILES, OnceUploaded, TheUpload, headings_said
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/imports", "imports")

WorkbookAnswer = Annotated[Answer, Depends(answering(XLSX))]

_FILE: dict[str, Any] = reads(ANY_OBJECT, FILES, "The file, as it is or as the field `file` of a form.")
_FILE["requestBody"]["content"][FORM] = {
    "schema": {"type": "object", "properties": {FIELD: BINARY}, "required": [FIELD], "additionalProperties": False}
}


class ImportParameters(WriteParameters, Told):
    """How a file is read."""

    mode: Literal["merge", "replace"] = Field(
        default="merge",
        description="`merge` leaves alone what the file does not mention; `replace` removes it from the lists that the file has.",
    )
    map: Annotated[list[str], COMMAS] = Field(
        default=[],
        description="What headings mean, where that has to be said: `Wieght=weight,Notes=-`; `-` passes one over.",
    )
    file: Annotated[str, Field(min_length=1, max_length=255)] | None = Field(
        default=None,
        description="The file's name, `kpis.csv`; a single CSV sheet is told by it. In a form, the form says it.",
    )


class ImportListParameters(Created, StoredListParameters):
    """How previews are filtered and ordered."""

    status: Annotated[list[Literal["ready", "refused", "applied"]], COMMAS] = Field(
        default=[], description="Whether it can be applied, or was."
    )
    mode: Annotated[list[Literal["merge", "replace"]], COMMAS] = Field(default=[], description="How it was read.")
    layout: Annotated[list[Literal["sheets", "flat", "yaml", "json"]], COMMAS] = Field(
        default=[], description="How the file is laid out."
    )
    sort: Annotated[list[Literal["created_at", "-created_at"]], COMMAS] = SORT


@router.post(
    "",
    operation_id="preview_import",
    responses=saves(StoredImport, "The preview that was made.") | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=_FILE,
)
async def preview_import(
    org: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[ImportParameters, Query()],
    upload: TheUpload,
    store: Store,
    once: OnceUploaded,
    now: Now,
    turns: InTurn,
) -> Response:
    """See what importing a file would change.

    A workbook, CSV (one sheet, or a ZIP of sheets), YAML or JSON, up to 25 MiB; nothing changes before it is applied. The preview tells the
    layout, what each column was taken for and how surely, what each row would do, everything that is wrong with its cell, and what would
    change in the document. It is kept for 7 days. A file with anything wrong is `refused`: mend it and send it again.
    """
    name = upload.name or asked.file or "import"
    file = SentFile(upload.data, name, upload.kind, asked.mode, headings_said(asked.map))
    made = await turns.run(imports.add, store, caller, org, file, now, once=once, dry_run=asked.dry_run)
    language = answer.context.language
    response = stored.saved(
        answer,
        made.shown(language),
        made.short.tag(language),
        created=True,
        location=made.short.path,
        once=once,
        dry_run=asked.dry_run,
    )
    return in_language(response, answer)


@router.get(
    "",
    operation_id="list_imports",
    responses=answers_list(ListedImport, "Previews in short.") | problems(NOT_FOUND),
)
def list_imports(
    org: str,
    caller: Reader,
    asked: Annotated[ImportListParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
) -> Response:
    """List the previews of imports that are kept.

    The oldest first, unless another order is asked for.
    """
    found = imports.listed(store, caller, org, wanted(answer, asked, caller, ListedImport), now)
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.get(
    "/template",
    operation_id="get_import_template",
    responses=answers_file("An empty workbook.", XLSX, extra=("Content-Disposition",)) | problems(NOT_FOUND),
)
def get_import_template(
    org: str, caller: Reader, _: Annotated[Told, Query()], answer: WorkbookAnswer, store: Store
) -> Response:
    """Get an empty workbook to fill in.

    A sheet for each list, with drop-downs and units in the organization's currency, and a sheet of notes in English or German.
    """
    currency = organizations.get(store, caller, org).said.get("currency")
    language = answer.context.language
    headers = {**named(f"{org}-template.xlsx"), "Cache-Control": CACHE, "Content-Language": language}
    return answer.kept(template(language, currency), XLSX, headers)


@router.get(
    "/{import_id}",
    operation_id="get_import",
    responses=answers(StoredImport, "The preview.") | problems(NOT_FOUND),
)
def get_import(
    org: str,
    import_id: str,
    caller: Reader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
) -> Response:
    """Show what importing a file would change, or has changed."""
    found = imports.get(store, caller, org, import_id, now)
    language = answer.context.language

    def told() -> bytes:
        return stored.written(imports.told(store, caller, org, import_id, now, language))

    return told_as(answer, found.tag(language), JSON, told)


@router.post(
    "/{import_id}/apply",
    operation_id="apply_import",
    responses=saves(AppliedImport, "The import, and the revision that it led to.", creates=False)
    | problems(NOT_FOUND, VALIDATION, WRONG_STATE, *RETRIED, PRECONDITION_FAILED),
)
def apply_import(
    org: str,
    import_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make an import part of the document.

    Whole, as one revision. The document must stand as it did when the preview was made, else the answer is 412: send the file again.
    `If-Match` may name the document's state as well. What is wrong with the file is told again, and nothing changes.
    """
    made = imports.apply(store, caller, org, import_id, now, condition, once=once, dry_run=asked.dry_run)
    shown = {
        "applied": made.applied.shown,
        "revision": made.revision,
        "content_hash": made.content_hash,
        "changes": list(made.changes),
        "patch": list(made.patch),
    }
    return stored.saved(answer, shown, made.tag, once=once, dry_run=asked.dry_run)
