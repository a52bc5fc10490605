"""Tokens that let a portal show one view of one organization: issued, listed, revoked, and what one that is presented opens."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.embeds import DEFAULT_LIFE, View, filter_faults, origin_faults
from app.domain.errors import EmbedRefused, Missing
from app.domain.faults import invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.services import embed_signing
from app.services.organizations import existing
from app.services.sealing import Sealer, Unsealable
from app.storage import audit_events, claims, directory, embed_tokens
from app.storage.database import Database
from app.storage.embed_tokens import EmbedKeyRow, EmbedTokenRow
from app.storage.ids import new_id
from app.storage.rows import value_of
from app.storage.workspace import Transaction

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class EmbedToken:
    """What a token says. `text` is the token itself: only in the answer to the request that made it."""

    id: str
    organization: str
    view: View
    filters: dict[str, Any]
    locale: str | None
    theme: str
    with_pay: bool
    allowed_origins: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    text: str | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"{'revoked' if self.revoked_at else 'good'}-{self.id}"

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        optional = {
            "token": self.text,
            "locale": self.locale,
            "revoked_at": self.revoked_at and written(self.revoked_at),
        }
        return {
            "id": self.id,
            "view": self.view,
            "organization": self.organization,
            "filters": self.filters,
            "theme": self.theme,
            "pay_figures": self.with_pay,
            "allowed_origins": self.allowed_origins,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "expires_at": written(self.expires_at),
            **{name: value for name, value in optional.items() if value is not None},
        }


class Admitted(NamedTuple):
    """A token that is good now: whom it speaks for, and what it says. The caller may read this one organization, and nothing else."""

    caller: Caller
    token: EmbedToken


def issue(
    store: Database,
    sealer: Sealer,
    caller: Caller,
    said: Mapping[str, Any],
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> EmbedToken:
    """Make a token. Who asks again with the same claim gets the same one.

    `said`: view, organization, and filters, locale, theme, pay_figures, ttl_seconds, allowed_origins where there are. Raises Missing,
    DocumentInvalid.
    """
    filters, origins = dict(said.get("filters") or {}), list(said.get("allowed_origins") or ())
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, EmbedToken)) is not None:
            return _with_text(tx, sealer, before)
        if faults := [*filter_faults(said["view"], filters), *origin_faults(origins, ("allowed_origins",))]:
            raise invalid(faults, said)
        organization = existing(tx, caller, said["organization"])
        key = _signing_key(tx, sealer, now)
        life = timedelta(seconds=said["ttl_seconds"]) if said.get("ttl_seconds") else DEFAULT_LIFE
        row = EmbedTokenRow(
            workspace_id=tx.workspace,
            id=new_id("emb", now),
            organization_id=organization.id,
            organization=organization.key,
            view=said["view"],
            filters=filters,
            locale=said.get("locale"),
            theme=said.get("theme") or "auto",
            with_pay=bool(said.get("pay_figures")),
            allowed_origins=origins,
            key_id=key.id,
            created_by=caller.actor,
            created_at=now,
            expires_at=now + life,
        )
        tx.add(row)
        made = _said(row)
        claims.keep(tx, caller, once, made)
        return made if dry_run else _with_text(tx, sealer, made)


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[EmbedToken]:
    """A page of the workspace's tokens of the last day."""
    with store.reading(caller.workspace) as tx:
        return embed_tokens.listed(tx, wanted, only=caller.organizations).of(_said)


def get(store: Database, caller: Caller, id_: str) -> EmbedToken:
    """A token; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _said(_existing(tx, caller, id_))


def revoke(store: Database, caller: Caller, id_: str, now: datetime, *, dry_run: bool = False) -> None:
    """Let a token open nothing from now on. Raises Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = _existing(tx, caller, id_, locked=True)
        if row.revoked_at is None:
            row.revoked_at = now
            tx.save()
            audit_events.record(tx, caller, at=now, action="embed_token.revoked", target=f"embed-tokens/{id_}")


def origins_of(store: Database, id_: str) -> list[str]:
    """Whose pages may show the view of the token of that id; nobody's where there is none. Ids open nothing."""
    found = directory.find_embed(store, id_)
    return found.allowed_origins if found else []


def admitted(store: Database, sealer: Sealer, text: str, view: View | None, now: datetime) -> Admitted:
    """What a token that is presented opens. Raises EmbedRefused, whose reason is told only to whoever has a token that we signed."""
    id_ = embed_signing.claims_in(text).get("jti")
    found = directory.find_embed(store, id_) if isinstance(id_, str) else None
    if found is None or not isinstance(id_, str):
        embed_signing.is_signed_by(text, bytes(_KEY_BYTES))
        raise EmbedRefused("unknown")
    with store.reading(found.workspace) as tx:
        row = embed_tokens.said(tx, id_)
        sealed = embed_tokens.sealed_key(tx, row.key_id) if row else None
        if (
            sealed is None
            or not _can_open(sealer, sealed)
            or not embed_signing.is_signed_by(text, _opened(sealer, sealed))
        ):
            raise EmbedRefused("unknown")
        token = _said(row)
    if token.revoked_at is not None:
        raise EmbedRefused("revoked")
    if token.expires_at <= now:
        raise EmbedRefused("expired")
    if view is not None and token.view != view:
        raise EmbedRefused("view")
    caller = Caller(
        found.workspace, f"embed {token.id}", token.id, frozenset({"read"}), frozenset({token.organization})
    )
    return Admitted(caller, token)


def _signing_key(tx: Transaction, sealer: Sealer, now: datetime) -> EmbedKeyRow:
    """The key that signs; the first token of a workspace makes one, and so does one that was sealed with a key that is gone."""
    found = embed_tokens.newest_key(tx)
    if found is not None and _can_open(sealer, found.sealed):
        return found
    sealed = sealer.seal(secrets.token_urlsafe(_KEY_BYTES))
    return tx.add(EmbedKeyRow(workspace_id=tx.workspace, id=new_id("emk", now), sealed=sealed, created_at=now))


def _with_text(tx: Transaction, sealer: Sealer, token: EmbedToken) -> EmbedToken:
    """The token with its text, which is made of what it says whenever it is needed, while its key can be opened."""
    row = embed_tokens.said(tx, token.id)
    sealed = embed_tokens.sealed_key(tx, row.key_id) if row else None
    if sealed is None or not _can_open(sealer, sealed):
        return token
    said = {
        "jti": token.id,
        "iat": int(token.created_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
        "view": token.view,
        "org": token.organization,
        "origins": token.allowed_origins,
    }
    return changed(token, text=embed_signing.signed(said, _opened(sealer, sealed)))


@lru_cache(maxsize=1024)
def _opened(sealer: Sealer, sealed: str) -> bytes:
    """The key within; unsealing takes longer than all else that a view needs."""
    return sealer.open(sealed).encode()


def _can_open(sealer: Sealer, sealed: str) -> bool:
    try:
        return bool(_opened(sealer, sealed))
    except Unsealable:
        return False


def _existing(tx: Transaction, caller: Caller, id_: str, *, locked: bool = False) -> EmbedTokenRow:
    row = embed_tokens.token(tx, id_, locked=locked)
    if row is None or not caller.sees(row.organization):
        raise Missing("embed token", id_)
    return row


def _said(row: Any) -> EmbedToken:
    return value_of(EmbedToken, row, text=None)
