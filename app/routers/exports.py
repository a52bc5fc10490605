"""`/v1/organizations/{org}/exports`: the document as a file, in the layout that imports read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document import Document
from app.exchange.source import FileKind
from app.exchange.write import write
from app.services import documents
from app.services.documents import StoredDocument
from app.web.answers import Answer, answering
from app.web.attachments import FORMS, file_form, file_tag, named
from app.web.body import XLSX, YAML, ZIP
from app.web.documented import also_as, answers, problems
from app.web.identity import Reader
from app.web.operations import operations
from app.web.parameters import RevisionNumber
from app.web.problem_types import NOT_FOUND, VALIDATION
from app.web.stored import Store
from app.web.told import Told, told_as

router = operations("/v1/organizations/{org}/exports", "exports")

ExportAnswer = Annotated[Answer, Depends(answering(*(form.media_type for form in FORMS)))]


class ExportParameters(Told):
    """In which form, and as it was when."""

    format: FileKind | None = Field(
        default=None, description="The form of the file; wins over `Accept`. `csv` is a ZIP of one sheet for each list."
    )
    revision: RevisionNumber | None = Field(
        default=None, description="The number of a past revision; the document as it stands by default."
    )


@router.get(
    "",
    operation_id="export_document",
    responses=also_as(
        answers(Document, "The document as a file."), YAML, XLSX, ZIP, extra=("Content-Location", "Content-Disposition")
    )
    | problems(NOT_FOUND, VALIDATION),
)
def export_document(
    org: str, caller: Reader, asked: Annotated[ExportParameters, Query()], answer: ExportAnswer, store: Store
) -> Response:
    """Export an organization's document.

    A workbook with drop-downs, units and a sheet of notes; or CSV, YAML, JSON. Imported again it changes nothing; an edited cell changes
    what it says and nothing else. Texts that a spreadsheet would take for formulas carry a `'` before them, which importing takes off.
    """
    form, language = file_form(answer, asked.format), answer.context.language
    found = documents.get(store, caller, org, revision=asked.revision)
    headers = {**named(f"{org}-{found.revision}{form.suffix}"), "Content-Location": _revision(answer, found)}
    tag = file_tag(found.tag, form, language)
    return told_as(answer, tag, form.media_type, lambda: write(found.raw, form.kind, language), headers)


def _revision(answer: Answer, found: StoredDocument) -> str:
    return answer.address(f"/v1/organizations/{found.organization}/revisions/{found.revision}")
