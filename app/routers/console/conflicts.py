"""`/organizations/{org}/conflicts…`: what works against what."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.conflict_states import STATUSES
from app.domain.terms import LEVELS
from app.pages.console.conflicts import conflicts_page
from app.pages.console.page import view_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import view
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
) -> Response:
    """The conflicts, narrowed by the form; what the form does not offer narrows nothing."""
    asked = {
        "level": level if level in LEVELS else "",
        "department": department[:63],
        "status": status if status in STATUSES else "",
    }
    chosen = {name: value for name, value in asked.items() if value}

    def body(visit: Visit) -> bytes:
        found = view(visit, org, "conflicts", **{name: [value] for name, value in chosen.items()})
        return conflicts_page(visit.head, found, view(visit, org, "compass").get("departments", []), chosen)

    return shown(request, answer, store, now, body)


@router.get("/{fingerprint}")
def show_conflict(org: str, fingerprint: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """One conflict: who pulls where, why it is one, how grave, and what would clear it."""

    def body(visit: Visit) -> bytes:
        return view_page(visit.head, view(visit, org, "conflict", fingerprint=fingerprint), "conflicts")

    return shown(request, answer, store, now, body)
