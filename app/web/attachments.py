"""Answers that are files to be saved."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

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


def named(name: str, told: str = "", *, is_shown: bool = False) -> dict[str, str]:
    """The header that names a file (RFC 6266). `name` is made of keys and numbers, `told` of any letters, for whoever saves it;
    `is_shown`: browsers show the file, and give it its name when it is saved."""
    said = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    as_told = quote(_file_name(told), safe=_AS_IT_IS) if told else ""
    return {"Content-Disposition": f"{said}; filename*=UTF-8''{as_told}" if as_told else said}


def _file_name(told: str) -> str:
    """What every system takes as the name of a file: no signs that lead elsewhere, no dot before, no more than two hundred letters."""
    stem, dot, suffix = " ".join(_NOT_IN_NAMES.sub(" ", told).split()).rpartition(".")
    return f"{stem[:MOST_LETTERS].strip(' .')}{dot}{suffix}"


MOST_LETTERS = 200

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"*/:<>?\\|]')
"""What some system does not allow in names, and what turns a name round so that its end seems to be another."""
_AS_IT_IS = "!#$&+-.^_`|~"
"""What stands for itself, beside letters and digits (RFC 8187 §3.2.1)."""
