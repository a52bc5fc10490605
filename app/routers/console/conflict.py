"""`/organizations/{org}/conflicts/{fingerprint}…`: one conflict, and what people make of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.conflict_states import DECISIONS, OF_CONFLICTS
from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.conflict import conflict_page
from app.routers.conflicts import ChangedConflict, NewComment
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import view
from app.routers.console.people import people
from app.services import conflict_comments, conflicts
from app.services.conflicts import StoredConflict
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import Members, as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/conflicts/{fingerprint}", "front", listed=False)

Json = dict[str, Any]

USUAL_WAIVER = timedelta(days=180)
"""For how long the form to accept a conflict proposes to do so."""

_TOLD = (DocumentInvalid, WrongState, Changed)
"""What goes wrong with a form that is shown again."""


@router.get("")
def show_conflict(org: str, fingerprint: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """One conflict: who pulls where, why it is one, how grave, what would clear it, and what people make of it."""
    return shown(request, answer, store, now, lambda visit: _page(visit, org, fingerprint))


@router.post("/standing")
def decide(
    org: str, fingerprint: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Acknowledge, dispute, accept or reopen it. Who disputes it says why, as a comment."""
    here, status = _path(org, fingerprint), form.one("status")

    def act(visit: Visit) -> str | Unfinished:
        said: Json = {"status": status}
        if status == "waived":
            expires = {"expires": form.one("expires")} if form.one("expires") else {}
            said["waiver"] = {"reason": form.one("reason"), **expires}
        try:
            why = as_members({"text": form.one("text")}, NewComment).text if status == "disputed" else None
            _change(visit, org, fingerprint, said, form)
        except _TOLD as error:
            return _again(visit, org, fingerprint, form, error)
        if why is not None:
            conflict_comments.add(store, visit.caller, org, fingerprint, why, now)
        return f"{here}?done=conflict_{status}"

    return done(request, answer, store, now, form, act, way_back=here)


@router.post("/assignee")
def assign(
    org: str, fingerprint: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Let a member look after it, or nobody."""
    here, member = _path(org, fingerprint), form.one("assignee") or None

    def act(visit: Visit) -> str | Unfinished:
        try:
            _change(visit, org, fingerprint, {"assignee": member}, form)
        except _TOLD as error:
            return _again(visit, org, fingerprint, form, error)
        return f"{here}?done={'conflict_assigned' if member else 'conflict_unassigned'}"

    return done(request, answer, store, now, form, act, way_back=here)


@router.post("/comments")
def comment(
    org: str, fingerprint: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Say something about it."""
    here = _path(org, fingerprint)

    def act(visit: Visit) -> str | Unfinished:
        try:
            text = as_members({"text": form.one("text")}, NewComment).text
        except DocumentInvalid as error:
            return _again(visit, org, fingerprint, form, error)
        conflict_comments.add(store, visit.caller, org, fingerprint, text, now)
        return f"{here}?done=conflict_commented#comments"

    return done(request, answer, store, now, form, act, way_back=here)


def _path(org: str, fingerprint: str) -> str:
    return f"/organizations/{org}/conflicts/{fingerprint}"


def _change(visit: Visit, org: str, fingerprint: str, said: Json, form: Form) -> None:
    """What the API does with the same, on the state that the form was made on."""
    asked = as_members(said, ChangedConflict).given()
    meant = {name: value.given() if isinstance(value, Members) else value for name, value in asked.items()}
    tag = form.one("tag")
    condition = Condition(if_match=(tag,) if tag else None)
    conflicts.change(
        visit.store, visit.caller, org, fingerprint, meant, visit.now, condition, unchanged=lambda current: None
    )


def _again(visit: Visit, org: str, fingerprint: str, form: Form, error: Exception) -> Unfinished:
    """The conflict as it stands now, with what was typed and what is wrong with it."""
    typed = {name: form.one(name) for name in ("status", "reason", "expires", "text", "assignee")}
    which = visit.answer.request.url.path.rsplit("/", 1)[-1]
    return again(visit, error, lambda problem: _page(visit, org, fingerprint, which, typed, problem))


def _page(
    visit: Visit,
    org: str,
    fingerprint: str,
    which: str = "",
    typed: Mapping[str, str] | None = None,
    problem: Mapping[str, Any] | None = None,
) -> bytes:
    seen = view(visit, org, "conflict", fingerprint=fingerprint)
    standing = _standing(visit, org, conflicts.get(visit.store, visit.caller, org, fingerprint))
    today = visit.now.date()
    proposed = {"today": today.isoformat(), "expires": (today + USUAL_WAIVER).isoformat()}
    return conflict_page(visit.head, seen, standing, proposed, which, typed or {}, problem)


def _standing(visit: Visit, org: str, found: StoredConflict) -> Json:
    """How the conflict stands, what can be made of it, who looks after it, what was said and what happened."""
    names = people(visit) if visit.head.may_write or found.assignee else {}
    newest = Wanted(limit=LARGEST_PAGE, sort=("-created_at",), counted=True)
    said = conflict_comments.listed(visit.store, visit.caller, org, found.fingerprint, newest)
    by_document = found.waiver is not None and not found.waiver["place"].startswith(OF_CONFLICTS)
    return {
        "tag": found.tag,
        "status": found.status,
        "goal_removed": found.goal_removed,
        "waiver": found.waiver,
        "by_document": by_document,
        "possible": () if by_document else DECISIONS[found.told(visit.language)["status"]],
        "assignee": found.assignee,
        "people": names,
        "comments": [one.shown for one in reversed(said.items)],
        "older_comments": (said.total or 0) - len(said.items),
        "history": [one for one in reversed(found.history) if one["what"] != "commented"],
    }
