"""Sessions: who signs in with a key, with the link of a first start, or at the issuer, looks at the pages for half a day at most."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.domain.access import SCOPES, Caller
from app.services import first_start, identity
from app.services.api_keys import StoredKey
from app.storage import api_keys, directory, sessions
from app.storage.database import Database
from app.storage.directory import SessionFound
from app.storage.ids import new_id
from app.storage.sessions import SessionRow

GOOD_FOR = timedelta(hours=12)


class SignedIn(NamedTuple):
    """Whoever has a session: what they may do, the networks that their key may be used from (None: any), and what pages call them."""

    caller: Caller
    networks: tuple[str, ...] | None
    name: str


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
    caller = holder.caller
    secret = _begin(store, caller.workspace, now, now + GOOD_FOR, key_id=caller.credential)
    return Begun(secret, SignedIn(caller, holder.networks, caller.actor))


def begin_with_link(store: Database, link: str, now: datetime) -> Begun | None:
    """A session, and the key that the link makes; None for a link that was used or whose time is over."""
    made = first_start.open_link(store, link, now)
    begun = begin(store, made.text, now) if made is not None and made.text is not None else None
    return begun and begun._replace(key=made)


def begin_for(store: Database, person: Caller, name: str, now: datetime, until: datetime) -> str:
    """The secret of a session for a person whom the issuer signed in, who may read; it ends then, and after half a day."""
    scopes = [scope for scope in SCOPES if scope in person.scopes]
    ends = min(until, now + GOOD_FOR)
    return _begin(store, person.workspace, now, ends, subject=person.credential, name=name, scopes=scopes)


def signed_in(store: Database, secret: str, now: datetime) -> SignedIn | None:
    """Whose session it is, while it is good and so is the key that began it."""
    found = directory.find_session(store, _hash(secret))
    if found is None or found.expires_at <= now:
        return None
    if found.key_id is None:
        return _person(found)
    with store.reading(found.workspace) as tx:
        key = api_keys.key(tx, found.key_id)
        if key is None or (key.expires_at is not None and key.expires_at <= now):
            return None
        only = None if key.organizations is None else frozenset(key.organizations)
        caller = Caller(found.workspace, key.name, key.id, frozenset(key.scopes), only)
        return SignedIn(caller, None if key.networks is None else tuple(key.networks), key.name)


def end(store: Database, secret: str) -> bool:
    """End a session; one that is over already stays so. Whether it was one of a person whom the issuer signed in."""
    found = directory.find_session(store, _hash(secret))
    if found is None:
        return False
    with store.writing(found.workspace) as tx:
        sessions.remove(tx, _hash(secret))
    return found.key_id is None


def form_token(secret: str) -> str:
    """What forms of a session carry, so that no other site can send them: nobody makes it who does not know the cookie."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def is_form_token(secret: str, presented: str) -> bool:
    """Whether a form came from a page of this session."""
    return hmac.compare_digest(form_token(secret).encode(), presented.encode("utf-8", "replace"))


def _person(found: SessionFound) -> SignedIn:
    """Whom the issuer signed in, with the rights that its token gave."""
    assert found.subject is not None
    caller = Caller(found.workspace, found.subject, found.subject, frozenset(found.scopes or ()))
    return SignedIn(caller, None, found.name or found.subject)


def _begin(store: Database, workspace: str, now: datetime, ends: datetime, **whose: Any) -> str:
    """Keep a session. `whose`: the columns that say for whom it speaks."""
    secret = secrets.token_urlsafe(32)
    with store.writing(workspace) as tx:
        sessions.remove_expired(tx, now)
        row = SessionRow(
            workspace_id=tx.workspace,
            id=new_id("ses", now),
            hash=_hash(secret),
            created_at=now,
            expires_at=ends,
            **whose,
        )
        tx.add(row)
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
