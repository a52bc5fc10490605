"""Waivers as they are kept: with analyses that they were in force for, and with conflicts that they were given to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.waivers import Grant


def grant_as_json(grant: Grant) -> dict[str, Any]:
    """A waiver as it is kept."""
    said = {
        **grant._asdict(),
        "subjects": sorted(grant.subjects),
        "expires": grant.expires and grant.expires.isoformat(),
    }
    return {name: value for name, value in said.items() if value}


def grant_from(said: Mapping[str, Any]) -> Grant:
    """The waiver that was kept."""
    expires = date.fromisoformat(said["expires"]) if "expires" in said else None
    return Grant(**{**said, "subjects": frozenset(said.get("subjects", ())), "expires": expires})
