"""People who sign in at an issuer: the way there and back, whose ends this browser keeps, and who came."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from fastapi import Request
from starlette.responses import Response

from app.domain.access import Caller
from app.services.sealing import Sealer, Unsealable

COOKIE = "concord_signin"
"""Holds, sealed, what a way to the issuer began with; it goes when somebody comes back."""
PATH = "/signin/oidc"
"""Where the way begins; only there and below is the cookie sent."""
GOOD_FOR = timedelta(minutes=10)

Reason = Literal[
    "oidc_denied", "oidc_elsewhere", "oidc_again", "oidc_away", "oidc_misconfigured", "oidc_refused", "oidc_no_workspace", "oidc_no_rights"
]  # fmt: skip
"""Why nobody is signed in, as the name of a text."""

STATUS: dict[Reason, int] = {
    "oidc_denied": 403,
    "oidc_elsewhere": 400,
    "oidc_again": 400,
    "oidc_away": 503,
    "oidc_misconfigured": 503,
    "oidc_refused": 401,
    "oidc_no_workspace": 403,
    "oidc_no_rights": 403,
}


class SignInRefused(Exception):
    """Nobody is signed in; the page to sign in says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Attempt(NamedTuple):
    """A way to the issuer that was begun: what must come back with it, what proves that the same browser began it, and where it leads."""

    state: str
    nonce: str
    verifier: str
    wanted: str


class Returned(NamedTuple):
    """What the issuer sends a browser back with (OpenID Connect Core 1.0 §3.1.2.5, RFC 9207)."""

    code: str
    state: str
    error: str
    iss: str


class Person(NamedTuple):
    """Who signed in: what they may do in a workspace that is still a name, what they are called, until when that holds."""

    caller: Caller
    name: str
    until: datetime


class People(Protocol):
    """Signs people in at an issuer; `app.state.people`."""

    label: str

    def begin(self, back: str, wanted: str) -> tuple[str, Attempt]:
        """The address at the issuer that leads back to `back`, and what was begun with it. Raises SignInRefused."""

    def came(self, attempt: Attempt, returned: Returned, back: str, now: datetime) -> Person:
        """Who came back. Raises SignInRefused."""

    def farewell(self, back: str) -> str | None:
        """The address at which people sign out of the issuer, where it has one, which leads on to `back`."""


def keep(response: Response, attempt: Attempt, seals: Sealer, now: datetime, *, secure: bool) -> Response:
    """The answer that sends a browser to the issuer, with the cookie by which it is known again."""
    kept = {"for": PATH, "until": (now + GOOD_FOR).timestamp(), **attempt._asdict()}
    seconds = int(GOOD_FOR.total_seconds())
    sealed = seals.seal(json.dumps(kept))
    response.set_cookie(COOKIE, sealed, seconds, path=PATH, secure=secure, httponly=True, samesite="lax")
    return response


def kept(request: Request, seals: Sealer, now: datetime) -> Attempt:
    """What this browser began. Raises SignInRefused when it began nothing, or too long ago."""
    try:
        found = json.loads(seals.open(request.cookies.get(COOKIE, "")))
    except (Unsealable, ValueError):
        raise SignInRefused("oidc_elsewhere") from None
    if not isinstance(found, dict) or found.get("for") != PATH or found["until"] <= now.timestamp():
        raise SignInRefused("oidc_elsewhere")
    return Attempt(*(found[name] for name in Attempt._fields))


def forget(response: Response) -> Response:
    """The answer to whoever came back: what was begun can be used no more."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax")
    return response
