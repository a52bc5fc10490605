"""Who a key belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.access import Caller
from app.domain.api_keys import parse_key, same_hash
from app.domain.errors import StorageTrouble
from app.storage import directory
from app.storage.api_keys import note_use
from app.storage.database import Database

_NOTED_EVERY = timedelta(minutes=1)
_PATIENCE = 0.2
"""Seconds that noting a use may hold a request up."""


class KeyHolder:
    """The caller that a good key speaks for, and the networks that it may come from (None: any)."""

    def __init__(self, caller: Caller, networks: tuple[str, ...] | None) -> None:
        self.caller, self.networks = caller, networks


def holder_of(store: Database, text: str, now: datetime) -> KeyHolder | None:
    """Who the key belongs to; None for one that is malformed, unknown, expired or revoked. A use is noted once a minute."""
    parsed = parse_key(text)
    found = directory.find_key(store, parsed.lookup) if parsed else None
    if parsed is None or found is None or not same_hash(parsed.hash, found.hash):
        return None
    if found.revoked_at is not None and found.revoked_at <= now:
        return None
    if found.expires_at is not None and found.expires_at <= now:
        return None
    if found.last_used_at is None or now - found.last_used_at >= _NOTED_EVERY:
        _note(store, found, now)
    organizations = None if found.organizations is None else frozenset(found.organizations)
    caller = Caller(found.workspace, found.name, found.id, frozenset(found.scopes), organizations)
    return KeyHolder(caller, None if found.networks is None else tuple(found.networks))


def _note(store: Database, found: directory.KeyFound, now: datetime) -> None:
    """That the key was used is worth less than the request itself: a database that cannot write may still be read."""
    try:
        with store.writing(found.workspace, patience=_PATIENCE) as tx:
            note_use(tx, found.id, now)
    except StorageTrouble:
        pass


def in_workspace(store: Database, caller: Caller) -> Caller | None:
    """The caller of a token, whose workspace is still a name, in that workspace; None when there is none of that name."""
    id_ = directory.find_workspace(store, caller.workspace)
    return None if id_ is None else caller._replace(workspace=id_)
