"""Comments on conflicts: what people say to each other about one; never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.errors import Missing
from app.domain.instants import written
from app.domain.pages import Found, Wanted
from app.services.conflict_log import ConflictLog
from app.services.conflicts import existing_conflict
from app.services.organizations import existing
from app.storage import audit_events, claims, conflict_events
from app.storage.conflict_events import COMMENTED
from app.storage.database import Database
from app.storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `actor`: who said it, by the name that audit events carry."""

    id: str
    created_at: datetime
    actor: str
    text: str

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return self.id

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        return {"id": self.id, "created_at": written(self.created_at), "created_by": self.actor, "text": self.text}


def listed(store: Database, caller: Caller, organization: str, fingerprint: str, wanted: Wanted) -> Found[Comment]:
    """A page of the comments on a conflict, the oldest first unless another order is wanted. Raises Missing, PlaceLost."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        existing_conflict(tx, row, fingerprint)
        return conflict_events.comments(tx, row.id, fingerprint, wanted).of(_comment)


def get(store: Database, caller: Caller, organization: str, fingerprint: str, id_: str) -> Comment:
    """A comment on a conflict; raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        found = conflict_events.comment(tx, row.id, fingerprint, id_)
        if found is None:
            raise Missing("comment", id_)
        return _comment(found)


def add(
    store: Database,
    caller: Caller,
    organization: str,
    fingerprint: str,
    text: str,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Comment:
    """Comment on a conflict, in whatever state it is. Raises Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Comment)) is not None:
            return before
        company = existing(tx, caller, organization, locked=True)
        row = existing_conflict(tx, company, fingerprint)
        log = ConflictLog(tx, company, caller.actor, now)
        made = Comment(new_id("cmt", log.at), log.at, caller.actor, text)
        row.comments += 1
        log.note(row, COMMENTED, id_=made.id, text=text)
        log.close()
        target = f"organizations/{organization}/conflicts/{fingerprint}"
        audit_events.record(tx, caller, at=now, action="conflict.commented", target=target)
        claims.keep(tx, caller, once, made)
        return made


def _comment(row: Row[Any]) -> Comment:
    return Comment(row.id, row.at, row.actor, row.text)
