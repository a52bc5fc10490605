"""How much of a request is read: address, headers, body. What is larger is refused before anybody works on it."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.context import context_of
from app.web.problem_types import ADDRESS_TOO_LONG, HEADERS_TOO_LARGE, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
from app.web.problems import Refused, problem_response

MOST_ADDRESS = 8 * 1024
MOST_HEADERS = 32 * 1024
MOST_BODY = 10 * 1024 * 1024
MOST_IMPORT = 25 * 1024 * 1024
"""All in bytes; the last is for bodies of imports."""

_IMPORTS = re.compile(r"/v1/organizations/[^/]+/imports|/organizations/(?:[^/]+/)?import")


class Limits:
    """Refuses what is too long or too large, and bodies that are compressed, whose size nobody knows.

    A body that says its size is refused unread; one that does not, as soon as too much of it has come.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if refused := _refused(scope):
            await problem_response(refused, context_of(scope))(scope, receive, send)
            return
        read, most = 0, most_body(scope)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise Refused(TOO_LARGE, most=most, headers={"Connection": "close"})
            return message

        await self.app(scope, counted, send)


def most_body(scope: Scope) -> int:
    """How many bytes the body of a request may have."""
    return MOST_IMPORT if _IMPORTS.fullmatch(scope["path"]) else MOST_BODY


def _refused(scope: Scope) -> Refused | None:
    path: bytes = scope.get("raw_path") or str(scope["path"]).encode()
    if len(path) + len(scope.get("query_string", b"")) > MOST_ADDRESS:
        return Refused(ADDRESS_TOO_LONG, most=MOST_ADDRESS)
    if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > MOST_HEADERS:
        return Refused(HEADERS_TOO_LARGE, most=MOST_HEADERS)
    said = dict(reversed(scope["headers"]))
    size, most = said.get(b"content-length", b"").decode("latin-1"), most_body(scope)
    if size.isdigit() and (len(size) > 15 or int(size) > most):
        return Refused(TOO_LARGE, most=most, headers={"Connection": "close"})
    if (encoding := said.get(b"content-encoding", b"identity").decode("latin-1")).lower() != "identity":
        offered = "identity"
        return Refused(
            UNSUPPORTED_MEDIA_TYPE,
            found=f"Content-Encoding {encoding[:40]}",
            offered=offered,
            members={"offered": [offered]},
            headers={"Accept-Encoding": offered},
        )
    return None
