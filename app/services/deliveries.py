"""Deliveries: messages of the outbox are handed to the endpoints that want them, and tried until they are taken or given up."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.deliveries import Outcome, next_attempt
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.services.sealing import Sealer
from app.services.webhook_transport import WebhookTransport
from app.services.webhooks import existing
from app.storage import audit_events, claims, outbox, webhooks
from app.storage.database import Database
from app.storage.due import note as note_due
from app.storage.ids import new_id
from app.storage.webhooks import AttemptRow, DeliveryRow, WebhookRow
from app.storage.workspace import Transaction

LEASE = timedelta(minutes=1)
"""How long an attempt may take before another worker may make it."""
MESSAGES_AT_ONCE = 100
"""Messages that are handed over in one transaction."""
ATTEMPTS_AT_ONCE = 8
"""Attempts that are made side by side, so that one slow receiver holds nobody else up and all end within their lease."""

SERVICE = "deliveries"
"""The name under which audit events tell of what happens by itself."""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be attempted now, with all that it takes."""

    id: str
    webhook_id: str
    message_id: str
    url: str
    body: bytes
    secrets: tuple[str, ...]


def listed(store: Database, caller: Caller, webhook_id: str, wanted: Wanted) -> Found[Mapping[str, Any]]:
    """A page of the deliveries to an endpoint, each with its attempts. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        existing(tx, webhook_id)
        found = webhooks.deliveries(tx, webhook_id, wanted)
        tried = webhooks.attempts(tx, [row.id for row in found.items])
        return found.of(lambda row: _shown(row, tried.get(row.id, ())))


def get(store: Database, caller: Caller, webhook_id: str, id_: str) -> Mapping[str, Any]:
    """A delivery with its attempts; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = _existing(tx, webhook_id, id_)
        return _shown(row, webhooks.attempts(tx, [id_]).get(id_, ()))


def try_out(
    store: Database, caller: Caller, webhook_id: str, now: datetime, *, once: Claim | None = None, dry_run: bool = False
) -> dict[str, Any]:
    """Send an endpoint a message that tells of nothing, so that its owner sees whether it arrives. Raises Missing."""
    message = {"type": "webhook.test", "timestamp": written(now), "data": {"webhook": webhook_id}}
    return _added(store, caller, webhook_id, new_id("msg", now), message, now, once, dry_run)


def repeat(
    store: Database,
    caller: Caller,
    webhook_id: str,
    id_: str,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Send what was delivered, or was not, once more under the same message id. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = _existing(tx, webhook_id, id_)
    return _added(store, caller, webhook_id, row.message_id, json.loads(row.body), now, once, dry_run)


def hand_over(store: Database, workspace: str, now: datetime) -> int:
    """Hand the workspace's waiting messages to the endpoints that want them; returns how many there were."""
    with store.writing(workspace) as tx:
        waiting = webhooks.unhanded(tx, MESSAGES_AT_ONCE)
        endpoints = webhooks.active(tx)
        for message in waiting:
            told = {"type": message.type, "timestamp": written(message.created_at), "data": message.data}
            for endpoint in endpoints:
                if endpoint.types is None or message.type in endpoint.types:
                    tx.add(_row(tx, endpoint.id, message.id, told, now))
        outbox.mark_handed(tx, [message.id for message in waiting], now)
        return len(waiting)


def attempt_due(
    store: Database, workspace: str, now: datetime, *, sealer: Sealer, transport: WebhookTransport
) -> datetime | None:
    """Attempt the workspace's deliveries that are due; returns when the next one is. No transaction is open while messages travel."""
    with store.writing(workspace) as tx:
        due = [_due(tx, row, sealer, now) for row in webhooks.claim_due(tx, now, now + LEASE, ATTEMPTS_AT_ONCE)]

    def attempt(one: Due) -> Outcome:
        return transport.deliver(one.url, one.message_id, one.body, one.secrets, now)

    if due:
        with ThreadPoolExecutor(len(due)) as threads:
            for one, outcome in zip(due, threads.map(attempt, due), strict=True):
                _note(store, workspace, one, outcome, now + timedelta(seconds=outcome.seconds))
    with store.reading(workspace) as tx:
        return webhooks.next_due(tx)


def _note(store: Database, workspace: str, due: Due, outcome: Outcome, ended: datetime) -> None:
    """Note what came of an attempt, and what follows from it."""
    with store.writing(workspace) as tx:
        row = webhooks.delivery(tx, due.webhook_id, due.id)
        if row is None:
            return
        row.attempts, row.updated_at = row.attempts + 1, ended
        tx.add(
            AttemptRow(
                workspace_id=workspace,
                delivery_id=row.id,
                number=row.attempts,
                at=ended,
                seconds=round(outcome.seconds, 3),
                status=outcome.status,
                reason=outcome.reason,
                answer=outcome.answer,
            )
        )
        after = next_attempt(row.attempts, outcome, now=ended, jitter=random.random())
        if isinstance(after, datetime):
            row.due_at = after
        else:
            row.due_at, row.status = None, "delivered" if after == "delivered" else "failed"
            if after != "delivered":
                _disable(tx, due.webhook_id, after, ended)
        tx.save()


def _disable(tx: Transaction, webhook_id: str, because: str, at: datetime) -> None:
    """An endpoint that wants no more, or does not answer for days, is left alone until somebody switches it on again."""
    endpoint = webhooks.webhook(tx, webhook_id, locked=True)
    if endpoint is not None and endpoint.disabled_because is None:
        endpoint.disabled_because, endpoint.version, endpoint.updated_at = because, endpoint.version + 1, at
        itself = Caller(tx.workspace, SERVICE, SERVICE, frozenset())
        audit_events.record(tx, itself, at=at, action="webhook.disabled", target=f"webhooks/{webhook_id}")


def _due(tx: Transaction, row: DeliveryRow, sealer: Sealer, now: datetime) -> Due:
    endpoint = webhooks.webhook(tx, row.webhook_id)
    assert endpoint is not None
    return Due(row.id, row.webhook_id, row.message_id, endpoint.url, row.body.encode(), _secrets(endpoint, sealer, now))


def _secrets(endpoint: WebhookRow, sealer: Sealer, now: datetime) -> tuple[str, ...]:
    return tuple(
        sealer.open(one["sealed"])
        for one in endpoint.secrets
        if one["until"] is None or datetime.fromisoformat(one["until"]) > now
    )


def _added(
    store: Database,
    caller: Caller,
    webhook_id: str,
    message_id: str,
    message: Mapping[str, Any],
    now: datetime,
    once: Claim | None,
    dry_run: bool,
) -> dict[str, Any]:
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, dict[str, Any])) is not None:
            return before
        existing(tx, webhook_id)
        row = tx.add(_row(tx, webhook_id, message_id, message, now))
        note_due(tx, "messages", now)
        audit_events.record(tx, caller, at=now, action="webhook.tried", target=f"webhooks/{webhook_id}")
        added = _shown(row, ())
        claims.keep(tx, caller, once, added)
        return added


def _row(tx: Transaction, webhook_id: str, message_id: str, message: Mapping[str, Any], now: datetime) -> DeliveryRow:
    return DeliveryRow(
        workspace_id=tx.workspace,
        id=new_id("dlv", now),
        webhook_id=webhook_id,
        message_id=message_id,
        type=message["type"],
        body=json.dumps(message, ensure_ascii=False, separators=(",", ":")),
        status="pending",
        due_at=now,
        created_at=now,
        updated_at=now,
    )


def _existing(tx: Transaction, webhook_id: str, id_: str) -> DeliveryRow:
    existing(tx, webhook_id)
    row = webhooks.delivery(tx, webhook_id, id_)
    if row is None:
        raise Missing("delivery", id_)
    return row


def _shown(row: Any, tried: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "message_id": row.message_id,
        "type": row.type,
        "status": row.status,
        "created_at": written(row.created_at),
        **({"next_attempt_at": written(row.due_at)} if row.due_at else {}),
        "attempts": [_attempt(one) for one in tried],
    }


def _attempt(row: Any) -> dict[str, Any]:
    optional = {"status": row.status, "reason": row.reason, "answer": row.answer or None}
    return {
        "at": written(row.at),
        "seconds": row.seconds,
        **{name: value for name, value in optional.items() if value is not None},
    }
