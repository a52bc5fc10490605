"""The page of a scenario beside the model, or beside another scenario."""

from __future__ import annotations

from collections.abc import Sequence

from app.pages.console.comparison import Tried
from app.pages.console.page import Head, Json, page


def compared_page(
    head: Head, organization: Json, scenario: Json, other: str, others: Sequence[Json], tried: Tried
) -> bytes:
    """What the scenario has that the other has not. `other`: `model`, `base` or the id of a scenario; `others`: those it may be."""
    told = tried.told(head.words)
    return page(
        "console/scenario_comparison.html",
        head,
        title=head.words("scn_comparison_of", name=scenario["name"]),
        organization=organization,
        section="scenarios",
        one=scenario,
        other=other,
        others=others,
        before=next((each["name"] for each in others if each["id"] == other), ""),
        told=told,
        tried=tried,
    )
