"""A model that somebody thinks of changing beside the one that stands, to see what becomes of the findings; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.access import Caller
from app.domain.stored_form import Raw
from app.services import rules_in_force, sightings
from app.services.organizations import existing
from app.services.scenario_comparisons import Side, Sides
from app.storage import documents
from app.storage.database import Database

Change = Callable[[Raw], Raw]
"""A document → what it is to be."""


def sides(store: Database, caller: Caller, organization: str, change: Change) -> Sides:
    """The document as it stands and as it would be, with the waivers and rules in force, for `scenario_comparisons.compared`.

    Raises Missing.
    """
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        raw = documents.standing(tx, row).raw
        waivers, rules = sightings.waivers_in_force(tx, row), rules_in_force.in_force(tx, row)
    return Sides(Side({}, raw), Side({}, change(raw)), waivers, rules)
