"""Sessions of browsers: a cookie that no script reads and no other site sends, forms that no other site can make."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from fastapi import Request
from starlette.responses import Response

from app.domain.access import Caller
from app.domain.networks import allowed
from app.services import sessions
from app.services.sessions import GOOD_FOR
from app.storage.database import Database
from app.web.context import context_of
from app.web.rate_limits import limit_caller

COOKIE = "concord_session"
FORM_FIELD = "form"
"""The field of a form that shows which session it comes from."""
PARTS = ("/organizations", "/settings")
"""How the paths of pages begin that one signs in for."""
MOST_FORM = 20_000
"""Bytes of a form."""

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""What a browser lets the pages of the console do."""


class Visitor(NamedTuple):
    """Whoever is signed in: what they may do, what the forms of their pages carry, and what pages call them."""

    caller: Caller
    form: str
    name: str


def visitor_of(request: Request, store: Database, now: datetime) -> Visitor | None:
    """Whose session the cookie is of, if it is good here; the request counts as one of theirs. Raises Refused (429)."""
    secret = request.cookies.get(COOKIE, "")
    request.app.state.schema.ensure()
    found = sessions.signed_in(store, secret, now) if secret else None
    if found is None or not is_allowed_here(request, found.networks):
        return None
    limit_caller(request, request.app.state.limits, found.caller)
    caller = found.caller._replace(request_id=context_of(request.scope).request_id)
    return Visitor(caller, sessions.form_token(secret), found.name)


def is_allowed_here(request: Request, networks: tuple[str, ...] | None) -> bool:
    """Whether a key may be used from where the request comes."""
    return allowed(request.client.host if request.client else None, networks)


def is_own_form(request: Request, form: str) -> bool:
    """Whether a form was sent by a page of this service, and of this very session."""
    return is_own_site(request) and sessions.is_form_token(request.cookies.get(COOKIE, ""), form)


def is_own_site(request: Request) -> bool:
    """Whether what a browser says of itself does not speak of another site."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == _origin(context_of(request.scope).base)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, the last value of each."""
    body = (await request.body())[:MOST_FORM].decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def begin(response: Response, secret: str, base: str) -> Response:
    """The answer that begins a session."""
    seconds = int(GOOD_FOR.total_seconds())
    secure = base.startswith("https:")
    response.set_cookie(COOKIE, secret, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")
    return response


def end(response: Response) -> Response:
    """The answer that ends a session."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def to_sign_in(request: Request) -> Response:
    """Where whoever is not signed in does that, to come back here."""
    path = quote(request.scope["path"]) + (f"?{request.url.query}" if request.url.query else "")
    where = f"{context_of(request.scope).base}/signin?next={quote(path, safe='')}"
    return Response(status_code=303, headers={"Location": where, "Cache-Control": "no-store"})


def way_back(path: str) -> str:
    """A path of this service that somebody wanted to see; the list of organizations for anything else."""
    own = path.startswith(PARTS) and "//" not in path and "\\" not in path and path.isprintable()
    return path if own else "/organizations"


def _origin(base: str) -> str:
    return "/".join(base.split("/")[:3])
