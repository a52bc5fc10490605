"""`/organizations/{org}/conflicts`: what works against what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.conflict_states import NOBODY, STATUSES
from app.domain.pages import Wanted
from app.domain.terms import LEVELS
from app.pages.console.conflicts import conflicts_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import view
from app.routers.console.people import people
from app.services import conflicts
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/conflicts", "front", listed=False)


@router.get("")
def show_conflicts(
    org: str,
    request: Request,
    answer: HtmlAnswer,
    store: Store,
    now: Now,
    level: str = "",
    department: str = "",
    status: str = "",
    assignee: str = "",
) -> Response:
    """The conflicts, narrowed by the form; what the form does not offer narrows nothing."""

    def body(visit: Visit) -> bytes:
        members = people(visit)
        asked = {
            "level": level if level in LEVELS else "",
            "department": department[:63],
            "status": status if status in STATUSES else "",
            "assignee": assignee if assignee == NOBODY or assignee in members else "",
        }
        chosen = {name: value for name, value in asked.items() if value}
        found = view(visit, org, "conflicts", **{name: [value] for name, value in chosen.items()})
        departments = view(visit, org, "compass").get("departments", [])
        return conflicts_page(visit.head, found, departments, members, _handled(visit, org, found), chosen)

    return shown(request, answer, store, now, body)


def _handled(visit: Visit, org: str, found: Mapping[str, Any]) -> dict[str, tuple[str | None, int]]:
    """Fingerprint of each conflict that is shown → the id of who looks after it, and how often it was commented on."""
    if not found.get("items"):
        return {}
    wanted = Wanted(
        limit=len(found["items"]), filters={name: tuple(values) for name, values in found["filters"].items()}
    )
    listed = conflicts.listed(visit.store, visit.caller, org, wanted)
    return {one.fingerprint: (one.assignee, one.comments) for one in listed.items}
