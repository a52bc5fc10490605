"""Work that comes round by itself: what is due in which workspace, done by one process at a time on each database.

Each kind has its work, whose parts are transactions of their own that may be broken off and begun again, and says when it is due next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from app.domain.errors import StorageTrouble
from app.domain.jobs import KEPT
from app.services import deliveries, scheduled_analyses
from app.services.erasing import erase_due_in
from app.services.sealing import Sealer
from app.services.webhook_transport import WebhookTransport
from app.storage import (
    claims,
    conflicts,
    directory,
    due,
    embed_tokens,
    jobs,
    outbox,
    schedules,
    sessions,
    sign_in_links,
    webhooks,
)
from app.storage.database import Database
from app.storage.due import Kind
from app.storage.workspace import Transaction

log = logging.getLogger("concord.recurring")

BETWEEN_CLEANUPS = timedelta(hours=6)
AFTER_A_FAULT = timedelta(minutes=1)
KEPT_AFTER_EXPIRY = timedelta(days=1)
"""For how long the token of an embed is still known, so that a frame can say why it shows nothing."""
AT_ONCE = 100
"""Workspaces that are looked after before it is asked again who waits longest."""


class Recurring(NamedTuple):
    """What is done in a workspace when the kind is due, and when it is due next."""

    work: Callable[[Database, str, datetime], object]
    following: Callable[..., datetime | None]


def recurring(sealer: Sealer, transport: WebhookTransport) -> Mapping[Kind, Recurring]:
    """Every kind of recurring work."""
    return {
        "messages": Recurring(partial(_send, sealer=sealer, transport=transport), _next_message),
        "schedules": Recurring(scheduled_analyses.run_due, _next_turn),
        "waivers": Recurring(scheduled_analyses.end_waivers, _next_waiver),
        "cleanup": Recurring(_clean_up, _next_cleanup),
    }


def run_due(
    store: Database, known: Mapping[Kind, Recurring], now: datetime, *, only: Collection[Kind] | None = None
) -> Iterator[str]:
    """Do what is due, of these kinds or of all, one workspace after the other, telling each. Raises StorageTrouble."""
    for workspace, kind in directory.due(store, known.keys() if only is None else only, now, AT_ONCE):
        following = known[kind].following
        try:
            known[kind].work(store, workspace, now)
        except StorageTrouble:
            raise
        except Exception:
            log.exception("%s of the workspace %s are put off", kind, workspace)
            following = _later
        with store.writing(workspace) as tx:
            due.settle(tx, kind, partial(following, now=now))
        yield workspace


def note_new_workspaces(store: Database, now: datetime) -> None:
    """Let workspaces that are new be cleaned up from now on."""
    for workspace in directory.never_due(store, "cleanup", AT_ONCE):
        with store.writing(workspace) as tx:
            due.note(tx, "cleanup", now + BETWEEN_CLEANUPS)


def _send(store: Database, workspace: str, now: datetime, *, sealer: Sealer, transport: WebhookTransport) -> None:
    """Hand messages to the endpoints that want them, and try the deliveries that are due."""
    while deliveries.hand_over(store, workspace, now):
        pass
    deliveries.attempt_due(store, workspace, now, sealer=sealer, transport=transport)


def _clean_up(store: Database, workspace: str, now: datetime) -> None:
    """Erase what was deleted long enough ago, and what nobody can ask for any more."""
    with store.writing(workspace) as tx:
        erase_due_in(tx, now)
        claims.remove_expired(tx, now)
        sign_in_links.remove_expired(tx, now)
        sessions.remove_expired(tx, now)
        embed_tokens.remove_expired_before(tx, now - KEPT_AFTER_EXPIRY)
        jobs.remove_ended_before(tx, now - KEPT)
        outbox.remove_handed_before(tx, now - KEPT)


def _next_message(tx: Transaction, now: datetime) -> datetime | None:
    return now if outbox.waits(tx) else webhooks.next_due(tx)


def _next_turn(tx: Transaction, now: datetime) -> datetime | None:
    return schedules.next_due(tx)


def _next_waiver(tx: Transaction, now: datetime) -> datetime | None:
    return conflicts.next_waiver_end(tx)


def _next_cleanup(tx: Transaction, now: datetime) -> datetime:
    return now + BETWEEN_CLEANUPS


def _later(tx: Transaction, now: datetime) -> datetime:
    return now + AFTER_A_FAULT
