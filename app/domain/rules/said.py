"""Values of facts as people say them, in English and German."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.domain.rules.schema import Field
from app.domain.terms import Language

MISSING = "–"
"""How a missing value reads."""

_MOST_PLACES = 6


def said_value(field: Field, value: Any, language: Language) -> str:
    """A value of a field: a yes or no as its clause, a word of a list in the language, a share in percent, few digits."""
    if value is None:
        return MISSING
    if field.type == "bool":
        return (field.labels if value else field.denials)[language]
    if field.is_number:
        return said_number(Decimal(repr(value)), language, percent=field.unit == "share")
    words = value if isinstance(value, list | tuple) else [value]
    return ", ".join(field.said.get(language, {}).get(word, word) for word in words)


def said_number(value: Decimal, language: Language, *, percent: bool = False) -> str:
    """At most two digits after the point, one in percent, and more only where nothing would be left; without idle zeros."""
    shown, places = (value * 100, 1) if percent else (value, 2)
    while shown and not round(shown, places) and places < _MOST_PLACES:
        places += 1
    digits = f"{shown:.{places}f}"
    short = digits.rstrip("0").rstrip(".").replace("-", "−")
    return (short.replace(".", ",") if language == "de" else short) + (" %" if percent else "")
