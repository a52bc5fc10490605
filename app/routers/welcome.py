"""`/welcome`: the sign-in link of a first start."""

from __future__ import annotations

from starlette.responses import Response

from app.services import first_start
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
    """Use the link up, and show the key."""
    made = first_start.open_link(store, once, now)
    language = answer.context.language
    if made is None or made.text is None:
        return form_shown(answer, over_page(language), 404)
    return form_shown(answer, key_page(made.text, answer.context.base, language), 200)
