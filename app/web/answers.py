"""Answers: negotiated form, entity tag, 304 where the client has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.responses import Response

from app.reports.canonical_json import written
from app.web.context import Context, context_of
from app.web.negotiation import HTML, JSON, chosen
from app.web.parameters import repeated_problems, unkept_problems
from app.web.problem_types import INVALID_REQUEST, NOT_ACCEPTABLE
from app.web.problems import Refused

REVALIDATE = "no-cache"
"""Kept by the client, but asked for again with its tag: addresses carry no hash."""
NOT_KEPT = "no-store"
"""Answers about somebody's document are kept nowhere."""


class Answer:
    """What a handler answers with; `media_type` is the form that was negotiated."""

    def __init__(self, request: Request, media_type: str) -> None:
        self.request = request
        self.media_type = media_type

    @property
    def context(self) -> Context:
        """What is known about the request."""
        return context_of(self.request.scope)

    @property
    def wants_html(self) -> bool:
        """Whether a page is wanted."""
        return self.media_type == HTML

    @property
    def path(self) -> str:
        """The path that was asked for, as addresses write it."""
        scope = self.request.scope
        return quote(scope["path"].removeprefix(scope.get("root_path", "")))

    def address(self, path: str) -> str:
        """The complete address of a path of the service."""
        return self.context.base + path

    def json(self, value: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
        """JSON that may be asked for again."""
        return self.kept(written(dict(value)), JSON, headers)

    def kept(self, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
        """A body with its entity tag, or 304 when the client names it."""
        return self.tagged(body, tag_of(body), media_type, headers)

    def tagged(self, body: bytes, tag: str, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
        """The same of a body whose `tag_of` is known."""
        all_headers = {"ETag": tag, "Cache-Control": REVALIDATE, **(headers or {})}
        if names_tag(self.request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=all_headers)
        return Response(body, headers=all_headers, media_type=media_type)

    def computed(self, body: bytes, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
        """An answer in the caller's language that nobody should keep."""
        all_headers = {"Cache-Control": NOT_KEPT, "Content-Language": self.context.language, **(headers or {})}
        return Response(body, headers=all_headers, media_type=media_type)


def answering(*offered: str) -> Callable[[Request], Awaitable[Answer]]:
    """A dependency that negotiates among the forms that are offered; `?format=` makes `Accept` irrelevant.

    Raises Refused (406) when none is accepted, and (400) for parameters that were given twice or hold what no text does.
    """

    async def answer(request: Request) -> Answer:
        items = request.query_params.multi_items()
        given = [name for name, _ in items]
        if problems := [*repeated_problems(given, request.scope["endpoint"]), *unkept_problems(items)]:
            raise Refused(INVALID_REQUEST, problems=problems, in_parameters=True)
        if "format" in given:
            return Answer(request, offered[0])
        media_type = chosen(request.headers.get("accept"), offered)
        if media_type is None:
            listed = list(offered)
            raise Refused(NOT_ACCEPTABLE, offered=", ".join(listed), members={"offered": listed})
        return Answer(request, media_type)

    return answer


JsonAnswer = Annotated[Answer, Depends(answering(JSON))]
"""JSON only."""
PageAnswer = Annotated[Answer, Depends(answering(JSON, HTML))]
"""A page for browsers, JSON for all others."""
HtmlAnswer = Annotated[Answer, Depends(answering(HTML))]
"""A page only."""


def unkept(response: Response) -> Response:
    """An answer about a credential, which nobody keeps."""
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def tag_of(body: bytes) -> str:
    """The entity tag of a body, with its quotes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def names_tag(if_none_match: str, tag: str) -> bool:
    """Whether the header names the tag; tags are compared weakly, as RFC 9110 §13.1.2 says."""
    tags = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return tag in tags or tags == ["*"]
