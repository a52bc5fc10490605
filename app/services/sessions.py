"""Sessions: who signs in with a key, or with the link of a first start, looks at the pages for half a day."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.access import Caller
from app.services import first_start, identity
from app.services.api_keys import StoredKey
from app.storage import api_keys, directory, sessions
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.sessions import SessionRow

GOOD_FOR = timedelta(hours=12)


class SignedIn(NamedTuple):
    """Whoever has a session: what they may do, and the networks that their key may be used from (None: any)."""

    caller: Caller
    networks: tuple[str, ...] | None


class Begun(NamedTuple):
    """A session that was just begun: the secret that its cookie holds; `key`: the key that was made with it, where one was."""

    secret: str
    signed_in: SignedIn
    key: StoredKey | None = None


def begin(store: Database, key: str, now: datetime) -> Begun | None:
    """A session for whoever holds a key that may read; None for a key that is not good, or may not."""
    holder = identity.holder_of(store, key, now)
    if holder is None or not holder.caller.may("read"):
        return None
    return Begun(_begin(store, holder.caller, now), SignedIn(holder.caller, holder.networks))


def begin_with_link(store: Database, link: str, now: datetime) -> Begun | None:
    """A session, and the key that the link makes; None for a link that was used or whose time is over."""
    made = first_start.open_link(store, link, now)
    begun = begin(store, made.text, now) if made is not None and made.text is not None else None
    return begun and begun._replace(key=made)


def signed_in(store: Database, secret: str, now: datetime) -> SignedIn | None:
    """Whose session it is, while it is good and so is the key that began it."""
    found = directory.find_session(store, _hash(secret))
    if found is None or found.expires_at <= now:
        return None
    with store.reading(found.workspace) as tx:
        key = api_keys.key(tx, found.key_id)
        if key is None or (key.expires_at is not None and key.expires_at <= now):
            return None
        only = None if key.organizations is None else frozenset(key.organizations)
        caller = Caller(found.workspace, key.name, key.id, frozenset(key.scopes), only)
        return SignedIn(caller, None if key.networks is None else tuple(key.networks))


def end(store: Database, secret: str) -> None:
    """End a session; one that is over already stays so."""
    found = directory.find_session(store, _hash(secret))
    if found is not None:
        with store.writing(found.workspace) as tx:
            sessions.remove(tx, _hash(secret))


def form_token(secret: str) -> str:
    """What forms of a session carry, so that no other site can send them: nobody makes it who does not know the cookie."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def is_form_token(secret: str, presented: str) -> bool:
    """Whether a form came from a page of this session."""
    return hmac.compare_digest(form_token(secret).encode(), presented.encode("utf-8", "replace"))


def _begin(store: Database, caller: Caller, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    with store.writing(caller.workspace) as tx:
        sessions.remove_expired(tx, now)
        tx.add(
            SessionRow(
                workspace_id=tx.workspace,
                id=new_id("ses", now),
                hash=_hash(secret),
                key_id=caller.credential,
                created_at=now,
                expires_at=now + GOOD_FOR,
            )
        )
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
