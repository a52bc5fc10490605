"""Accept and Accept-Language."""

from __future__ import annotations

import pytest

from app.web.language import language_of
from app.web.negotiation import HTML, JSON, chosen

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, JSON), ("", JSON), ("*/*", JSON), ("application/*", JSON), (BROWSER, HTML), ("text/*", HTML),
        ("application/json;q=0.5, text/html", HTML), ("text/html;q=0.5, application/json", JSON),
        ("APPLICATION/JSON", JSON), ("application/json;charset=utf-8", JSON), ("text/html;q=0, */*", JSON),
        ("image/png", None), ("application/json;q=0, text/html;q=0", None), ("application/json;q=x", JSON),
        ("*/*;q=0.1, text/html;q=0.05", JSON), (",;,", JSON),
    ],
)  # fmt: skip
def test_the_best_form_that_is_offered_is_chosen(accept: str | None, form: str | None) -> None:
    """By quality, the most specific range first, and by the order of the offer where qualities are equal."""
    assert chosen(accept, (JSON, HTML)) == form


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"), ("de", "de"), ("de-CH, en;q=0.9", "de"), ("fr-FR, fr;q=0.9", "en"), ("en, de", "en"),
        ("en;q=0.5, de;q=0.9", "de"), ("*", "en"), ("de;q=0, en", "en"), ("DE", "de"), ("den", "en"), ("de;q=2", "en"),
    ],
)  # fmt: skip
def test_the_best_language_that_is_spoken_is_chosen(accepted: str | None, language: str) -> None:
    """English where nothing else is understood."""
    assert language_of(accepted) == language
