"""`/v1/organizations/{org}/document`: an organization's whole model."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.claims import Claim
from app.domain.document import Document
from app.services import documents
from app.services.documents import StoredDocument
from app.services.schemas.stored import PatchOperation, SavedDocument
from app.web.answers import Answer
from app.web.body import DOCUMENTS, JSON_PATCH, MERGE_PATCH, XLSX, YAML, DocumentBody, PatchBody, source_of
from app.web.clock import Now
from app.web.document_forms import (
    MEDIA_TYPES,
    DocumentAnswer,
    Form,
    WrittenAnswer,
    WrittenForm,
    bytes_of,
    form_of,
    form_tag,
    given,
)
from app.web.documented import ANY_OBJECT, CONDITIONAL, RETRIED, WRITES, also_as, answers, problems, reads, refer, saves
from app.web.idempotency import Once, as_replayed
from app.web.identity import Reader, Writer
from app.web.operations import operations
from app.web.parameters import Parameters, RevisionNumber
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store, saved_headers
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/document", "documents")


class DocumentParameters(Parameters):
    """In which form, and as it was when."""

    format: Form | None = Field(default=None, description="The form of the answer; wins over `Accept`.")
    revision: RevisionNumber | None = Field(
        default=None, description="The number of a past revision; the document as it stands by default."
    )


class DocumentWriteParameters(WriteParameters):
    """Whether the write is meant, and in which form the answer is wanted."""

    format: WrittenForm | None = Field(default=None, description="The form of the answer; wins over `Accept`.")


@router.get(
    "",
    operation_id="get_document",
    responses=also_as(answers(Document, "The document as it stands."), YAML, XLSX, extra=("Content-Location",))
    | problems(NOT_FOUND),
)
def get_document(
    org: str, caller: Reader, asked: Annotated[DocumentParameters, Query()], answer: DocumentAnswer, store: Store
) -> Response:
    """Show an organization's document, as it stands or as it was at a revision.

    The whole model, lists in the order of their keys: positions in JSON Pointers count in what this returns. `Content-Location` names the
    revision. Each form has an entity tag of its own; `If-Match` of a write takes any of them.
    """
    found = documents.get(store, caller, org, revision=asked.revision)
    response = given(answer, found.raw, found.tag, asked.format)
    response.headers["Content-Location"] = _revision(answer, found)
    return response


@router.put(
    "",
    operation_id="put_document",
    responses=also_as(saves(SavedDocument, "The document as it was accepted."), YAML)
    | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(Document), DOCUMENTS, "The whole model."),
)
def put_document(
    org: str,
    caller: Writer,
    answer: WrittenAnswer,
    asked: Annotated[DocumentWriteParameters, Query()],
    body: DocumentBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Replace an organization's document.

    All or nothing: the document is checked whole, and every problem is told with its place in what was sent. An organization that does not
    exist is made with it. With `dry_run` nothing changes, and the answer also holds what would: `changes` part by part, and `patch` as a
    JSON Patch.
    """
    source = source_of(body)
    return saved_document(
        answer, documents.replace(store, caller, org, source, now, condition, dry_run=asked.dry_run), asked
    )


@router.patch(
    "",
    operation_id="patch_document",
    responses=also_as(saves(SavedDocument, "The document as it was accepted.", creates=False), YAML)
    | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A JSON Patch (RFC 6902) or a merge patch (RFC 7396); `Content-Type` says which.",
            "content": {
                JSON_PATCH: {"schema": {"type": "array", "items": refer(PatchOperation), "maxItems": 1000}},
                MERGE_PATCH: {"schema": ANY_OBJECT},
            },
        }
    },
)
def patch_document(
    org: str,
    caller: Writer,
    answer: WrittenAnswer,
    asked: Annotated[DocumentWriteParameters, Query()],
    body: PatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change an organization's document.

    A JSON Patch has up to 1,000 operations, whose pointers lead into the document as `GET` returns it; one that does not fit, a `test`
    that fails among them, is 422 with the place of the operation (`#/3/path`) and the code of why. A merge patch replaces lists whole.
    Problems of the document that would come out have pointers that begin with `#/document` where the body has no such place.
    """
    said = source_of(body).raw
    done = documents.patch if body.media_type == JSON_PATCH else documents.merge
    made = done(store, caller, org, said, now, condition, once=once, dry_run=asked.dry_run)
    return saved_document(answer, made, asked, once)


def saved_document(
    answer: Answer, made: StoredDocument, asked: DocumentWriteParameters, once: Claim | None = None
) -> Response:
    """The document that was written, in the form that is wanted."""
    form = form_of(answer, asked.format)
    location = f"/v1/organizations/{made.organization}/document"
    status, headers = saved_headers(
        answer, form_tag(made.tag, form), created=made.created, location=location, dry_run=asked.dry_run
    )
    if not asked.dry_run:
        headers["Content-Location"] = _revision(answer, made)
    body = bytes_of(made.raw, form, made if asked.dry_run else None)
    return as_replayed(Response(body, status, headers, MEDIA_TYPES[form]), once)


def _revision(answer: Answer, found: StoredDocument) -> str:
    return answer.address(f"/v1/organizations/{found.organization}/revisions/{found.revision}")
