"""`/organizations/…`: what people look at, page by page; every address can be shared with whoever may see the organization."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.access import Caller
from app.domain.conflict_states import STATUSES
from app.domain.embeds import View
from app.domain.errors import Missing
from app.domain.pages import Wanted
from app.domain.terms import LEVELS
from app.pages import console
from app.pages.console import Head
from app.services import analyses, embed_views, organizations, revisions
from app.services.embed_network import network
from app.services.embed_wish import Wish
from app.storage.database import Database
from app.web.answers import Answer, HtmlAnswer
from app.web.clock import Now
from app.web.negotiation import HTML
from app.web.operations import operations
from app.web.packed import packed
from app.web.sessions import PAGE_POLICY, Visitor, to_sign_in, visitor_of
from app.web.stored import Store

router = operations("/organizations", "front", listed=False)

MOST_LISTED = 100
"""Organizations that the first page lists, analyses and changes that the history shows."""

SECTIONS: Mapping[str, View] = {"matrix": "matrix", "compass": "compass", "recommendations": "recommendations"}
SINGLE: Mapping[str, tuple[View, str]] = {
    "conflicts": ("conflict", "fingerprint"),
    "departments": ("department", "department"),
}

Json = dict[str, Any]


class Look:
    """A look at the pages of one organization: who looks, in which language."""

    def __init__(self, store: Database, caller: Caller, organization: str, answer: Answer) -> None:
        self.store, self.caller, self.organization = store, caller, organization
        self.language = answer.context.language

    def view(self, view: View, **filters: Any) -> Json:
        """The values of a view, with figures of pay, which whoever may read sees anyway. Raises Missing."""
        wish = Wish(view, self.organization, filters, self.language, True)
        return embed_views.shown(self.store, self.caller, wish).whole()

    def influences(self, view: Json) -> Json | None:
        """What the network of the analysis that a view is of is drawn from; nothing where there is none."""
        if "analysis" not in view:
            return None
        return network(self.store, self.caller, self.organization, view["analysis"]["id"], self.language)


@router.get("")
def show_organizations(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Every organization that may be seen."""

    def body(head: Head, caller: Caller) -> bytes:
        found = organizations.listed(store, caller, Wanted(limit=MOST_LISTED), now)
        return console.organizations_page(head, [one.shown for one in found.items])

    return _answered(request, answer, store, now, body)


@router.get("/{org}")
def show_overview(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An organization in a minute."""

    def body(head: Head, caller: Caller) -> bytes:
        look = Look(store, caller, org, answer)
        summary = look.view("summary")
        return console.overview_page(head, summary, look.view("matrix"), look.view("compass"), look.influences(summary))

    return _answered(request, answer, store, now, body)


@router.get("/{org}/conflicts")
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

    def body(head: Head, caller: Caller) -> bytes:
        look = Look(store, caller, org, answer)
        view = look.view("conflicts", **{name: [value] for name, value in chosen.items()})
        departments = look.view("compass").get("departments", [])
        return console.conflicts_page(head, view, departments, chosen)

    return _answered(request, answer, store, now, body)


@router.get("/{org}/history")
def show_history(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """How things went."""

    def body(head: Head, caller: Caller) -> bytes:
        view = Look(store, caller, org, answer).view("trend")
        found = analyses.listed(store, caller, org, Wanted(limit=MOST_LISTED, sort=("-created_at",)))
        changes = revisions.listed(store, caller, org, Wanted(limit=MOST_LISTED, sort=("-number",)))
        told = [dict(one.listed(answer.context.language)) for one in found.items]
        return console.history_page(head, view, told, [one.shown for one in changes.items])

    return _answered(request, answer, store, now, body)


@router.get("/{org}/{section}")
def show_section(org: str, section: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """One view of an organization."""

    def body(head: Head, caller: Caller) -> bytes:
        if section not in SECTIONS:
            raise Missing("page", section)
        return console.view_page(head, Look(store, caller, org, answer).view(SECTIONS[section]), section)

    return _answered(request, answer, store, now, body)


@router.get("/{org}/{section}/{key}")
def show_single(
    org: str, section: str, key: str, request: Request, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """One conflict, or one department."""

    def body(head: Head, caller: Caller) -> bytes:
        if section not in SINGLE:
            raise Missing("page", section)
        view, needed = SINGLE[section]
        value = key if needed == "fingerprint" else [key]
        return console.view_page(head, Look(store, caller, org, answer).view(view, **{needed: value}), section)

    return _answered(request, answer, store, now, body)


def _answered(
    request: Request, answer: Answer, store: Database, now: datetime, body: Callable[[Head, Caller], bytes]
) -> Response:
    """The page for whoever is signed in; the same page for what is not there and for what belongs to others."""
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    head, status = _head(answer, visitor), 200
    try:
        page = body(head, visitor.caller)
    except Missing:
        page, status = console.missing_page(head), 404
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": head.language,
        "Cache-Control": "private, no-cache",
    }
    return packed(request, page, HTML, headers, status=status)


def _head(answer: Answer, visitor: Visitor) -> Head:
    context = answer.context
    return Head(context.base, answer.path, visitor.form, visitor.caller.actor, context.language)
