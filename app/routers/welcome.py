"""`/welcome`: the sign-in link of a first start."""

from __future__ import annotations

from starlette.responses import Response

from app.services import first_start
from app.services import sessions as kept
from app.web import sessions
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.pages.layout import form_shown
from app.web.pages.welcome import ask_page, key_page, over_page
from app.web.stored import Store

router = operations("/welcome", "front", listed=False)


@router.get("")
def get_welcome(answer: HtmlAnswer, store: Store, now: Now, once: str = "") -> Response:
    """Ask whether the key is wanted; programs that look at links use nothing up."""
    is_good = first_start.is_good(store, once, now)
    language = answer.context.language
    return form_shown(answer, ask_page(language) if is_good else over_page(language), 200 if is_good else 404)


@router.post("")
def open_welcome(answer: HtmlAnswer, store: Store, now: Now, once: str = "") -> Response:
    """Use the link up, show the key, and begin a session."""
    begun = kept.begin_with_link(store, once, now)
    context = answer.context
    if begun is None or begun.key is None or begun.key.text is None:
        return form_shown(answer, over_page(context.language), 404)
    shown = form_shown(answer, key_page(begun.key.text, context.base, context.language), 200)
    return sessions.begin(shown, begun.secret, context.base)
