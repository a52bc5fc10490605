"""`/signin`, `/signout`: sessions of people who look at the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from app.pages.console.sign_in import sign_in_page
from app.services import sessions as kept
from app.web import sessions
from app.web.answers import Answer, HtmlAnswer
from app.web.clock import Now
from app.web.negotiation import HTML
from app.web.operations import operations
from app.web.packed import packed
from app.web.rate_limits import limit_address
from app.web.sessions import FORM_FIELD, PAGE_POLICY, fields_of, way_back
from app.web.stored import Store

router = operations("", "front", listed=False)

Fields = Annotated[dict[str, str], Depends(fields_of)]


@router.get("/signin")
def show_sign_in(request: Request, answer: HtmlAnswer, next: str = "") -> Response:
    """Ask for a key."""
    return _asked(request, answer, way_back(next), "", 200)


@router.post("/signin")
def sign_in(request: Request, fields: Fields, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Begin a session for whoever holds a good key."""
    wanted = way_back(fields.get("next", ""))
    if not sessions.is_own_site(request):
        return _asked(request, answer, wanted, "form_refused", 403)
    request.app.state.schema.ensure()
    begun = kept.begin(store, fields.get("key", "").strip(), now)
    if begun is None or not sessions.is_allowed_here(request, begun.signed_in.networks):
        limit_address(request, request.app.state.limits)
        return _asked(request, answer, wanted, "key_refused", 401)
    base = answer.context.base
    went = Response(status_code=303, headers={"Location": base + wanted, "Cache-Control": "no-store"})
    return sessions.begin(went, begun.secret, base)


@router.post("/signout")
def sign_out(request: Request, fields: Fields, answer: HtmlAnswer, store: Store) -> Response:
    """End the session; a form that comes from elsewhere ends nothing."""
    if not sessions.is_own_form(request, fields.get(FORM_FIELD, "")):
        return _asked(request, answer, "/organizations", "form_refused", 403)
    kept.end(store, request.cookies.get(sessions.COOKIE, ""))
    where = {"Location": f"{answer.context.base}/signin", "Cache-Control": "no-store"}
    return sessions.end(Response(status_code=303, headers=where))


def _asked(request: Request, answer: Answer, wanted: str, reason: str, status: int) -> Response:
    context = answer.context
    body = sign_in_page(context.base, context.language, way_back=wanted, reason=reason)
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": context.language,
        "Cache-Control": "no-store",
    }
    return packed(request, body, HTML, headers, status=status)
