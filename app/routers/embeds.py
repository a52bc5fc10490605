"""`/embed/{view}`: views for portals.

Asked without a token it is the frame, which gets its token from the page around it and asks again; asked with one (`Authorization`, or a
form that a page posts into a frame) it is the view itself, as HTML that needs no script or as JSON. The token is never in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from fastapi import Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.domain.embeds import VIEWS, View
from app.domain.errors import EmbedRefused, Missing
from app.domain.terms import Language
from app.pages.embeds import embed_page, frame_page, refused_page
from app.pages.kept_pages import KeptPages
from app.services import embed_signing, embed_tokens, embed_views
from app.services.embed_tokens import Admitted
from app.services.embed_views import Shown
from app.services.embed_wish import Wish
from app.storage.database import Database
from app.web.answers import Answer, answering
from app.web.clock import Now
from app.web.identity import presented
from app.web.language import language_of
from app.web.negotiation import HTML, JSON
from app.web.operations import operations
from app.web.packed import packed
from app.web.parameters import Parameters
from app.web.rate_limits import limit_address, limit_caller
from app.web.stored import Store, written

router = operations("/embed", "embeds", listed=False)

MOST_FORM = 8_000
"""Bytes of a form that holds a token."""

FRAME_SCRIPTS = "script-src 'self'; connect-src 'self'; "


class EmbedParameters(Parameters):
    """What the address says beside the view."""

    id: Annotated[str, Field(max_length=60)] = Field(
        default="", description="The id of the token, which opens nothing."
    )
    format: Literal["html", "json"] | None = Field(default=None, description="The form of the answer.")


EmbedAnswer = Annotated[Answer, Depends(answering(JSON, HTML))]


async def _token_in_form(request: Request) -> str:
    """The token that a form sends; empty where there is none."""
    form = (await request.body())[:MOST_FORM].decode("utf-8", "replace")
    return parse_qs(form, keep_blank_values=True).get("token", [""])[-1]


Posted = Annotated[str, Depends(_token_in_form)]


@router.get("/{view}")
def get_embed(
    view: str, request: Request, asked: Annotated[EmbedParameters, Query()], answer: EmbedAnswer, store: Store, now: Now
) -> Response:
    """The view, or without a token the frame that waits for one."""
    name = _view(view)
    text = presented(request)
    wants_html = asked.format == "html" or (asked.format is None and answer.wants_html)
    if text is None and wants_html:
        origins = embed_tokens.origins_of(store, asked.id) if asked.id else []
        headers = _headers(origins, answer.context.language, scripts=FRAME_SCRIPTS)
        return packed(request, frame_page(name, origins, answer.context.language, answer.context.base), HTML, headers)
    admitted = _admitted(request, store, text or "", name, now)
    shown = _shown(store, admitted, answer)
    headers = {**_about(shown, admitted, now), **_shared(request, admitted)}
    if wants_html:
        return _page(request, answer, shown, admitted, headers)
    return packed(request, written(shown.whole()), JSON, {"Cache-Control": "private, no-cache", **headers})


@router.post("/{view}")
def post_embed(view: str, request: Request, posted: Posted, answer: EmbedAnswer, store: Store, now: Now) -> Response:
    """The view for a token that a form sends: for pages that may run no script."""
    return _posted(request, answer, store, posted, _view(view), now)


@router.options("/{view}")
def ask_embed(view: str, request: Request, asked: Annotated[EmbedParameters, Query()], store: Store) -> Response:
    """Whether a page may ask for the view by itself: those of the token's origins may, which the id in the address tells."""
    _view(view)
    headers = {"Allow": "GET, HEAD, OPTIONS, POST", "Vary": "Origin"}
    origin = request.headers.get("origin", "")
    allowed = embed_tokens.origins_of(store, asked.id) if asked.id and origin else []
    if origin in allowed:
        headers |= {
            "Access-Control-Allow-Origin": allowed[allowed.index(origin)],
            "Access-Control-Allow-Methods": "GET",
            "Access-Control-Allow-Headers": "Authorization, Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "300",
        }
    return Response(status_code=204, headers=headers)


def _posted(request: Request, answer: Answer, store: Database, text: str, view: View, now: datetime) -> Response:
    """The view as a page, or as a page why there is none; both may stand in a frame of the token's origins."""
    try:
        admitted = _admitted(request, store, text, view, now)
        shown = _shown(store, admitted, answer)
        return _page(request, answer, shown, admitted, _about(shown, admitted, now))
    except EmbedRefused as refused:
        reason, status = refused.reason, 403 if refused.reason == "view" else 401
    except Missing:
        reason, status = "gone", 404
    id_ = embed_signing.claims_in(text).get("jti")
    origins = embed_tokens.origins_of(store, id_) if isinstance(id_, str) else []
    language = answer.context.language
    body = refused_page(reason, language, answer.context.base)
    return packed(request, body, HTML, _headers(origins, language), status=status)


def _view(name: str) -> View:
    found = next((view for view in VIEWS if view == name), None)
    if found is None:
        raise Missing("view", name)
    return found


def _admitted(request: Request, store: Database, text: str, view: View, now: datetime) -> Admitted:
    """What the token opens; every use of it counts. Raises EmbedRefused, and Refused (429)."""
    state = request.app.state
    state.schema.ensure()
    try:
        admitted = embed_tokens.admitted(store, state.sealer, text, view, now)
    except EmbedRefused:
        limit_address(request, state.limits)
        raise
    limit_caller(request, state.limits, admitted.caller)
    return admitted


def _shown(store: Database, admitted: Admitted, answer: Answer) -> Shown:
    token = admitted.token
    language = language_of(token.locale) if token.locale else answer.context.language
    wish = Wish(token.view, token.organization, token.filters, language, token.with_pay)
    return embed_views.shown(store, admitted.caller, wish)


def _page(request: Request, answer: Answer, shown: Shown, admitted: Admitted, headers: Mapping[str, str]) -> Response:
    pages: KeptPages = request.app.state.pages
    language, theme, base = shown.wish.language, admitted.token.theme, answer.context.base
    key = None if shown.key is None else (*shown.key, theme, base)
    page = pages.page(key, lambda: embed_page(shown.whole(), language, theme, base))
    all_headers = {**_headers(admitted.token.allowed_origins, language), **headers}
    return packed(request, page.body, HTML, all_headers, compressed=page.packed)


def _headers(origins: list[str], language: Language, *, scripts: str = "") -> dict[str, str]:
    """What a browser lets a page do, and who may frame it."""
    ancestors = " ".join(origins) or "'none'"
    policy = f"default-src 'none'; {scripts}style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    return {"Content-Security-Policy": policy, "Content-Language": language, "Cache-Control": "private, no-cache"}


def _about(shown: Shown, admitted: Admitted, now: datetime) -> dict[str, str]:
    """Which analysis it is, and for how long the token lives on by the clock of the service."""
    left = {"Concord-Expires-In": str(max(0, int((admitted.token.expires_at - now).total_seconds())))}
    return left if shown.analysis_id is None else {**left, "Concord-Analysis": shown.analysis_id}


def _shared(request: Request, admitted: Admitted) -> dict[str, Any]:
    """What lets a page of one of the token's origins read the answer."""
    allowed, origin = admitted.token.allowed_origins, request.headers.get("origin", "")
    if origin not in allowed:
        return {}
    return {
        "Access-Control-Allow-Origin": allowed[allowed.index(origin)],
        "Access-Control-Expose-Headers": "Concord-Analysis, Concord-Expires-In, ETag",
    }
