"""Instants as texts: RFC 3339 in UTC with milliseconds, `2026-11-22T05:30:51.120Z`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def written(at: datetime) -> str:
    """The instant as the API writes it. What was made together, such as the items of a page, says the same ones again and again."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
