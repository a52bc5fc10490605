"""The language of an answer: what `Accept-Language` prefers among those that Concord speaks (RFC 9110 §12.5.4)."""

from __future__ import annotations

from functools import lru_cache
from typing import get_args

from app.domain.terms import Language
from app.web.preferences import preferences

LANGUAGES: tuple[Language, ...] = get_args(Language)


@lru_cache(maxsize=256)
def language_of(accept_language: str | None) -> Language:
    """The best language for the header, English when it names none that is spoken."""
    for wanted, quality in preferences(accept_language or ""):
        if quality == 0:
            continue
        if wanted == "*":
            return "en"
        for language in LANGUAGES:
            if wanted.split("-")[0] == language:
                return language
    return "en"
