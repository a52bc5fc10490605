"""Instants as texts: RFC 3339 in UTC with milliseconds, `2026-11-22T05:30:51.120Z`."""

from __future__ import annotations

from datetime import UTC, datetime


def written(at: datetime) -> str:
    """The instant as the API writes it."""
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
