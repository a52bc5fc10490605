"""oEmbed (oembed.com, 1.0): the address of a view that people share → a frame that shows it, for wikis and editors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from app.domain.access import Caller
from app.domain.embeds import LONGEST_LIFE, View
from app.domain.errors import Unknown
from app.domain.terms import Language
from app.services.embed_tokens import issue
from app.services.sealing import Sealer
from app.storage.database import Database

WIDTH, HEIGHT = 800, 600
"""Of a frame for which nothing else is asked."""

_ADDRESS = re.compile(r"/organizations/([a-z0-9][a-z0-9._-]{0,62})(?:/([a-z]+)(?:/([a-z0-9._-]{1,63}))?)?/?")
_LISTS: Mapping[str, View] = {
    "": "summary",
    "matrix": "matrix",
    "conflicts": "conflicts",
    "recommendations": "recommendations",
    "trend": "trend",
    "compass": "compass",
}
_SINGLE: Mapping[str, tuple[View, str]] = {
    "conflicts": ("conflict", "fingerprint"),
    "departments": ("department", "department"),
}


def view_at(address: str, base: str) -> dict[str, Any] | None:
    """What the page at an address of the service shows: its view, organization and filters; None where it shows none."""
    ours, theirs = urlsplit(base), urlsplit(address)
    if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
        return None
    found = _ADDRESS.fullmatch(theirs.path.removeprefix(ours.path))
    if found is None:
        return None
    organization, part, key = found[1], found[2] or "", found[3]
    if key is None:
        view = _LISTS.get(part)
        return {"view": view, "organization": organization} if view else None
    if part not in _SINGLE:
        return None
    single, needed = _SINGLE[part]
    return {
        "view": single,
        "organization": organization,
        "filters": {needed: key if needed == "fingerprint" else [key]},
    }


def oembed(
    store: Database,
    sealer: Sealer,
    caller: Caller,
    address: str,
    origin: str,
    base: str,
    now: datetime,
    language: Language,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """The frame, with a token in the fragment of its address good for pages of the origin. Raises Unknown, Missing, DocumentInvalid."""
    said = view_at(address, base)
    if said is None:
        raise Unknown("page", address)
    life = int(LONGEST_LIFE.total_seconds())
    made = issue(
        store, sealer, caller, {**said, "allowed_origins": [origin], "locale": language, "ttl_seconds": life}, now
    )
    source = f"{base}/embed/{made.view}?id={made.id}#token={made.text}"
    html = (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="Concord" loading="lazy" '
        'sandbox="allow-scripts allow-same-origin" referrerpolicy="no-referrer" frameborder="0"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Concord",
        "provider_url": base,
        "title": f"Concord: {made.organization}",
        "cache_age": life,
        "html": html,
        "width": width,
        "height": height,
    }
