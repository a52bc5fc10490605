"""Parts of a document by key: put in, taken out, and who refers to them. Documents are the values of JSON, and stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.document.checks import checked
from app.domain.errors import Reference
from app.domain.faults import Fault, Path, invalid
from app.domain.stored_form import KEYED, Raw, key_of

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue

GOVERNANCE = "governance"
"""The part that there is one of."""

KEY_MEMBER: Mapping[str, str] = {"metrics": "id"}
"""List → the member that is an item's key, where that is not `key`; an influence has none."""


class PartId(NamedTuple):
    """A part's list and key."""

    list: str
    key: str

    @property
    def path(self) -> str:
        """Its path under the organization: `incentive-plans/agents-2026`."""
        return GOVERNANCE if self.list == GOVERNANCE else f"{self.list.replace('_', '-')}/{self.key}"


class Without(NamedTuple):
    """A document without a part: which parts went with it, and what was taken out of others."""

    raw: Raw
    gone: tuple[PartId, ...]
    changed: tuple[PartId, ...] = ()


def said_key(list_: str, item: Mapping[str, Any]) -> str | None:
    """The key that an item says it has, None when it says none."""
    if list_ == "influences":
        return key_of(list_, item) or None
    key = item.get(KEY_MEMBER.get(list_, "key"))
    return key if isinstance(key, str) else None


def place_of(raw: Mapping[str, Any], list_: str, key: str) -> int | None:
    """Where the item of that key stands in its list."""
    return next((place for place, item in enumerate(raw.get(list_, ())) if key_of(list_, item) == key), None)


def part_of(raw: Mapping[str, Any], part: PartId) -> Raw | None:
    """The part as the document says it."""
    if part.list == GOVERNANCE:
        return dict(raw.get(GOVERNANCE, {}))
    place = place_of(raw, *part)
    return None if place is None else raw[part.list][place]


def with_part(raw: Mapping[str, Any], part: PartId, said: Any) -> tuple[Raw, Path]:
    """The document with that part, in the place of the one of its key or at the end of its list; and the part's place."""
    if part.list == GOVERNANCE:
        return {**raw, GOVERNANCE: said}, (GOVERNANCE,)
    items = list(raw.get(part.list, ()))
    place = place_of(raw, *part)
    if place is None:
        place = len(items)
    return {**raw, part.list: [*items[:place], said, *items[place + 1 :]]}, (part.list, place)


def without_parts(raw: Mapping[str, Any], parts: Collection[PartId]) -> Raw:
    """The document without these parts."""
    lists = {part.list for part in parts}
    left = {
        name: [item for item in raw.get(name, ()) if PartId(name, key_of(name, item)) not in parts] for name in lists
    }
    return {**raw, **left}


def references_to(raw: Mapping[str, Any], part: PartId, catalogue: Catalogue) -> tuple[Reference, ...]:
    """What refers to a part of a valid document: the parts that would not hold without it, once each.

    Raises DocumentInvalid when the document would not be valid without the part for another reason.
    """
    found = dict.fromkeys(_holder(left, fault.path) for left, fault in _dangling(raw, (part,), catalogue))
    return tuple(Reference(holder.list, holder.key, holder.path) for holder in sorted(found))


def cascaded(raw: Mapping[str, Any], part: PartId, catalogue: Catalogue) -> Without:
    """A valid document without a part and all that refers to it, directly or by way of others; governance is left without the mention.

    Raises DocumentInvalid when what is left would not be valid for another reason.
    """
    gone, changed = [part], False
    while dangling := list(_dangling(raw, gone, catalogue)):
        mentions = [fault.path for _, fault in dangling if fault.path[0] == GOVERNANCE]
        gone += sorted({_holder(left, fault.path) for left, fault in dangling if fault.path[0] != GOVERNANCE})
        if mentions:
            raw, changed = {**raw, GOVERNANCE: _unmentioned(raw[GOVERNANCE], mentions)}, True
    return Without(without_parts(raw, gone), tuple(gone), (PartId(GOVERNANCE, GOVERNANCE),) if changed else ())


def keyed_twice(raw: Any) -> Iterator[Fault]:
    """A fault for every influence whose key another one has: it could not be addressed."""
    items = raw.get("influences") if isinstance(raw, Mapping) else None
    first: dict[str, int] = {}
    for place, item in enumerate(items if isinstance(items, list | tuple) else ()):
        key = said_key("influences", item) if isinstance(item, Mapping) else None
        if key is not None and first.setdefault(key, place) != place:
            yield Fault(("influences", place), "duplicate_key", key, details={"first": f"/influences/{first[key]}"})


def _dangling(raw: Mapping[str, Any], gone: Collection[PartId], catalogue: Catalogue) -> Iterator[tuple[Raw, Fault]]:
    """Every reference that leads nowhere once the parts are gone, with the document that is left."""
    left = without_parts(raw, gone)
    _, faults = checked(left, catalogue)
    if others := [fault for fault in faults if fault.code not in _REFERENCES]:
        raise invalid(others, left)
    yield from ((left, fault) for fault in faults)


_REFERENCES = frozenset(
    ("unknown_department", "unknown_kpi", "unknown_plan", "unknown_owner", "unknown_metric", "unknown_source")
)
"""Faults that say that something refers to what is not there."""


def _holder(raw: Mapping[str, Any], path: Path) -> PartId:
    """The part that a place lies in."""
    list_, place = str(path[0]), path[1]
    return PartId(list_, key_of(list_, raw[list_][place]) if list_ in KEYED else list_)


def _unmentioned(governance: Mapping[str, Any], places: Collection[Path]) -> Raw:
    """Governance without what stands at these places of the document."""
    left = dict(governance)
    for _, member, *at in sorted(places, key=lambda place: place[2:], reverse=True):
        if at and isinstance(at[0], int):
            items = left[str(member)]
            left[str(member)] = [*items[: at[0]], *items[at[0] + 1 :]]
        else:
            left.pop(str(member), None)
    return left
