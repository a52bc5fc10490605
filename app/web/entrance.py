"""The way in and out: every answer gets the headers that all have, every failure an answer, every request a line in the log."""

from __future__ import annotations

import logging
import time
from asyncio import CancelledError
from collections.abc import Iterable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.context import Context, begin
from app.web.measures import Measures, operation_of
from app.web.problem_types import INTERNAL, NOT_READY
from app.web.problems import Refused, problem_response

log = logging.getLogger("concord.http")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Authorization, Accept, Accept-Language",
}
"""What every answer carries unless it says otherwise."""

GONE = 499
"""What the log says of a client that hung up before it was answered."""

_LATER = {"Retry-After": "5"}

TRANSPORT_SECURITY = "max-age=31536000"

RawHeader = tuple[bytes, bytes]

_ALWAYS: list[RawHeader] = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_SECURE: list[RawHeader] = [*_ALWAYS, (b"strict-transport-security", TRANSPORT_SECURITY.encode())]

_LINE = "%s %s %s %d %.0f ms"
"""What the log says of a request; where it is written from, which takes as long to find out, it does not say."""


class Entrance:
    """The outermost layer. Whatever fails within is logged under the request's id and answered 500, without a word of why; what the end of
    the process cuts short is answered 503."""

    def __init__(self, app: ASGIApp, *, public_url: str, measures: Measures | None = None) -> None:
        self.app = app
        self.public_url = public_url
        self.measures = measures or Measures()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        context = begin(scope, self.public_url)
        started, status = time.perf_counter(), 0
        self.measures.begun()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _complete(message["headers"], context)
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except ClientDisconnect:
            status = GONE
        except Exception:
            log.exception("%s failed", context.request_id)
            if status:
                raise
            await problem_response(Refused(INTERNAL), context)(scope, receive, answer)
        except CancelledError:
            if status:
                raise
            await problem_response(Refused(NOT_READY, headers=_LATER), context)(scope, receive, answer)
        seconds, operation = time.perf_counter() - started, operation_of(scope)
        self.measures.ended(scope["method"], operation, status, seconds)
        if log.isEnabledFor(logging.INFO):
            _note(context, scope["method"], operation, status, seconds)


def _note(context: Context, method: str, operation: str, status: int, seconds: float) -> None:
    """The line of a request in the log."""
    fields = {
        "request_id": context.request_id,
        "traceparent": context.traceparent,
        "method": method,
        "path": context.path,
        "operation": operation,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
    line = (context.request_id, method, context.path, status, seconds * 1000)
    log.handle(log.makeRecord(log.name, logging.INFO, "", 0, _LINE, line, None, extra={"fields": fields}))


def _complete(headers: Iterable[RawHeader], context: Context) -> list[RawHeader]:
    """The headers of an answer with those that all have."""
    said = {name for name, _ in headers}
    own = [(b"x-request-id", context.request_id.encode()), (b"traceparent", context.traceparent.encode())]
    always = _SECURE if context.base.startswith("https:") else _ALWAYS
    return [*headers, *own, *(header for header in always if header[0] not in said)]
