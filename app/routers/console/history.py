"""`/organizations/{org}/history`: how things went."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.pages import Wanted
from app.pages.console.history import history_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import view
from app.services import analyses, revisions
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/history", "front", listed=False)

MOST_LISTED = 100
"""Analyses and changes that the page shows."""


@router.get("")
def show_history(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The trend, the analyses, and what changed in the document."""

    def body(visit: Visit) -> bytes:
        trend = view(visit, org, "trend")
        found = analyses.listed(store, visit.caller, org, Wanted(limit=MOST_LISTED, sort=("-created_at",)))
        changes = revisions.listed(store, visit.caller, org, Wanted(limit=MOST_LISTED, sort=("-number",)))
        told = [dict(one.listed(visit.language)) for one in found.items]
        return history_page(visit.head, trend, told, [one.shown for one in changes.items])

    return shown(request, answer, store, now, body)
