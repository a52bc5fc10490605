"""The forms in which an audit is answered: every report format, by `Accept` or by its name; JSON where nobody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends

from app.domain.terms import Language
from app.reports import formats
from app.reports.formats import Format
from app.web.answers import Answer, answering
from app.web.attachments import named
from app.web.documented import BINARY, Responses, headers
from app.web.negotiation import HTML, JSON

PDF = "application/pdf"
MEDIA_TYPES = tuple(sorted((one.media_type for one in formats.formats().values()), key=lambda each: each != JSON))
"""What is offered, JSON first."""

ReportAnswer = Annotated[Answer, Depends(answering(*MEDIA_TYPES))]
if TYPE_CHECKING:
    FormatName = str
else:
    FormatName = Literal[formats.names()]
    """The names that `?format=` takes."""


def form_of(answer: Answer, name: str | None) -> Format:
    """The format that was named, else the one that was negotiated."""
    return formats.formats()[name] if name else formats.of_media_type(answer.media_type)


def policy_of(form: Format) -> dict[str, str]:
    """The headers that a page needs to be seen as it is meant to."""
    if form.media_type != HTML:
        return {}
    from app.reports.page_style import PAGE_POLICY

    return {"Content-Security-Policy": f"{PAGE_POLICY}; frame-ancestors 'none'"}


def file_of(form: Format, key: str, name: str, as_of: str, language: Language) -> dict[str, str]:
    """The headers of a report: what a page needs, and the name that the file has when it is saved. JSON is for programs and has none.

    `key`, `name`: of the organization; `as_of`: the day of the analysis. Pages and PDF are shown, other forms saved.
    """
    if form.media_type == JSON:
        return {}
    told = f"{_TITLE[language].format(name=name)}, {as_of}{form.suffix}"
    named_ = named(f"{key}-{as_of}{form.suffix}", told, is_shown=form.media_type in (HTML, PDF))
    return {**policy_of(form), **named_}


_TITLE: dict[Language, str] = {"en": "{name}, goals and incentive plans", "de": "{name}, Ziele und Anreizpläne"}


def in_all_forms(responses: Responses) -> Responses:
    """The same answers in every form; forms for people have the name of a file."""
    found = responses[200]
    names = {"headers": {**found.get("headers", {}), **headers("Content-Disposition")}}
    texts = {form.media_type: {"schema": _schema(form)} for form in formats.formats().values()}
    return {**responses, 200: {**found, **names, "content": {**texts, **found["content"]}}}


def _schema(form: Format) -> dict[str, str]:
    if not form.is_text:
        return BINARY
    return {} if form.media_type.endswith("+json") else {"type": "string"}
