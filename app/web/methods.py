"""HEAD wherever GET works, OPTIONS everywhere, and 405 with every method that an address has (RFC 9110 §9, §15.5.6)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.addresses import Addresses, Place, lead_to, led
from app.web.context import context_of
from app.web.operations import Operation
from app.web.problem_types import METHOD_NOT_ALLOWED, NOT_FOUND
from app.web.problems import Refused, problem_response


class Methods:
    """Finds the place that a request is for, and decides by what can be done there; a path that leads nowhere goes through to a 404.

    Nothing has a NUL in its name.
    """

    def __init__(self, app: ASGIApp, *, addresses: Addresses) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif "\0" in scope["path"]:
            await problem_response(Refused(NOT_FOUND), context_of(scope))(scope, receive, send)
        elif (place := self.addresses.find(scope["path"].removeprefix(scope.get("root_path", "")))) is None:
            await self.app(scope, receive, send)
        else:
            await self._answer(place, scope, receive, send)

    async def _answer(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        lead_to(scope, place)
        if method in place.operations:
            await self._do(place, scope, receive, send)
        elif method == "HEAD" and "GET" in place.operations:
            await self._do(place, {**scope, "method": "GET"}, receive, _without_body(send))
        elif method == "OPTIONS":
            await Response(status_code=204, headers={**_headers(_allowed(place)), **_formats(place)})(
                scope, receive, send
            )
        else:
            allowed = _allowed(place)
            refused = Refused(
                METHOD_NOT_ALLOWED,
                method=method[:20],
                allowed=", ".join(allowed),
                members={"allowed": list(allowed)},
                headers=_headers(allowed),
            )
            await problem_response(refused, context_of(scope))(scope, receive, send)

    async def _do(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the operation answer, or the framework, for what it leaves to that."""
        response = None
        if isinstance(place.operations[scope["method"]], Operation):
            scope.update(led(scope, place))
            response = await scope["route"].answer(Request(scope, receive))
        await (self.app if response is None else response)(scope, receive, send)


def _allowed(place: Place) -> tuple[str, ...]:
    """All that can be done there, what comes of itself included."""
    return tuple(sorted({*place.operations, "OPTIONS", *(["HEAD"] if "GET" in place.operations else [])}))


def _headers(allowed: tuple[str, ...]) -> dict[str, str]:
    return {"Allow": ", ".join(allowed)}


def _formats(place: Place) -> dict[str, str]:
    """The formats that bodies of POST and PATCH are read in there (RFC 5789 §3.1, LDP §7.1)."""
    read = {}
    for method, header in (("PATCH", "Accept-Patch"), ("POST", "Accept-Post")):
        route = place.operations.get(method)
        body = (route.openapi_extra or {}).get("requestBody") if route is not None else None
        if body is not None:
            read[header] = ", ".join(body["content"])
    return read


def _without_body(send: Send) -> Send:
    async def answer(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return answer
