"""The way in and out: every answer gets the headers that all have, every failure an answer, every request a line in the log."""

from __future__ import annotations

import logging
import time
from asyncio import CancelledError

from starlette.datastructures import MutableHeaders
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
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = context.request_id
                headers["traceparent"] = context.traceparent
                _add(headers, secure=context.base.startswith("https:"))
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
    log.info("%s %s %s %d %.0f ms", *line, extra={"fields": fields})


def _add(headers: MutableHeaders, *, secure: bool) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", TRANSPORT_SECURITY)
