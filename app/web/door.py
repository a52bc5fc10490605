"""The door: API keys, and tokens of an issuer where the settings name one, become callers; everybody's requests are counted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi import Request

from app.domain.access import Caller
from app.domain.networks import allowed
from app.services import identity
from app.services.stores import Schema
from app.storage.database import Database
from app.web.clock import present
from app.web.identity import unauthenticated
from app.web.rate_limits import RateLimits, limit_address, limit_caller

if TYPE_CHECKING:
    from app.web.oidc import Tokens

log = logging.getLogger("concord.access")

_KEY = "cnc_"
"""What API keys begin with; anything else is a token."""


class Door:
    """Admits holders of API keys and of tokens. `tokens`: None where no issuer is accepted."""

    def __init__(self, store: Database, schema: Schema, limits: RateLimits, tokens: Tokens | None) -> None:
        self._store, self._schema, self._limits, self._tokens = store, schema, limits, tokens

    def admit(self, credential: str | None, request: Request, *, heavy: bool = False) -> Caller:
        """The caller; `heavy` when the request is for work that takes long. Raises Refused (401, 429, 503), StorageTrouble."""
        self._schema.ensure()
        caller = self._caller(credential, request) if credential else None
        if caller is None:
            limit_address(request, self._limits)
            raise unauthenticated()
        limit_caller(request, self._limits, caller, heavy=heavy)
        return caller

    def _caller(self, credential: str, request: Request) -> Caller | None:
        if credential.startswith(_KEY):
            return self._holder(credential, request)
        return self._bearer(credential) if self._tokens else None

    def _holder(self, key: str, request: Request) -> Caller | None:
        """Who holds a key, if it may be used from where the request comes."""
        holder = identity.holder_of(self._store, key, present())
        if holder is None or not allowed(request.client.host if request.client else None, holder.networks):
            return None
        return holder.caller

    def _bearer(self, token: str) -> Caller | None:
        """Whom a token speaks for, in the workspace that it names."""
        from app.web.oidc import TokenRefused

        assert self._tokens is not None
        try:
            caller = self._tokens.caller(token, present())
        except TokenRefused as refused:
            log.info("a token is not accepted: %s", refused)
            return None
        return identity.in_workspace(self._store, caller)
