"""What governance says in words, read with care: what is not said is not known (semantics §6)."""

from __future__ import annotations

from app.domain.document import Document

UNKNOWN = frozenset({"unknown", "unbekannt", "?", "not known", "n/a"})
NOBODY = frozenset({"none", "nobody", "no one", "no-one", "niemand", "keiner", "keine", "-"})


def said(text: str | None) -> str | None:
    """The text, None when it says nothing or that it is unknown."""
    return None if text is None or text.strip().casefold() in UNKNOWN else text.strip()


def names_nobody(text: str) -> bool:
    """Whether somebody said that there is nobody."""
    return text.casefold() in NOBODY


def named_department(text: str | None, document: Document) -> str | None:
    """The key of the department that a text names by key or name; empty for none of them, None when nothing is said."""
    name = said(text)
    if name is None:
        return None
    matches = [d.key for d in document.departments if name.casefold() in (d.key.casefold(), d.name.casefold())]
    return matches[0] if matches else ""


def known(value: bool | str | None) -> bool | None:
    """A yes or no; None when missing or unknown."""
    return value if isinstance(value, bool) else None
