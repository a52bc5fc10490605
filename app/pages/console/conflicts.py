"""The page of all conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.conflict_states import STATUSES
from app.domain.terms import LEVELS
from app.pages.console.page import Head, Json, view_page


def conflicts_page(head: Head, view: Json, departments: Sequence[Json], chosen: Mapping[str, str]) -> bytes:
    """The conflicts, and a form that narrows them. `chosen`: what was asked for, by filter."""
    words = head.words
    offered = {
        "level": [(level, words(level)) for level in reversed(LEVELS)],
        "department": [(one["key"], one["name"]) for one in departments],
        "status": [(status, words(f"status_{status}")) for status in STATUSES],
    }
    return view_page(head, view, "conflicts", "console/conflicts.html", offered=offered, chosen=chosen)
