"""The page of how things went."""

from __future__ import annotations

from collections.abc import Sequence

from app.pages.console.page import Head, Json, view_page


def history_page(head: Head, view: Json, analyses: Sequence[Json], revisions: Sequence[Json]) -> bytes:
    """The trend, the analyses, and what changed in the document."""
    return view_page(head, view, "history", "console/history.html", analyses=analyses, revisions=revisions)
