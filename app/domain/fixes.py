"""What a document can be changed to by machine: safe changes, which change nothing of what it says, and proved recommendations.

Safe are: names pinned to the metric that they mean for certain, and keys that the format wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.document.patch import pointer_to
from app.domain.findings import Analysis, Recommendation, Resolution
from app.domain.nearest import nearest_key

CERTAIN = 0.95
"""Score from which on a name that is one of a metric's own is taken to mean it for certain."""

APART = 0.15
"""How far the next metric must lie behind."""

_LISTS = {"kpi": "kpis", "outcome": "outcomes"}
_KEYED = {
    "departments": ("name", "function"),
    "outcomes": ("name",),
    "kpis": ("name",),
    "incentive_plans": ("role", "department"),
    "components": ("measure", "kpi"),
}
"""Lists whose items need a key → members from which one is made, the first that there is."""


class SafeFix(NamedTuple):
    """A member that is added. `kind`: what it is (`metric`, `inverted`, `key`, `concord`); `about`: the name or place it belongs to."""

    kind: str
    about: str
    path: str
    value: Any

    @property
    def step(self) -> dict[str, Any]:
        """The change as a step of a JSON Patch."""
        return {"op": "add", "path": self.path, "value": self.value}


class Applied(NamedTuple):
    """A recommendation that was applied, and the sum of severities and the index as they were seen before and after."""

    recommendation: Recommendation
    severity_before: float
    severity_after: float
    alignment_before: float | None
    alignment_after: float | None
    fixed: tuple[str, ...]
    """Titles of the findings that are gone, worst first."""


class Fixed(NamedTuple):
    """A document before and after. `raw`: as it is afterwards; `before`: None where it was not valid before."""

    raw: Mapping[str, Any]
    safe: tuple[SafeFix, ...]
    applied: tuple[Applied, ...]
    before: Analysis | None
    after: Analysis

    @property
    def changes(self) -> bool:
        """Whether anything is changed."""
        return bool(self.safe or self.applied)


def pins(raw: Mapping[str, Any], resolutions: Iterable[Resolution]) -> tuple[tuple[SafeFix, ...], ...]:
    """For each name that means one metric for certain and says so nowhere, the members that pin it, in the order of the subjects."""
    found = (_pin(raw, resolution) for resolution in resolutions if _is_certain(resolution))
    return tuple(fixes for fixes in found if fixes)


def missing_members(raw: Any) -> tuple[SafeFix, ...]:
    """The format's version and the keys of items, where they are left out and can be made from what is there."""
    if not isinstance(raw, Mapping) or "organization" not in raw:
        return ()
    version = () if raw.get("concord") is not None else (SafeFix("concord", "", "/concord", 1),)
    return (*version, *_keys(raw, ""))


def _is_certain(resolution: Resolution) -> bool:
    if resolution.method not in ("exact", "alias") or resolution.score < CERTAIN:
        return False
    others = [c.score for c in resolution.candidates if c.metric != resolution.metric]
    return max(others, default=0.0) <= resolution.score - APART


def _pin(raw: Mapping[str, Any], resolution: Resolution) -> tuple[SafeFix, ...]:
    place = _place(raw, resolution)
    item: Any = _at(raw, place) if place else None
    if item is None or any(item.get(member) is not None for member in ("metric", "family")):
        return ()
    pin = SafeFix("metric", resolution.name, f"{place}/metric", resolution.metric)
    if not resolution.inverted or item.get("inverted"):
        return (pin,)
    return (pin, SafeFix("inverted", resolution.name, f"{place}/inverted", True))


def _place(raw: Mapping[str, Any], resolution: Resolution) -> str | None:
    subject = resolution.subject
    if subject is None:
        return None
    if subject.kind in _LISTS:
        return pointer_to(raw, (_LISTS[subject.kind], subject.key))
    plans = [plan for plan in raw.get("incentive_plans") or () if isinstance(plan, Mapping)]
    ways = (("incentive_plans", str(plan.get("key")), "components", subject.key) for plan in plans)
    return next((place for way in ways if (place := pointer_to(raw, way))), None)


def _at(raw: Any, place: str) -> Any:
    for token in place.split("/")[1:]:
        raw = raw[int(token)] if isinstance(raw, list | tuple) else raw[token]
    return raw


def _keys(raw: Mapping[str, Any], path: str) -> Iterator[SafeFix]:
    for name, members in _KEYED.items():
        items = [i if isinstance(i, Mapping) else {} for i in raw.get(name) or ()] if _is_list(raw.get(name)) else []
        taken = {str(item["key"]) for item in items if item.get("key") is not None}
        for number, item in enumerate(items):
            place = f"{path}/{name}/{number}"
            if item and item.get("key") is None and (key := _key(item, members, taken)):
                taken.add(key)
                yield SafeFix("key", str(next(item[m] for m in members if item.get(m))), f"{place}/key", key)
            if name == "incentive_plans":
                yield from _keys({"components": item.get("components")}, place)


def _key(item: Mapping[str, Any], members: Sequence[str], taken: set[str]) -> str | None:
    said = next((item[member] for member in members if isinstance(item.get(member), str)), None)
    key = nearest_key(said) if said else None
    if key is None:
        return None
    number = 1
    while (numbered := key if number == 1 else f"{key}-{number}") in taken:
        number += 1
    return numbered


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)
