"""What portals can show of an organization, and to whose pages: views, what narrows each, origins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, get_args

from app.domain.faults import Fault, Path

View = Literal["summary", "matrix", "conflicts", "conflict", "department", "recommendations", "trend", "compass"]
Theme = Literal["light", "dark", "auto"]
Refusal = Literal["unknown", "expired", "revoked", "view"]
"""Why a token opens nothing: it is none of ours, its time is over, it was revoked, or it is for another view."""

VIEWS: tuple[View, ...] = get_args(View)

LONGEST_LIFE = timedelta(minutes=15)
DEFAULT_LIFE = timedelta(minutes=10)
MOST_ORIGINS = 20

FILTERS: Mapping[View, tuple[str, ...]] = {
    "summary": ("analysis",),
    "matrix": ("analysis",),
    "conflicts": ("department", "level", "kind", "status", "outcome"),
    "conflict": ("fingerprint",),
    "department": ("department", "analysis"),
    "recommendations": ("analysis",),
    "trend": (),
    "compass": ("analysis",),
}
"""View → what narrows it."""

NEEDED: Mapping[View, str] = {"conflict": "fingerprint", "department": "department"}
"""Views that show one thing → the filter that says which."""

_ORIGIN = re.compile(r"https://[a-z0-9.-]{1,253}(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")


def filter_faults(view: View, filters: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the filters of a view: those that it does not have, or the one that it needs and lacks."""
    known = FILTERS[view]
    faults = [
        Fault(("filters", name), "unknown_member", filters[name], options=known)
        for name in filters
        if name not in known
    ]
    needed = NEEDED.get(view)
    if needed and not filters.get(needed):
        faults.append(Fault(("filters", needed), "missing"))
    if view == "department" and len(filters.get("department", ())) > 1:
        count = {"count": len(filters["department"]), "most": 1}
        faults.append(Fault(("filters", "department"), "too_many", details=count))
    return faults


def origin_faults(origins: Sequence[str], path: Path) -> list[Fault]:
    """What is wrong with a list of origins: each is written as browsers write it, and once."""
    faults, seen = [], set()
    for place, origin in enumerate(origins):
        if not _ORIGIN.fullmatch(origin):
            nearest = origin.lower().rstrip("/")
            usable = nearest if _ORIGIN.fullmatch(nearest) else None
            faults.append(Fault((*path, place), "bad_form", origin, "origin", nearest=usable))
        elif origin in seen:
            faults.append(Fault((*path, place), "duplicate_item", origin))
        seen.add(origin)
    return faults
