"""`/settings/members`: the people of a workspace, whom assignees and approvals name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import AlreadyExists, Changed, DocumentInvalid
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.faults import faults_of
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.lines import lines_of
from app.routers.console.settings import condition_of, settings
from app.routers.members import NewMember
from app.services import members
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/settings/members", "front", listed=False)

HERE = "/settings/members"

_FIELDS = ("name", "email", "roles")


@router.get("")
def show_members(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Everybody, and a form for another."""
    return shown(request, answer, store, now, _members)


@router.post("")
def add_member(request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Add a person."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            members.add(store, visit.caller, _said(form), now)
        except (DocumentInvalid, AlreadyExists) as refused:
            return _again(visit, refused, form)
        return f"{HERE}?done=member_added"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{member_id}")
def change_member(member_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Change name, e-mail address or roles of a person."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            members.change(store, visit.caller, member_id, _said(form), now, condition_of(form))
        except (DocumentInvalid, AlreadyExists, Changed) as refused:
            return _again(visit, refused, form, member_id)
        return f"{HERE}?done=member_saved"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{member_id}/remove")
def remove_member(member_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Remove a person, who looks after nothing then."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            members.remove(store, visit.caller, member_id, now, condition_of(form))
        except Changed as refused:
            return _again(visit, refused)
        return f"{HERE}?done=member_removed"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


def _said(form: Form) -> dict[str, Any]:
    said = {"name": form.one("name"), "email": form.one("email").strip(), "roles": lines_of(form.one("roles"))}
    return as_members(said, NewMember).model_dump()


def _again(visit: Visit, error: Exception, form: Form | None = None, which: str = "") -> Unfinished:
    """Everybody, with what was typed and what is wrong with it. `which`: the id of who was to be changed."""
    typed = {name: form.one(name) for name in _FIELDS} if form else None
    return again(visit, error, lambda problem: _members(visit, problem=problem, typed=typed, which=which))


def _members(
    visit: Visit,
    *,
    problem: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
    which: str = "",
) -> bytes:
    found = members.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE, sort=("name",), counted=True))
    return settings(
        visit,
        "members",
        members=[{**one.shown, "tag": one.tag} for one in found.items],
        more=(found.total or 0) - len(found.items),
        which=which,
        typed=typed,
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )
