"""API keys of a workspace: made, and shown once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.access import Caller, Scope
from app.domain.api_keys import RANDOM_BYTES, key_from
from app.storage import audit_events, directory
from app.storage.api_keys import ApiKeyRow
from app.storage.database import Database
from app.storage.ids import new_id

ENVIRONMENT = "live"


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key that was just made; `text` is the key itself, which is kept nowhere."""

    id: str
    text: str


def make(
    store: Database,
    caller: Caller,
    name: str,
    scopes: Sequence[Scope],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    organizations: Sequence[str] | None = None,
    networks: Sequence[str] | None = None,
) -> NewApiKey:
    """Make a key of the caller's workspace."""
    made = key_from(secrets.token_bytes(RANDOM_BYTES), ENVIRONMENT)
    row = ApiKeyRow(
        workspace_id=caller.workspace,
        id=new_id("key", now),
        name=name,
        lookup=made.lookup,
        hash=made.hash,
        last_four=made.last4,
        scopes=list(scopes),
        organizations=None if organizations is None else list(organizations),
        networks=None if networks is None else list(networks),
        created_at=now,
        created_by=caller.actor,
        expires_at=expires_at,
    )
    with store.writing(caller.workspace) as tx:
        tx.add(row)
        audit_events.record(tx, caller, at=now, action="api_key.created", target=f"api-keys/{row.id}")
    return NewApiKey(row.id, made.text)


def from_the_shell(store: Database, workspace: str, name: str, scopes: Sequence[Scope], now: datetime) -> NewApiKey:
    """Make a key of the workspace of that name, which is made when there is none: for whoever runs the service."""
    id_ = directory.workspace_named(store, workspace, now)
    return make(store, Caller(id_, "operator", "shell", frozenset(("admin",))), name, scopes, now)
