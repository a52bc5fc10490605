"""The people of a workspace, for pages that name them or let one be chosen."""

from __future__ import annotations

from app.domain.pages import LARGEST_PAGE, Wanted
from app.routers.console.flow import Visit
from app.services import members


def people(visit: Visit) -> dict[str, str]:
    """Id of each member → name, by name."""
    found = members.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE, sort=("name",)))
    names = {one.id: one.name for one in found.items}
    while found.after is not None:
        found = members.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE, sort=("name",), place=found.after))
        names |= {one.id: one.name for one in found.items}
    return names
