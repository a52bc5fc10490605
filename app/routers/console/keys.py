"""`/settings/keys`: API keys: made and shown once, replaced, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.access import SCOPES
from app.domain.errors import Changed, DocumentInvalid, WrongState
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.faults import faults_of
from app.routers.api_keys import NewApiKey
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.lines import lines_of
from app.routers.console.once import new_key, once_of
from app.routers.console.settings import condition_of, settings
from app.services import api_keys
from app.services.api_keys import StoredKey
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.stored import Store

router = operations("/settings/keys", "front", listed=False)

HERE = "/settings/keys"

_FIELDS = ("name", "expires_at", "organizations", "networks")


@router.get("")
def show_keys(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The keys that were not revoked, and a form for another."""
    return shown(request, answer, store, now, _keys)


@router.post("")
def make_key(request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make a key, and show it this once."""

    def act(visit: Visit) -> Unfinished:
        try:
            said = as_members(_said(form), NewApiKey).model_dump(exclude_none=True)
            made = api_keys.add(store, visit.caller, said, now, once=once_of(request, form, now))
        except DocumentInvalid as refused:
            return _again(visit, refused, form)
        return Unfinished(_keys(visit, made=made), 200, secret=True)

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{key_id}/rotate")
def replace_key(key_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make a key that takes its place, and show that this once; the old one is good for another day."""

    def act(visit: Visit) -> Unfinished:
        try:
            made = api_keys.rotate(store, visit.caller, key_id, now, once=once_of(request, form, now))
        except WrongState as refused:
            return _again(visit, refused)
        return Unfinished(_keys(visit, made=made), 200, secret=True)

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{key_id}/revoke")
def revoke_key(key_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Let it open nothing any more."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            api_keys.revoke(store, visit.caller, key_id, now, condition_of(form))
        except (WrongState, Changed) as refused:
            return _again(visit, refused)
        return f"{HERE}?done=key_revoked"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


def _said(form: Form) -> dict[str, Any]:
    """What the API takes; a key is good to the end of the last day that is named."""
    optional = {
        "expires_at": f"{form.one('expires_at')}T23:59:59Z" if form.one("expires_at") else None,
        "organizations": lines_of(form.one("organizations")) or None,
        "networks": lines_of(form.one("networks")) or None,
    }
    given = {name: value for name, value in optional.items() if value is not None}
    return {"name": form.one("name"), "scopes": form.all("scopes"), **given}


def _again(visit: Visit, error: Exception, form: Form | None = None) -> Unfinished:
    """The keys, with what was typed and what is wrong with it."""
    typed = {"scopes": form.all("scopes"), **{name: form.one(name) for name in _FIELDS}} if form else None
    return again(visit, error, lambda problem: _keys(visit, problem=problem, typed=typed))


def _keys(
    visit: Visit,
    *,
    made: StoredKey | None = None,
    problem: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> bytes:
    visit.caller.needs("admin")
    found = api_keys.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE, counted=True))
    listed = [
        {
            **one.shown,
            "tag": one.tag,
            "is_own": one.id == visit.caller.credential,
            "is_over": one.expires_at is not None and one.expires_at <= visit.now,
        }
        for one in found.items
    ]
    return settings(
        visit,
        "keys",
        keys=listed,
        more=(found.total or 0) - len(listed),
        made=None if made is None else {**made.shown, "key": made.text},
        scopes=SCOPES,
        once=new_key(),
        today=visit.now.date().isoformat(),
        typed=typed or {"scopes": ["read"], **dict.fromkeys(_FIELDS, "")},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )
