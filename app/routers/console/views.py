"""`/organizations/{org}/matrix|compass`, `…/departments/{key}`: the other views of an analysis."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.pages.console.page import view_page
from app.routers.console.flow import Visit, shown
from app.routers.console.look import view
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}", "front", listed=False)


@router.get("/matrix")
def show_matrix(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Who works against whom, and against customers."""
    return shown(request, answer, store, now, lambda visit: view_page(visit.head, view(visit, org, "matrix"), "matrix"))


@router.get("/compass")
def show_compass(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Where each department pulls."""
    return shown(
        request, answer, store, now, lambda visit: view_page(visit.head, view(visit, org, "compass"), "compass")
    )


@router.get("/departments/{department}")
def show_department(
    org: str, department: str, request: Request, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """One department: its goals, whom they help and hurt, what it is paid for."""

    def body(visit: Visit) -> bytes:
        return view_page(visit.head, view(visit, org, "department", department=[department]), "departments")

    return shown(request, answer, store, now, body)
