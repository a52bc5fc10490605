"""Answers that are files to be saved."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.terms import Language
from app.exchange.source import FileKind
from app.web.answers import Answer
from app.web.body import XLSX, YAML, ZIP
from app.web.negotiation import JSON


class FileForm(NamedTuple):
    """A form of file: its media type, and what its name ends with. A document as CSV is an archive of sheets."""

    kind: FileKind
    media_type: str
    suffix: str


FORMS = (
    FileForm("xlsx", XLSX, ".xlsx"),
    FileForm("csv", ZIP, ".zip"),
    FileForm("yaml", YAML, ".yaml"),
    FileForm("json", JSON, ".json"),
)
"""The forms in which documents are exported, the usual one first."""


def file_form(answer: Answer, asked: FileKind | None) -> FileForm:
    """The form that was asked for: by the parameter, else by `Accept`."""
    if asked is not None:
        return next(form for form in FORMS if form.kind == asked)
    return next(form for form in FORMS if form.media_type == answer.media_type)


def file_tag(tag: str, form: FileForm, language: Language) -> str:
    """The tag of a state of the document as such a file; conditions of writes take it. Notes of workbooks have a language."""
    if form.kind == "json":
        return tag
    return f"{tag}-de-{form.kind}" if form.kind == "xlsx" and language == "de" else f"{tag}-{form.kind}"


def named(name: str) -> dict[str, str]:
    """The header that names a file; names are made of keys and numbers."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
