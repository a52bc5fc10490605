"""The door: API keys, and tokens of an issuer where the settings name one, become callers; everybody's requests are counted."""

from __future__ import annotations

from fastapi import Request

from app.domain.access import Caller
from app.services import identity
from app.storage.database import Database
from app.web.clock import present
from app.web.identity import unauthenticated


class KeyDoor:
    """Admits holders of API keys."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def admit(self, credential: str | None, request: Request) -> Caller:
        """The caller; raises Refused (401)."""
        holder = identity.holder_of(self.store, credential, present()) if credential else None
        if holder is None:
            raise unauthenticated()
        return holder.caller
