"""Answers about stored things that are told in the caller's language, and made only for clients that do not have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from app.domain.terms import Language
from app.web.answers import Answer, names_tag
from app.web.negotiation import JSON
from app.web.parameters import Parameters
from app.web.stored import CACHE, written


class Told(Parameters):
    """In which language."""

    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")


def told(answer: Answer, value: Mapping[str, Any], tag: str) -> Response:
    """A single thing, or 304 when the client has it."""
    return told_as(answer, tag, JSON, lambda: written(value))


def told_as(
    answer: Answer, tag: str, media_type: str, made: Callable[[], bytes], more: Mapping[str, str] | None = None
) -> Response:
    """The bytes that `made` makes, or 304 when the client has them: then they are not made. `more` are more headers."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": CACHE, "Content-Language": answer.context.language}
    if has(answer.request, tag):
        return Response(status_code=304, headers=headers)
    return Response(made(), headers={**headers, **(more or {})}, media_type=media_type)


def has(request: Request, tag: str) -> bool:
    """Whether the client has the state with this tag."""
    return names_tag(request.headers.get("if-none-match", ""), f'"{tag}"')


def in_language(response: Response, answer: Answer) -> Response:
    """The answer, marked with its language."""
    response.headers["Content-Language"] = answer.context.language
    return response
