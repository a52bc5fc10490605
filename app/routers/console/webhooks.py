"""`/settings/webhooks`: endpoints that are told of changes: added with a secret shown once, switched off and on, tried, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import Changed, DocumentInvalid
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.faults import faults_of
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.once import new_key, once_of
from app.routers.console.settings import condition_of, settings
from app.routers.webhooks import NewWebhook
from app.services import deliveries, webhooks
from app.services.webhooks import Webhook
from app.storage.outbox import EventType
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.seals import Seals
from app.web.stored import Store

router = operations("/settings/webhooks", "front", listed=False)

HERE = "/settings/webhooks"

MOST_DELIVERIES = 5
"""Deliveries that are shown of an endpoint, the latest."""


@router.get("")
def show_webhooks(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The endpoints with what was sent to them last, and a form for another."""
    return shown(request, answer, store, now, _webhooks)


@router.post("")
def add_webhook(request: Request, form: Sent, answer: HtmlAnswer, store: Store, sealer: Seals, now: Now) -> Response:
    """Add an endpoint, and show its secret this once."""

    def act(visit: Visit) -> Unfinished:
        given = {"url": form.one("url").strip(), "description": form.one("description"), "types": form.all("types")}
        try:
            said = as_members({name: value for name, value in given.items() if value or name == "url"}, NewWebhook)
            told = said.model_dump(exclude_none=True)
            made = webhooks.add(store, sealer, visit.caller, told, now, once=once_of(request, form, now))
        except DocumentInvalid as refused:
            return _again(visit, refused, form)
        return Unfinished(_webhooks(visit, made=made), 200, secret=True)

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{webhook_id}/status")
def switch(webhook_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Send it nothing any more, or send it messages again."""
    status = "active" if form.one("status") == "active" else "disabled"

    def act(visit: Visit) -> str | Unfinished:
        try:
            webhooks.change(store, visit.caller, webhook_id, {"status": status}, now, condition_of(form))
        except Changed as refused:
            return _again(visit, refused)
        return f"{HERE}?done=webhook_{status}"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{webhook_id}/test")
def try_out(webhook_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Send it a message to try whether it arrives."""

    def act(visit: Visit) -> str:
        deliveries.try_out(store, visit.caller, webhook_id, now)
        return f"{HERE}?done=webhook_tried"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


@router.post("/{webhook_id}/remove")
def remove(webhook_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Remove it, with what waits for it."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            webhooks.remove(store, visit.caller, webhook_id, now, condition_of(form))
        except Changed as refused:
            return _again(visit, refused)
        return f"{HERE}?done=webhook_removed"

    return done(request, answer, store, now, form, act, scope="admin", way_back=HERE)


def _again(visit: Visit, error: Exception, form: Form | None = None) -> Unfinished:
    """The endpoints, with what was typed and what is wrong with it."""
    typed = {"types": form.all("types"), **{name: form.one(name) for name in ("url", "description")}} if form else None
    return again(visit, error, lambda problem: _webhooks(visit, problem=problem, typed=typed))


def _webhooks(
    visit: Visit,
    *,
    made: Webhook | None = None,
    problem: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> bytes:
    visit.caller.needs("admin")
    found = webhooks.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE))
    last = Wanted(limit=MOST_DELIVERIES)
    listed = [
        {
            **one.shown,
            "tag": one.tag,
            "sent": deliveries.listed(visit.store, visit.caller, one.id, last).items,
        }
        for one in found.items
    ]
    return settings(
        visit,
        "webhooks",
        webhooks=listed,
        types=get_args(EventType),
        made=None if made is None else {**made.shown, "secret": made.secret},
        once=new_key(),
        typed=typed or {"url": "", "description": "", "types": []},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )
