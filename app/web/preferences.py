"""Headers that weigh alternatives: `text/html;q=0.8, */*;q=0.1` (RFC 9110 §12.4.2)."""

from __future__ import annotations

MOST = 50
"""Alternatives that are read of one header."""


def preferences(header: str) -> list[tuple[str, float]]:
    """The alternatives of a header in lower case with their quality, best first, equal ones as written; malformed ones left out."""
    found = []
    for part in header.lower().split(",")[:MOST]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name and (quality := _quality(parameters)) is not None:
            found.append((name, quality))
    return sorted(found, key=lambda alternative: -alternative[1])


def _quality(parameters: list[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
