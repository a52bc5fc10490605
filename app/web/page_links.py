"""The links of a page: to itself and to the pages around it, as complete addresses (RFC 8288)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.domain.instants import written
from app.web.answers import Answer
from app.web.parameters import Parameters


def links(answer: Answer, path: str, asked: Parameters, *, after: str | None, before: str | None) -> dict[str, str]:
    """Relation → address. `after` and `before`: cursors of the pages next to this one, None where there is none."""
    found = {"self": self_link(answer, path), "first": _link(answer, path, asked, None)}
    if after:
        found["next"] = _link(answer, path, asked, after)
    if before:
        found["prev"] = _link(answer, path, asked, before)
    return found


def self_link(answer: Answer, path: str) -> str:
    """The address of the page itself, as it was asked for."""
    query = answer.request.url.query
    return answer.address(path) + (f"?{query}" if query else "")


def link_header(addresses: Mapping[str, str]) -> dict[str, str]:
    """The links as a header."""
    return {"Link": ", ".join(f'<{url}>; rel="{relation}"' for relation, url in addresses.items())}


def as_text(value: Any) -> str:
    """A value as parameters write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return written(value)
    return ",".join(map(as_text, value)) if isinstance(value, list) else str(value)


def _link(answer: Answer, path: str, asked: Parameters, cursor: str | None) -> str:
    given = asked.model_dump(exclude_unset=True, exclude={"cursor"}, by_alias=True)
    said = {name: as_text(value) for name, value in given.items() if value not in (None, [])}
    query = urlencode({**said, **({"cursor": cursor} if cursor else {})}, safe=",")
    return answer.address(path) + (f"?{query}" if query else "")
