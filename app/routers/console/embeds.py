"""`/settings/embeds`: tokens of embeds, and what to paste so that a portal shows a view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.embeds import LONGEST_LIFE, NEEDED, VIEWS
from app.domain.errors import DocumentInvalid, Missing
from app.domain.faults import Fault, invalid
from app.domain.pages import LARGEST_PAGE, Wanted
from app.pages.console.faults import faults_of
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.lines import lines_of
from app.routers.console.once import new_key, once_of
from app.routers.console.settings import settings
from app.routers.embed_tokens import NewEmbedToken
from app.services import embed_tokens, organizations
from app.services.embed_tokens import EmbedToken
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.members import as_members
from app.web.operations import operations
from app.web.seals import Seals
from app.web.stored import Store

router = operations("/settings/embeds", "front", listed=False)

HERE = "/settings/embeds"

_FIELDS = ("organization", "view", "narrowed", "allowed_origins", "locale")


@router.get("")
def show_embeds(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The tokens of the last day, and a form for another."""
    return shown(request, answer, store, now, _embeds)


@router.post("")
def make_token(request: Request, form: Sent, answer: HtmlAnswer, store: Store, sealer: Seals, now: Now) -> Response:
    """Make a token, and show it this once with what to paste."""

    def act(visit: Visit) -> Unfinished:
        try:
            said = as_members(_said(form), NewEmbedToken).model_dump(exclude_none=True)
            made = _issued(visit, sealer, said, request, form)
        except DocumentInvalid as refused:
            return _again(visit, refused, form)
        return Unfinished(_embeds(visit, made=made), 200, secret=True)

    return done(request, answer, store, now, form, act, scope="embed", way_back=HERE)


@router.post("/{token_id}/revoke")
def revoke_token(token_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Let it open nothing any more."""

    def act(visit: Visit) -> str:
        embed_tokens.revoke(store, visit.caller, token_id, now)
        return f"{HERE}?done=embed_revoked"

    return done(request, answer, store, now, form, act, scope="embed", way_back=HERE)


def _said(form: Form) -> dict[str, Any]:
    """What the API takes. `narrowed`: the one conflict or department that a view shows."""
    view, narrowed = form.one("view"), form.one("narrowed").strip()
    needed = {name: by for name, by in NEEDED.items() if name == view}
    filters = {by: [narrowed] if by == "department" else narrowed for by in needed.values() if narrowed}
    return {
        "view": view,
        "organization": form.one("organization"),
        "allowed_origins": lines_of(form.one("allowed_origins")),
        "ttl_seconds": int(LONGEST_LIFE.total_seconds()),
        "pay_figures": "pay_figures" in form,
        **({"filters": filters} if filters else {}),
        **({"locale": form.one("locale")} if form.one("locale") else {}),
    }


def _issued(visit: Visit, sealer: Seals, said: Mapping[str, Any], request: Request, form: Form) -> EmbedToken:
    """Raises DocumentInvalid, also for an organization that is not there."""
    try:
        return embed_tokens.issue(
            visit.store, sealer, visit.caller, said, visit.now, once=once_of(request, form, visit.now)
        )
    except Missing:
        raise invalid([Fault(("organization",), "missing")], said) from None


def _again(visit: Visit, error: Exception, form: Form) -> Unfinished:
    typed = {**{name: form.one(name) for name in _FIELDS}, "pay_figures": "pay_figures" in form}
    return again(visit, error, lambda problem: _embeds(visit, problem=problem, typed=typed))


def _embeds(
    visit: Visit,
    *,
    made: EmbedToken | None = None,
    problem: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> bytes:
    visit.caller.needs("embed")
    found = embed_tokens.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE, sort=("-created_at",)))
    known = organizations.listed(visit.store, visit.caller, Wanted(limit=LARGEST_PAGE), visit.now)
    faults = faults_of(problem, below="filters") if problem else {}
    narrowed = " ".join(faults[name] for name in NEEDED.values() if name in faults)
    return settings(
        visit,
        "embeds",
        tokens=[{**one.shown, "is_over": one.expires_at <= visit.now} for one in found.items],
        organizations=[(one.shown["key"], one.shown["name"]) for one in known.items],
        views=VIEWS,
        made=None if made is None else {**made.shown, "pastes": _pastes(visit, made)},
        once=new_key(),
        typed=typed or {"pay_figures": False, **dict.fromkeys(_FIELDS, ""), "view": "summary"},
        problem=problem,
        faults={**faults, **({"narrowed": narrowed} if narrowed else {})},
    )


def _pastes(visit: Visit, made: EmbedToken) -> dict[str, str]:
    """What to paste: a frame to try the very token with, the lasting element, and what the portal's server asks for."""
    base = visit.head.base
    asked = {
        "view": made.view,
        "organization": made.organization,
        "allowed_origins": made.allowed_origins,
        **({"filters": made.filters} if made.filters else {}),
        **({"locale": made.locale} if made.locale else {}),
        **({"pay_figures": True} if made.with_pay else {}),
    }
    source = f"{base}/embed/{made.view}?id={made.id}#token={made.text}"
    return {
        "frame": f'<iframe src="{escape(source)}" width="600" height="600" title="Concord" '
        'sandbox="allow-scripts allow-same-origin" referrerpolicy="no-referrer"></iframe>',
        "element": f'<script src="{base}/embed.js"></script>\n<concord-view view="{made.view}"></concord-view>\n'
        '<script>\n  document.querySelector("concord-view").fetchToken = async ({signal}) =>\n'
        '    (await fetch("/concord-token", {signal})).text();\n</script>',
        "server": f'curl -H "Authorization: Bearer $CONCORD_EMBED_KEY" -H "Content-Type: application/json" \\\n'
        f"     -d '{json.dumps(asked, ensure_ascii=False)}' \\\n     {base}/v1/embed-tokens",
    }
