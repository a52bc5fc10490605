"""The first start on an empty database: a workspace, a key that may do all in it, and a link that makes another one once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.access import SCOPES, Caller
from app.services import api_keys
from app.services.api_keys import StoredKey
from app.storage import directory, sign_in_links
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.sign_in_links import SignInLinkRow
from app.storage.workspace import Transaction

WORKSPACE = "default"

GOOD_FOR = timedelta(hours=1)
"""How long a link can be opened."""


class Welcome(NamedTuple):
    """What whoever starts the service is told, once: a key, and the secret of a link."""

    key: str
    link: str


def welcome(store: Database, now: datetime) -> Welcome | None:
    """Make the first workspace with its first key and link, all at once; None where there are workspaces already."""

    def begin(tx: Transaction) -> Welcome:
        made = _key(tx, "first start", "first start", "first key", now)
        assert made.text is not None
        return Welcome(made.text, _link(tx, now))

    return directory.make_first(store, WORKSPACE, now, begin)


def is_good(store: Database, secret: str, now: datetime) -> bool:
    """Whether a link can still be opened."""
    found = directory.find_link(store, _hash(secret))
    return found is not None and found.used_at is None and found.expires_at > now


def open_link(store: Database, secret: str, now: datetime) -> StoredKey | None:
    """Use a link up, for a key that may do all in its workspace; None for one that was used or whose time is over."""
    found = directory.find_link(store, _hash(secret))
    if found is None:
        return None
    with store.writing(found.workspace) as tx:
        row = sign_in_links.unused(tx, found.id, now)
        if row is None:
            return None
        row.used_at = now
        tx.save()
        return _key(tx, "sign-in link", found.id, "from the sign-in link", now)


def _key(tx: Transaction, actor: str, credential: str, name: str, now: datetime) -> StoredKey:
    """A key that may do all in the workspace."""
    caller = Caller(tx.workspace, actor, credential, frozenset(SCOPES))
    return api_keys.add_in(tx, caller, {"name": name, "scopes": list(SCOPES)}, now)


def _link(tx: Transaction, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    tx.add(
        SignInLinkRow(
            workspace_id=tx.workspace,
            id=new_id("lnk", now),
            hash=_hash(secret),
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
    )
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
