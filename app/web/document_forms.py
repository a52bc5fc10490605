"""The forms in which documents are given out: each has the media type, the entity tag and the bytes of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends
from starlette.responses import Response

from app.exchange.write import write
from app.web.answers import Answer, answering
from app.web.body import XLSX, YAML
from app.web.negotiation import JSON
from app.web.stored import Diff, tagged, with_diff, written

Form = Literal["json", "yaml", "xlsx"]
WrittenForm = Literal["json", "yaml"]

MEDIA_TYPES: Mapping[Form, str] = {"json": JSON, "yaml": YAML, "xlsx": XLSX}

DocumentAnswer = Annotated[Answer, Depends(answering(*MEDIA_TYPES.values()))]
"""A document in any form."""
WrittenAnswer = Annotated[Answer, Depends(answering(JSON, YAML))]
"""A document that was written, as text."""


def given(answer: Answer, raw: Mapping[str, Any], tag: str, format_: Form | None) -> Response:
    """A document in the form that was asked for, or 304 when the client has it in that form."""
    form = form_of(answer, format_)
    return tagged(answer, bytes_of(raw, form), form_tag(tag, form), MEDIA_TYPES[form])


def form_of(answer: Answer, format_: Form | None) -> Form:
    """The form that was asked for: by the parameter, else by `Accept`."""
    if format_ is not None:
        return format_
    return next(form for form, media_type in MEDIA_TYPES.items() if media_type == answer.media_type)


def form_tag(tag: str, form: Form) -> str:
    """The tag of a state in a form; conditions of writes take the tag of any form."""
    return tag if form == "json" else f"{tag}-{form}"


def bytes_of(raw: Mapping[str, Any], form: Form, diff: Diff | None = None) -> bytes:
    """The document in a form. JSON is the document as it is kept, which JSON Pointers lead into; texts can carry a diff."""
    if form == "json":
        return written(with_diff(raw, diff))
    data = write(raw, form)
    if diff is None:
        return data
    from app.exchange.yaml_writer import as_yaml

    return data + as_yaml(with_diff({}, diff)).encode()
