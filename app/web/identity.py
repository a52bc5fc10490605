"""Who asks: a credential → the caller. No or a wrong one is 401, a scope that is missing 403; handlers name the scope that they need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Protocol

from fastapi import Depends, Request

from app.domain.access import Caller, Scope
from app.web.context import context_of
from app.web.problem_types import FORBIDDEN, UNAUTHENTICATED
from app.web.problems import Refused

SCHEME = "Bearer"


class Door(Protocol):
    """Knows who presents a credential; `app.state.door`."""

    def admit(self, credential: str | None, request: Request, *, heavy: bool = False) -> Caller:
        """The caller. Raises Refused for no credential, or one that is not good, or used too often."""


def needs(scope: Scope, *, heavy: bool = False) -> Callable[[Request], Caller]:
    """A dependency that admits holders of credentials with the scope; `heavy` for work that takes long. Raises Refused (401, 403, 429)."""

    def caller(request: Request) -> Caller:
        door: Door = request.app.state.door
        admitted = door.admit(presented(request), request, heavy=heavy)
        if not admitted.may(scope):
            raise Refused(FORBIDDEN, scope=scope, members={"scope": scope})
        return admitted._replace(request_id=context_of(request.scope).request_id)

    caller.scope = scope  # type: ignore[attr-defined]
    return caller


def presented(request: Request) -> str | None:
    """The credential of the `Authorization` header, None when there is none of our scheme; one in the address is never looked at."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    return credential.strip() if scheme.lower() == SCHEME.lower() and credential.strip() else None


def unauthenticated() -> Refused:
    """The one answer to every credential that is missing, unknown, expired or revoked."""
    return Refused(UNAUTHENTICATED, headers={"WWW-Authenticate": SCHEME})


Reader = Annotated[Caller, Depends(needs("read"))]
Writer = Annotated[Caller, Depends(needs("write"))]
Admin = Annotated[Caller, Depends(needs("admin"))]
Embedder = Annotated[Caller, Depends(needs("embed"))]
HeavyReader = Annotated[Caller, Depends(needs("read", heavy=True))]
HeavyWriter = Annotated[Caller, Depends(needs("write", heavy=True))]
