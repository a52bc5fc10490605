"""HEAD wherever GET works, OPTIONS everywhere, and 405 with every method that an address has (RFC 9110 §9, §15.5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.context import context_of
from app.web.problem_types import METHOD_NOT_ALLOWED, NOT_FOUND
from app.web.problems import Refused, problem_response


class Methods:
    """Decides by the addresses that the application has; an address that fits none goes through to a 404. Nothing has a NUL in its name.

    `addresses`: path template → methods, the most specific templates first.
    """

    def __init__(self, app: ASGIApp, *, addresses: Mapping[str, Iterable[str]]) -> None:
        self.app = app
        self.addresses = [(compile_path(path)[0], _with_free_ones(methods)) for path, methods in addresses.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and "\0" in scope["path"]:
            await problem_response(Refused(NOT_FOUND), context_of(scope))(scope, receive, send)
            return
        allowed = self._allowed(scope["path"]) if scope["type"] == "http" else ()
        method = scope.get("method", "GET")
        if not allowed or (method in allowed and method not in ("HEAD", "OPTIONS")):
            await self.app(scope, receive, send)
        elif method == "HEAD" and method in allowed:
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
        elif method == "OPTIONS":
            await Response(status_code=204, headers=_headers(allowed))(scope, receive, send)
        else:
            refused = Refused(
                METHOD_NOT_ALLOWED,
                method=method[:20],
                allowed=", ".join(allowed),
                members={"allowed": list(allowed)},
                headers=_headers(allowed),
            )
            await problem_response(refused, context_of(scope))(scope, receive, send)

    def _allowed(self, path: str) -> tuple[str, ...]:
        return next((methods for pattern, methods in self.addresses if pattern.match(path)), ())


def addresses(routes: Iterable[Any]) -> dict[str, set[str]]:
    """Path template → methods of the routes, templates without placeholders first."""
    found: dict[str, set[str]] = {}
    for route in sorted(routes, key=lambda route: "{" in route.path):
        found.setdefault(route.path, set()).update(route.methods)
    return found


def _with_free_ones(methods: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))


def _headers(allowed: tuple[str, ...]) -> dict[str, str]:
    return {"Allow": ", ".join(allowed)}


def _without_body(send: Send) -> Send:
    async def answer(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return answer
