"""The way of every request of the console: who looks, then the page; or the form, then what it asks for, then the next page.

Pages are shown to whoever is signed in. A form counts only when a page of the same session sent it. What cannot be done is told on a page,
with every problem that the API would list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, NamedTuple
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.access import Caller, Scope
from app.domain.errors import ConcordError, Missing
from app.domain.terms import Language
from app.pages.console import page as pages
from app.pages.console.page import Head
from app.storage.database import Database
from app.web.answers import Answer
from app.web.negotiation import HTML
from app.web.packed import packed
from app.web.problem_types import TOO_LARGE
from app.web.problems import Refused, problem_document, refused_for
from app.web.sessions import FORM_FIELD, PAGE_POLICY, Visitor, is_own_form, to_sign_in, visitor_of

MOST_FORM = 2 * 1024 * 1024
"""Bytes of a form."""
MOST_FIELDS = 2_000


class Form:
    """What a form says. `fields`: the values of each field, in their order."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def one(self, name: str, otherwise: str = "") -> str:
        """The last value of a field."""
        return self.fields.get(name, [otherwise])[-1]

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return self.fields.get(name, [])


async def form_of(request: Request) -> Form:
    """The form of the body. Raises Refused (413)."""
    body = await request.body()
    if len(body) > MOST_FORM:
        raise Refused(TOO_LARGE, most=MOST_FORM)
    try:
        return Form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Refused(TOO_LARGE, most=MOST_FORM) from None


Sent = Annotated[Form, Depends(form_of)]


class Visit(NamedTuple):
    """A look at a page, or a form that was sent from one: who, when, in which language, and what stands around the page."""

    store: Database
    caller: Caller
    now: datetime
    head: Head
    answer: Answer

    @property
    def language(self) -> Language:
        """The language of whoever looks."""
        return self.head.language


class Unfinished(NamedTuple):
    """A page that answers a form instead of the next one: the form again, with what is wrong with it, or a preview of what it would do.

    `secret`: it shows something that is shown once, and no browser keeps it.
    """

    body: bytes
    status: int = 422
    secret: bool = False


def shown(
    request: Request, answer: Answer, store: Database, now: datetime, body: Callable[[Visit], bytes | str | Response]
) -> Response:
    """The page for whoever is signed in, or the path or answer that `body` returns instead; what is not there and what belongs to
    others look the same."""
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    visit = _visit(answer, visitor, store, now)
    try:
        made = body(visit)
    except Missing:
        return _page(request, visit, pages.missing_page(visit.head), 404)
    except (ConcordError, Refused) as error:
        return _problem(request, visit, error, "/organizations")
    if isinstance(made, Response):
        return made
    return _to(visit, made) if isinstance(made, str) else _page(request, visit, made, 200)


def done(
    request: Request,
    answer: Answer,
    store: Database,
    now: datetime,
    form: Form,
    act: Callable[[Visit], str | Unfinished],
    *,
    scope: Scope = "write",
    way_back: str = "/organizations",
) -> Response:
    """Do what a form asks for, and go to the path that `act` returns; what it raises is told on a page that leads back.

    A form that no page of the session sent does nothing, nor does one of somebody who lacks the scope.
    """
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    visit = _visit(answer, visitor, store, now)
    if not is_own_form(request, form.one(FORM_FIELD)):
        return _page(request, visit, pages.strange_form_page(visit.head, way_back), 403)
    try:
        visitor.caller.needs(scope)
        came = act(visit)
    except Missing:
        return _page(request, visit, pages.missing_page(visit.head), 404)
    except (ConcordError, Refused) as error:
        return _problem(request, visit, error, way_back)
    return (
        _to(visit, came) if isinstance(came, str) else _page(request, visit, came.body, came.status, secret=came.secret)
    )


def problem_of(request: Request, answer: Answer, error: Exception) -> dict[str, object]:
    """What the API would answer, for pages that show it beside the form it is about."""
    refused = error if isinstance(error, Refused) else refused_for(error, request)
    return problem_document(refused, answer.context)


def _problem(request: Request, visit: Visit, error: Exception, way_back: str) -> Response:
    problem = problem_of(request, visit.answer, error)
    status = problem["status"]
    assert isinstance(status, int)
    return _page(request, visit, pages.problem_page(visit.head, problem, way_back), status)


def _visit(answer: Answer, visitor: Visitor, store: Database, now: datetime) -> Visit:
    context, caller = answer.context, visitor.caller
    head = Head(
        context.base,
        answer.path,
        visitor.form,
        visitor.name,
        context.language,
        caller.may("write"),
        caller.may("admin"),
        answer.request.query_params.get("done", ""),
    )
    return Visit(store, caller, now, head, answer)


def _page(request: Request, visit: Visit, body: bytes, status: int, *, secret: bool = False) -> Response:
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": visit.language,
        "Cache-Control": "no-store" if secret else "private, no-cache",
    }
    return packed(request, body, HTML, headers, status=status)


def _to(visit: Visit, path: str) -> Response:
    return Response(status_code=303, headers={"Location": visit.head.base + path, "Cache-Control": "no-store"})
