"""What somebody wants to make of a conflict, checked before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.conflict_states import OF_CONFLICTS, Status
from app.domain.faults import Fault, invalid
from app.domain.waivers import Grant
from app.services.conflict_log import state_of
from app.storage import members
from app.storage.conflicts import ConflictRow
from app.storage.workspace import Transaction


class Wish(NamedTuple):
    """How the conflict shall stand: its status, with a waiver where that is `waived`, and the id of the member who looks after it."""

    status: Status
    waiver: Grant | None
    assignee: str | None

    @property
    def details(self) -> dict[str, Any]:
        """What the history tells of the waiver."""
        if self.waiver is None or self.waiver.expires is None:
            return {}
        said = {"owner": self.waiver.owner, "reason": self.waiver.reason, "expires": self.waiver.expires.isoformat()}
        return {"waiver": said}


def wish_of(tx: Transaction, caller: Caller, row: ConflictRow, said: Mapping[str, Any], now: datetime) -> Wish:
    """The wish that is said: `status`, `waiver` and `assignee`, as they are where they are left out. Raises DocumentInvalid."""
    state = state_of(row)
    status: Status = said.get("status") or state.status
    waiver: Grant | None = None
    faults: list[Fault] = []
    if status == "waived":
        waiver, faults = _waiver(row, said.get("waiver", {}), caller, now.astimezone(UTC).date())
    elif said.get("waiver"):
        faults = [Fault(("waiver",), "waiver_not_asked", details={"status": status})]
    assignee = said.get("assignee", row.assignee)
    if assignee != row.assignee and assignee is not None and members.member(tx, assignee) is None:
        faults.append(Fault(("assignee",), "unknown_person", assignee))
    if faults:
        raise invalid(faults, said)
    return Wish(status, waiver, assignee)


def _waiver(
    row: ConflictRow, given: Mapping[str, Any] | None, caller: Caller, today: date
) -> tuple[Grant | None, list[Fault]]:
    """The waiver that there is, changed by what is given; when nothing changes, it stays the one that it is."""
    current = state_of(row).waiver
    if given is None or (current is None and not given):
        return None, [Fault(("waiver",), "missing")]
    before = current or Grant(f"{OF_CONFLICTS}{row.fingerprint}", row.fingerprint)
    merged = before._replace(**{name: given[name] for name in ("owner", "reason", "expires") if name in given})
    merged = merged._replace(owner=merged.owner or caller.actor)
    faults = _faults(row, merged, given, current, today)
    if merged == current or faults:
        return current, faults
    return merged._replace(
        place=f"{OF_CONFLICTS}{row.fingerprint}", fingerprint=row.fingerprint, grounds=row.grounds
    ), []


def _faults(
    row: ConflictRow, merged: Grant, given: Mapping[str, Any], current: Grant | None, today: date
) -> list[Fault]:
    faults = [Fault(("waiver", name), "missing") for name in ("reason", "expires") if getattr(merged, name) is None]
    if merged != current and merged.expires is not None and merged.expires < today:
        found, bound = merged.expires.isoformat(), {"bound": today.isoformat()}
        faults.append(Fault(("waiver", "expires"), "too_small", found, "at_least", details=bound))
    known = {"grounds": {row.grounds, current and current.grounds}, "place": {current and current.place}}
    return faults + [
        Fault(("waiver", name), "read_only", given[name])
        for name, values in known.items()
        if given.get(name) is not None and given[name] not in values
    ]
