"""`/organizations`, `/organizations/{org}`: where people begin; every address can be shared with whoever may see the organization."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.pages import Wanted
from app.pages.console.overview import organizations_page, overview_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import influences, view
from app.services import organizations
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations", "front", listed=False)

MOST_LISTED = 100
"""Organizations that the first page lists."""


@router.get("")
def show_organizations(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Every organization that may be seen."""

    def body(visit: Visit) -> bytes:
        found = organizations.listed(store, visit.caller, Wanted(limit=MOST_LISTED), now)
        return organizations_page(visit.head, [one.shown for one in found.items])

    return shown(request, answer, store, now, body)


@router.get("/{org}")
def show_overview(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An organization in a minute."""

    def body(visit: Visit) -> bytes:
        summary = view(visit, org, "summary")
        seen = influences(visit, org, summary)
        return overview_page(visit.head, summary, view(visit, org, "matrix"), view(visit, org, "compass"), seen)

    return shown(request, answer, store, now, body)
