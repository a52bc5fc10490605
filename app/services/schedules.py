"""Schedules: organizations that are analysed again by themselves, every so often and when their documents begin to count differently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.instants import written
from app.domain.schedules import Every, next_turn
from app.services.organizations import existing
from app.storage import audit_events, schedules
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.schedules import ScheduleRow


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an organization is analysed again. `next_at`: the next time, whatever the reason."""

    organization: str
    every: Every
    version: int
    next_at: datetime | None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        moment = "" if self.next_at is None else f"-{int(self.next_at.timestamp())}"
        return f"v{self.version}{moment}"

    @property
    def shown(self) -> dict[str, Any]:
        """It as the API shows it."""
        following = {} if self.next_at is None else {"next_at": written(self.next_at)}
        return {"every": self.every, **following}


def get(store: Database, caller: Caller, organization: str) -> Schedule:
    """The schedule of an organization, which always has one. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _shown(row, schedules.of_organization(tx, row))


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    every: Every,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> Schedule:
    """Say how often the organization is analysed; the first turn comes when that time has passed.

    Raises Missing, Changed, ConditionNeeded.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        owner = existing(tx, caller, organization, locked=True)
        row = schedules.of_organization(tx, owner, locked=True)
        condition.check(_shown(owner, row).tag)
        row = row or schedules.add(tx, owner)
        if row.every != every:
            row.every, row.version = every, row.version + 1
            row.turn_at = next_turn(every, now, now)
            tx.save()
            schedules.note_due(tx, row)
            audit_events.record(
                tx, caller, at=now, action="schedule.replaced", target=f"organizations/{organization}/schedule"
            )
        return _shown(owner, row)


def _shown(organization: Organization, row: ScheduleRow | None) -> Schedule:
    if row is None:
        return Schedule(organization.key, "never", 0, None)
    known = [at for at in (row.turn_at, row.change_at) if at is not None]
    every: Any = row.every
    return Schedule(organization.key, every, row.version, min(known, default=None))
