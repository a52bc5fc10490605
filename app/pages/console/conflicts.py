"""The page of all conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.conflict_states import NOBODY, STATUSES
from app.domain.terms import LEVELS
from app.pages.console.page import Head, Json, view_page


def conflicts_page(
    head: Head,
    view: Json,
    departments: Sequence[Json],
    people: Mapping[str, str],
    handled: Mapping[str, tuple[str | None, int]],
    chosen: Mapping[str, str],
) -> bytes:
    """The conflicts, who looks after each, and a form that narrows them. `chosen`: what was asked for, by filter; `handled`: fingerprint →
    the id of who looks after it, and how many comments there are."""
    words = head.words
    offered = {
        "level": [(level, words(level)) for level in reversed(LEVELS)],
        "department": [(one["key"], one["name"]) for one in departments],
        "status": [(status, words(f"status_{status}")) for status in STATUSES],
        "assignee": [(NOBODY, words("nobody_looks")), *people.items()],
    }
    said = {"offered": offered, "chosen": chosen, "people": people, "handled": handled}
    return view_page(head, view, "conflicts", "console/conflicts.html", **said)
