"""`/signin`, `/signout`: sessions of people who look at the pages, by a key or at an issuer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.responses import Response

from app.pages.console.sign_in import AtIssuer, sign_in_page
from app.services import identity
from app.services import sessions as kept
from app.storage.database import Database
from app.web import people, sessions
from app.web.answers import Answer, HtmlAnswer
from app.web.clock import Now
from app.web.negotiation import HTML
from app.web.operations import operations
from app.web.packed import packed
from app.web.people import STATUS, People, Person, Returned, SignInRefused
from app.web.problem_types import NOT_FOUND
from app.web.problems import Refused
from app.web.rate_limits import limit_address
from app.web.seals import Seals
from app.web.sessions import FORM_FIELD, PAGE_POLICY, fields_of, way_back
from app.web.stored import Store

router = operations("", "front", listed=False)

Fields = Annotated[dict[str, str], Depends(fields_of)]

CALLBACK = people.PATH + "/callback"
"""The path that the issuer sends browsers back to; it has to know it."""
FIRST_PAGE = "/organizations"


@router.get("/signin")
def show_sign_in(request: Request, answer: HtmlAnswer, next: str = "", ended: str = "") -> Response:
    """Ask for a key, or lead to the issuer. `ended`: what has just ended, a session of a `key` or of a `person`."""
    return _asked(request, answer, way_back(next), ended=ended)


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
    return sessions.begin(_to(base + wanted), begun.secret, base)


@router.post("/signout")
def sign_out(request: Request, fields: Fields, answer: HtmlAnswer, store: Store) -> Response:
    """End the session; a form that comes from elsewhere ends nothing."""
    if not sessions.is_own_form(request, fields.get(FORM_FIELD, "")):
        return _asked(request, answer, FIRST_PAGE, "form_refused", 403)
    was_person = kept.end(store, request.cookies.get(sessions.COOKIE, ""))
    return sessions.end(_to(f"{answer.context.base}/signin?ended={'person' if was_person else 'key'}"))


@router.get(people.PATH)
def go_to_issuer(request: Request, answer: HtmlAnswer, seals: Seals, now: Now, next: str = "") -> Response:
    """Send a browser to the issuer, which sends it back."""
    issuer, wanted = _issuer(request), way_back(next)
    limit_address(request, request.app.state.limits)
    base = answer.context.base
    try:
        address, attempt = issuer.begin(base + CALLBACK, wanted)
    except SignInRefused as refused:
        return _asked(request, answer, wanted, refused.reason, STATUS[refused.reason])
    return people.keep(_to(address), attempt, seals, now, secure=base.startswith("https:"))


@router.get(CALLBACK)
def come_from_issuer(
    request: Request,
    answer: HtmlAnswer,
    store: Store,
    seals: Seals,
    now: Now,
    code: str = "",
    state: str = "",
    error: str = "",
    iss: str = "",
) -> Response:
    """Begin a session for whoever the issuer says came back."""
    issuer, base, wanted = _issuer(request), answer.context.base, FIRST_PAGE
    limit_address(request, request.app.state.limits)
    try:
        attempt = people.kept(request, seals, now)
        wanted = way_back(attempt.wanted)
        person = issuer.came(attempt, Returned(code, state, error, iss), base + CALLBACK, now)
        secret = _begun_for(request, store, person, now)
    except SignInRefused as refused:
        page = _asked(request, answer, wanted, refused.reason, STATUS[refused.reason])
        return page if refused.reason == "oidc_elsewhere" else people.forget(page)
    return people.forget(sessions.begin(_to(base + wanted), secret, base))


def _begun_for(request: Request, store: Database, person: Person, now: datetime) -> str:
    """The secret of a session for somebody who has a workspace and may read in it. Raises SignInRefused."""
    request.app.state.schema.ensure()
    caller = identity.in_workspace(store, person.caller)
    if caller is None:
        raise SignInRefused("oidc_no_workspace")
    if not caller.may("read"):
        raise SignInRefused("oidc_no_rights")
    return kept.begin_for(store, caller, person.name, now, person.until)


def _issuer(request: Request) -> People:
    """Where people sign in. Raises Refused (404) when the settings name no client."""
    found: People | None = request.app.state.people
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _asked(
    request: Request, answer: Answer, wanted: str, reason: str = "", status: int = 200, ended: str = ""
) -> Response:
    context = answer.context
    issuer: People | None = request.app.state.people
    at_issuer = None
    if issuer is not None:
        farewell = issuer.farewell(f"{context.base}/signin") if ended == "person" else None
        at_issuer = AtIssuer(f"{context.base}{people.PATH}?next={quote(wanted, safe='')}", issuer.label, farewell)
    body = sign_in_page(
        context.base, context.language, way_back=wanted, reason=reason, at_issuer=at_issuer, has_ended=bool(ended)
    )
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": context.language,
        "Cache-Control": "no-store",
    }
    return packed(request, body, HTML, headers, status=status)


def _to(address: str) -> Response:
    return Response(status_code=303, headers={"Location": address, "Cache-Control": "no-store"})
