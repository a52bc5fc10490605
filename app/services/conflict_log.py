"""What happens to an organization's conflicts within a transaction, written to their rows and noted, all at one instant."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.domain.conflict_states import State, Step
from app.services.grants import grant_as_json, grant_from
from app.storage import conflicts, due
from app.storage.conflict_events import ConflictEventRow
from app.storage.conflicts import ConflictRow
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


class ConflictLog:
    """Writes what happens to conflicts of an organization, which is locked by the transaction. `actor`: who let it happen."""

    def __init__(self, tx: Transaction, organization: Organization, actor: str, now: datetime) -> None:
        self._tx, self._organization, self._actor, self._now = tx, organization, actor, now
        self._events: list[dict[str, Any]] = []
        self._touched: set[str] = set()
        self._ends: list[date] = []

    @cached_property
    def at(self) -> datetime:
        """The instant at which all of it happens: now, and after everything that happened to the organization's conflicts before."""
        return conflicts.next_instant(self._tx, self._organization.id, self._now)

    def touch(self, row: ConflictRow) -> None:
        """The conflict is another than it was read as, so that it has another tag; that alone is no change that others must know of."""
        if row.fingerprint not in self._touched:
            self._touched.add(row.fingerprint)
            row.version += 1

    def take(self, row: ConflictRow, step: Step, **told: Any) -> None:
        """Let the conflict take a step; `told` as in `note`."""
        if step.state != state_of(row):
            put(row, step.state)
            self.touch(row)
            row.changed_at = self.at
        if step.state.waiver is not None and step.state.waiver.expires is not None:
            self._ends.append(step.state.waiver.expires)
        if step.happened is not None:
            self.note(row, step.happened, because=step.because, **told)

    def note(
        self,
        row: ConflictRow,
        what: str,
        *,
        because: str | None = None,
        analysis: str | None = None,
        id_: str | None = None,
        text: str | None = None,
        **details: Any,
    ) -> None:
        """Note what happened to the conflict. It was a change of it."""
        self.touch(row)
        row.changed_at = self.at
        row.events += 1
        self._events.append(
            {
                "organization_id": self._organization.id,
                "fingerprint": row.fingerprint,
                "number": row.events,
                "at": self.at,
                "actor": self._actor,
                "what": what,
                "status": row.status,
                "because": because,
                "analysis": analysis,
                "id": id_,
                "text": text,
                "details": details or None,
            }
        )

    def close(self) -> None:
        """Write all that was noted, and what was put on rows."""
        self._tx.save()
        if self._ends:
            due.note(self._tx, "waivers", conflicts.waiver_end(min(self._ends)))
        self._tx.add_all(ConflictEventRow, self._events)
        self._events = []


def state_of(row: Any) -> State:
    """The state that a row tells of."""
    return State(row.status, None if row.waiver is None else grant_from(row.waiver))


def put(row: ConflictRow, state: State) -> None:
    """Let a row tell of a state."""
    row.status = state.status
    row.waiver = None if state.waiver is None else grant_as_json(state.waiver)
    expires = state.waiver and state.waiver.expires
    row.waiver_expires = expires.isoformat() if expires else None
