"""`/settings`: what holds for everybody in a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.access import SCOPES, Scope
from app.domain.conditions import Condition
from app.domain.errors import Changed
from app.pages.console.settings import settings_page
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.services import workspace_settings
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/settings", "front", listed=False)

TABS: Mapping[str, Scope] = {
    "": "read",
    "members": "read",
    "keys": "admin",
    "embeds": "embed",
    "webhooks": "admin",
    "audit": "admin",
}
"""Last name of a page's address → the scope that it takes."""


def settings(visit: Visit, tab: str, **said: Any) -> bytes:
    """A page of the settings; raises Forbidden for who may not look at it."""
    visit.caller.needs(TABS[tab])
    return settings_page(visit.head, tab, [name for name, scope in TABS.items() if visit.caller.may(scope)], **said)


def condition_of(form: Form) -> Condition:
    """On which state a form was made."""
    tag = form.one("tag")
    return Condition(if_match=(tag,) if tag else None)


@router.get("")
def show_settings(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Who looks with which scopes, and the settings of the workspace."""
    return shown(request, answer, store, now, _workspace)


@router.post("")
def change_settings(request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Say whether rules need four eyes."""

    def act(visit: Visit) -> str | Unfinished:
        four_eyes = "four_eyes" in form
        try:
            workspace_settings.replace(store, visit.caller, four_eyes=four_eyes, now=now, condition=condition_of(form))
        except Changed as changed:
            return again(visit, changed, lambda problem: _workspace(visit, problem, four_eyes=four_eyes))
        return "/settings?done=settings_saved"

    return done(request, answer, store, now, form, act, scope="admin", way_back="/settings")


def _workspace(visit: Visit, problem: Mapping[str, Any] | None = None, *, four_eyes: bool | None = None) -> bytes:
    found = workspace_settings.get(visit.store, visit.caller)
    chosen = found.four_eyes if four_eyes is None else four_eyes
    scopes = [scope for scope in SCOPES if visit.caller.may(scope)]
    only = sorted(visit.caller.organizations) if visit.caller.organizations is not None else None
    said = {"found": found.shown, "tag": found.tag, "chosen": chosen, "scopes": scopes, "only": only}
    return settings(visit, "", problem=problem, **said)
