"""The page to sign in."""

from __future__ import annotations

from app.domain.terms import Language
from app.pages.environment import rendered
from app.pages.texts import PageWords


def sign_in_page(base: str, language: Language, *, way_back: str, reason: str = "") -> bytes:
    """Where people show their key. `reason`: why it did not work, as the name of a text."""
    words = PageWords(language)
    return rendered("console/sign_in.html", words, base=base, theme="auto", way_back=way_back, reason=reason)
