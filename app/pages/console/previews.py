"""What a change of the model would do to the findings, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence

from app.pages.console.page import Json

MOST_FINDINGS = 12
"""Findings of a fate that a preview lists."""

FATES = ("new", "worse", "better", "fixed")


def fates_of(preview: Json | None) -> Sequence[tuple[str, int, Sequence[Json]]]:
    """What becomes of findings: the fate, how many, and those that are listed."""
    if preview is None:
        return ()
    return [(fate, preview["counts"][fate], preview[fate][:MOST_FINDINGS]) for fate in FATES]
