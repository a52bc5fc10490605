"""HTML as text in which nothing that a document says can become markup."""

from __future__ import annotations

from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None
"""Text is escaped, HTML stands as it is, nothing is left out."""


def tag(name: str, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """An element; `class_` is written `class`, `aria_label` as `aria-label`; attributes that are None or False are left out."""
    told = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(_shown(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Html:
    """Children one after the other."""
    return Html("".join(one if isinstance(one, Html) else escape(one, quote=False) for one in children if one))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def _shown(value: str | int | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
