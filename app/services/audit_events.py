"""Audit events: listed, and the chain verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.audit_chain import AuditEvent, Broken, Head, Link, verify
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.storage import audit_events
from app.storage.database import Database


def listed(store: Database, caller: Caller, wanted: Wanted) -> Found[Mapping[str, Any]]:
    """A page of the workspace's events, as the API shows them."""
    with store.reading(caller.workspace) as tx:
        return audit_events.listed(tx, wanted).of(_shown)


def verified(store: Database, caller: Caller) -> tuple[int, Broken | None]:
    """How many events there are, and the first place at which their chain does not hold, None when it holds throughout."""
    with store.reading(caller.workspace) as tx:
        head = audit_events.head(tx)
        links = (_link(row) for row in audit_events.in_order(tx))
        return head.number, verify(links, Head(head.number, head.hash))


def last_at(store: Database, caller: Caller) -> datetime | None:
    """When the last event of the workspace was recorded; None when there is none."""
    with store.reading(caller.workspace) as tx:
        found = audit_events.listed(tx, Wanted(limit=1)).items
        return found[0].at if found else None


def _link(row: Any) -> Link:
    event = AuditEvent(*(getattr(row, name) for name in AuditEvent._fields))
    return Link(event, row.previous, row.hash)


def _shown(row: Any) -> Mapping[str, Any]:
    optional = {name: getattr(row, name) for name in ("request_id", "before", "after")}
    return {
        "id": row.id,
        "number": row.number,
        "at": written(row.at),
        "actor": row.actor,
        "credential": row.credential,
        "action": row.action,
        "target": row.target,
        **{name: value for name, value in optional.items() if value is not None},
        "previous": row.previous,
        "hash": row.hash,
    }
