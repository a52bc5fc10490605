"""Which of the forms that are offered a client gets (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.web.preferences import preferences

JSON = "application/json"
HTML = "text/html"


@lru_cache(maxsize=256)
def chosen(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The media type to answer with: the best that `Accept` allows, the first offered where it does not care; None when it allows none.

    The most specific range that fits a type decides its quality, so that `text/html;q=0, */*` excludes HTML.
    """
    ranges = preferences(accept or "")
    if not ranges:
        return offered[0]
    qualities = [(_quality(media_type, ranges), -place) for place, media_type in enumerate(offered)]
    quality, place = max(qualities)
    return offered[-place] if quality > 0 else None


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = media_type.split("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        for range_, quality in ranges:
            if range_ == wanted:
                return quality
    return 0.0
