"""The forms in which an audit is answered: every report format, by `Accept` or by its name; JSON where nobody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends

from app.reports import formats
from app.reports.formats import Format
from app.web.answers import Answer, answering
from app.web.documented import BINARY, Responses
from app.web.negotiation import HTML, JSON

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


def in_all_forms(responses: Responses) -> Responses:
    """The same answers in every form."""
    found = responses[200]
    texts = {form.media_type: {"schema": _schema(form)} for form in formats.formats().values()}
    return {**responses, 200: {**found, "content": {**texts, **found["content"]}}}


def _schema(form: Format) -> dict[str, str]:
    if not form.is_text:
        return BINARY
    return {} if form.media_type.endswith("+json") else {"type": "string"}
