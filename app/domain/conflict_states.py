"""The life of a conflict: which states it has, and what leads from one to the next.

Analyses of the current document say whether a conflict is there; people say what they make of it; days end waivers.

             seen                 not seen    people may make it
new          open                 resolved    open, acknowledged, disputed, waived
open         open                 resolved    acknowledged, disputed, waived
acknowledged acknowledged         resolved    open, disputed, waived
disputed     disputed             resolved    open, acknowledged, waived
waived       waived, or open¹     resolved    open, acknowledged, disputed, waived anew²
regressed    open                 resolved    open, acknowledged, disputed, waived
resolved     regressed            resolved    nothing

¹ Once the waiver's last day has passed, or the finding rests on other grounds than when it was accepted (app.domain.grounds). What the
document itself waives is waived whatever it was before, and open as soon as the document does so no longer.
² Unless the document waives it: then that has to change.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, get_args

from app.domain.errors import WrongState
from app.domain.grounds import Change, changed
from app.domain.waivers import Grant

Status = Literal["new", "open", "acknowledged", "disputed", "waived", "resolved", "regressed"]
STATUSES: tuple[Status, ...] = get_args(Status)
Decision = Literal["open", "acknowledged", "disputed", "waived"]
"""What people may make of a conflict."""

Happening = Literal[
    "appeared", "stayed", "resolved", "came_back", "acknowledged", "disputed", "waived", "reopened", "waiver_ended"
]
End = Literal["expired", "withdrawn"] | Change
"""Why a waiver ended: its last day passed; the document no longer says it, or not for this; what the finding rests on has changed."""

NOBODY = "none"
"""What a filter calls the assignee of conflicts that nobody looks after."""

OF_CONFLICTS = "conflicts/"
"""How the places of waivers begin that people gave to conflicts; others stand in the document."""

DECISIONS: dict[Status, tuple[Decision, ...]] = {
    "new": ("open", "acknowledged", "disputed", "waived"),
    "open": ("acknowledged", "disputed", "waived"),
    "acknowledged": ("open", "disputed", "waived"),
    "disputed": ("open", "acknowledged", "waived"),
    "waived": ("open", "acknowledged", "disputed", "waived"),
    "regressed": ("open", "acknowledged", "disputed", "waived"),
    "resolved": (),
}

_WHEN_SEEN: dict[Status, tuple[Status, Happening | None]] = {
    "new": ("open", "stayed"),
    "open": ("open", None),
    "acknowledged": ("acknowledged", None),
    "disputed": ("disputed", None),
    "regressed": ("open", "stayed"),
    "resolved": ("regressed", "came_back"),
}
_WHEN_DECIDED: dict[Decision, Happening] = {
    "open": "reopened",
    "acknowledged": "acknowledged",
    "disputed": "disputed",
    "waived": "waived",
}


class State(NamedTuple):
    """Where a conflict stands; it has a waiver while it is waived, and only then."""

    status: Status
    waiver: Grant | None = None

    @property
    def is_waived_by_document(self) -> bool:
        """Whether it is the document that waives it."""
        return self.waiver is not None and not self.waiver.place.startswith(OF_CONFLICTS)


class Step(NamedTuple):
    """A state, what led to it (None: nothing that one would tell), and why where that does not say it."""

    state: State
    happened: Happening | None = None
    because: End | None = None


def seen(before: State | None, grounds: str, day: date, in_document: Grant | None = None) -> Step:
    """An analysis as of the day saw the finding, which rests on these grounds; `in_document`: the waiver there that covers it."""
    if before is None:
        return Step(_state(in_document), "appeared")
    end = _end(before, grounds, day)
    if before.waiver is not None and not before.is_waived_by_document and end is None:
        return Step(before)
    if in_document is not None:
        if before.is_waived_by_document:
            return Step(State("waived", in_document))
        return Step(State("waived", in_document), "waiver_ended" if end else "waived", end)
    if before.status == "waived":
        return Step(State("open"), "waiver_ended", end or "withdrawn")
    status, happened = _WHEN_SEEN[before.status]
    return Step(State(status), happened)


def unseen(before: State) -> Step:
    """An analysis did not see the finding any more. A waiver ends with what it was given for."""
    return Step(before) if before.status == "resolved" else Step(State("resolved"), "resolved")


def day_came(before: State, day: date) -> Step:
    """The day has come; a waiver may have ended with the one before."""
    if before.waiver is not None and before.waiver.has_expired(day):
        return Step(State("open"), "waiver_ended", "expired")
    return Step(before)


def decided(before: State, status: Status, waiver: Grant | None = None) -> Step:
    """People made something of it; `waiver` comes with the status `waived`. Raises WrongState, which tells what is possible."""
    after = State(status, waiver)
    if after == before:
        return Step(before)
    possible = () if before.is_waived_by_document else DECISIONS[before.status]
    for decision in possible:
        if decision == status:
            return Step(after, _WHEN_DECIDED[decision])
    raise _not_possible(before, status, possible)


def _state(waiver: Grant | None) -> State:
    return State("new") if waiver is None else State("waived", waiver)


def _end(before: State, grounds: str, day: date) -> End | None:
    """Why the waiver that people or the document gave holds no longer."""
    waiver = before.waiver
    if waiver is None:
        return None
    if waiver.has_expired(day):
        return "expired"
    return changed(waiver.grounds, grounds) if waiver.grounds is not None else None


def _not_possible(before: State, status: Status, possible: tuple[Decision, ...]) -> WrongState:
    reason = f"The conflict is '{before.status}' and cannot be made '{status}'"
    german = f"Der Konflikt ist '{before.status}' und kann nicht '{status}' werden"
    if possible:
        listed = ", ".join(f"'{one}'" for one in possible)
        more, mehr = f"it can become {listed}", f"er kann {listed} werden"
    elif before.waiver is not None:
        more = f"the document itself waives it, at {before.waiver.place}"
        mehr = f"das Dokument selbst nimmt ihn hin, unter {before.waiver.place}"
    else:
        more, mehr = (
            "only an analysis that sees it again opens it",
            "erst eine Analyse, die ihn wieder sieht, öffnet ihn",
        )
    return WrongState(f"{reason}; {more}.", f"{german}; {mehr}.", possible)
