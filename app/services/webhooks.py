"""Webhooks of a workspace: endpoints that are told of changes (Standard Webhooks)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime, timedelta
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing
from app.domain.faults import invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.services.sealing import Sealer
from app.services.webhook_address import address_faults
from app.services.webhook_signature import SECRET_BYTES, secret_from
from app.storage import audit_events, claims, webhooks
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.webhooks import WebhookRow
from app.storage.workspace import Transaction

OVERLAP = timedelta(hours=24)
"""For how long a secret that was replaced still signs beside the new one."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An endpoint; `types` None: all. `secret`: only in the answer to the very request that made it."""

    id: str
    url: str
    description: str | None
    types: list[str] | None
    disabled_because: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    secret: str | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"v{self.version}-{self.id}"

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        optional = {name: getattr(self, name) for name in ("secret", "description", "types", "disabled_because")}
        return {
            "id": self.id,
            "url": self.url,
            "status": "active" if self.disabled_because is None else "disabled",
            **{name: value for name, value in optional.items() if value is not None},
            "created_at": written(self.created_at),
            "updated_at": written(self.updated_at),
        }


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[Webhook]:
    """A page of the workspace's endpoints."""
    with store.reading(caller.workspace) as tx:
        return webhooks.listed(tx, wanted).of(_shown)


def get(store: Database, caller: Caller, id_: str) -> Webhook:
    """An endpoint; raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _shown(existing(tx, id_))


def add(
    store: Database,
    sealer: Sealer,
    caller: Caller,
    said: Mapping[str, Any],
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Webhook:
    """Add an endpoint. `said`: url, and description and types where there are. A repeated request is answered without the secret.

    Raises DocumentInvalid for an address that nothing is ever sent to.
    """
    _check(said)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Webhook)) is not None:
            return before
        secret = secret_from(secrets.token_bytes(SECRET_BYTES))
        row = WebhookRow(
            workspace_id=tx.workspace,
            id=new_id("whk", now),
            url=said["url"],
            description=said.get("description"),
            types=said.get("types"),
            secrets=[{"sealed": sealer.seal(secret), "until": None}],
            created_at=now,
            updated_at=now,
        )
        tx.add(row)
        audit_events.record(tx, caller, at=now, action="webhook.added", target=f"webhooks/{row.id}")
        added = _shown(row)
        claims.keep(tx, caller, once, added)
        return added if dry_run else changed(added, secret=secret)


def change(
    store: Database,
    caller: Caller,
    id_: str,
    said: Mapping[str, Any],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Webhook:
    """Change an endpoint; `status: active` switches a disabled one on again. Raises Missing, Changed, ConditionNeeded, DocumentInvalid."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Webhook)) is not None:
            return before
        row = existing(tx, id_, locked=True)
        _check(said)
        condition.check(_shown(row).tag)
        for name in ("url", "description", "types"):
            if name in said:
                setattr(row, name, said[name])
        if "status" in said:
            row.disabled_because = None if said["status"] == "active" else "by hand"
        row.version, row.updated_at = row.version + 1, now
        tx.save()
        audit_events.record(tx, caller, at=now, action="webhook.changed", target=f"webhooks/{id_}")
        stored = _shown(row)
        claims.keep(tx, caller, once, stored)
        return stored


def rotate(
    store: Database,
    sealer: Sealer,
    caller: Caller,
    id_: str,
    now: datetime,
    *,
    overlap: timedelta = OVERLAP,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Webhook:
    """Give an endpoint a new secret; the old one signs beside it until the overlap ends. Raises Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Webhook)) is not None:
            return before
        row = existing(tx, id_, locked=True)
        secret = secret_from(secrets.token_bytes(SECRET_BYTES))
        old = {"sealed": row.secrets[0]["sealed"], "until": written(now + overlap)}
        row.secrets = [{"sealed": sealer.seal(secret), "until": None}, *([old] if overlap else [])]
        row.version, row.updated_at = row.version + 1, now
        tx.save()
        audit_events.record(tx, caller, at=now, action="webhook.rotated", target=f"webhooks/{id_}")
        stored = _shown(row)
        claims.keep(tx, caller, once, stored)
        return stored if dry_run else changed(stored, secret=secret)


def remove(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Remove an endpoint and what waits for it. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        condition.check(_shown(existing(tx, id_, locked=True)).tag)
        webhooks.remove(tx, id_)
        audit_events.record(tx, caller, at=now, action="webhook.removed", target=f"webhooks/{id_}")


def existing(tx: Transaction, id_: str, *, locked: bool = False) -> WebhookRow:
    """The endpoint of that id; raises Missing."""
    row = webhooks.webhook(tx, id_, locked=locked)
    if row is None:
        raise Missing("webhook", id_)
    return row


def _check(said: Mapping[str, Any]) -> None:
    if "url" in said and (faults := address_faults(said["url"], ("url",))):
        raise invalid(faults, said)


def _shown(row: Any) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.url,
        description=row.description,
        types=row.types,
        disabled_because=row.disabled_because,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
