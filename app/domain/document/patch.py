"""The JSON Patch from one document to another: items of lists go by their key, and each is tested before it is touched.

Its operations are those of `json_patch`: `test`, `add`, `replace`, `remove`. An item that stands elsewhere is removed and added again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.canonical import canonical_text
from app.domain.json_patch import equal

Step = dict[str, Any]

_NAMES = ("key", "id", "fingerprint", "overrides", "mutes")
"""Members by which an item of a list goes, the first that it has."""

_TOGETHER = (("source", "target", "source_direction"), ("rule", "subjects"))
"""Members that name an item together."""

_NAMED_BY = (*_NAMES, *(first for first, *_ in _TOGETHER))
"""Members any of which gives an item a name."""


def patch_between(old_raw: Any, new_raw: Any) -> list[Step]:
    """The steps that make the new document of the old one, exactly. Any JSON values will do; equal ones need none."""
    return list(_steps(old_raw, new_raw, ""))


def patch_in_place(old: Any, new: Any, path: str) -> list[Step]:
    """The same where all that differs is an item of a list, which stays at its place: `path` leads to it."""
    return list(_in_place(old, new, path))


def identity(item: Any) -> str:
    """What an item of a list goes by: its key, what it says it is about, else all that it says."""
    if isinstance(item, Mapping):
        for name in _NAMES:
            if isinstance(item.get(name), str):
                return str(item[name])
        for first, *others in _TOGETHER:
            if isinstance(item.get(first), str):
                return " ".join((item[first], *(_words(item[name]) for name in others if item.get(name))))
    return canonical_text(item)


def names_of(items: Sequence[Any]) -> list[str] | None:
    """What each item of a list goes by; None where that is all it says, or where two items go by the same."""
    names = [identity(item) for item in items if isinstance(item, Mapping) and _has_name(item)]
    return names if len(set(names)) == len(items) else None


def pointer_to(raw: Any, path: Sequence[str]) -> str | None:
    """The JSON Pointer to what a path of members and names of items leads to in a document; None where it is not there."""
    found = ""
    for name in path:
        if isinstance(raw, Mapping) and raw.get(name) is not None:
            place: str | int = name
        elif isinstance(raw, list | tuple):
            place = next((number for number, item in enumerate(raw) if identity(item) == name), -1)
        else:
            return None
        if place == -1:
            return None
        raw = raw[place]
        found += f"/{_escaped(str(place))}"
    return found


def _may_be_one(old: Any, new: Any) -> bool:
    """Whether two items may be the same one: no names tell them apart; texts go by themselves."""
    return old is new or identity(old) == identity(new) or not (_is_named(old) and _is_named(new))


def _is_named(item: Any) -> bool:
    return not isinstance(item, Mapping) or _has_name(item)


def _has_name(item: Mapping[str, Any]) -> bool:
    return any(isinstance(item.get(name), str) for name in _NAMED_BY)


def _words(value: Any) -> str:
    """A text, or texts in order."""
    return " ".join(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value)


def _steps(old: Any, new: Any, path: str) -> Iterator[Step]:
    if equal(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _in_object(old, new, path)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _in_list(old, new, path)
    else:
        yield {"op": "replace", "path": path, "value": new}


def _in_object(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[Step]:
    for name, value in old.items():
        place = f"{path}/{_escaped(name)}"
        if name in new:
            yield from _steps(value, new[name], place)
        else:
            yield {"op": "remove", "path": place}
    for name, value in new.items():
        if name not in old:
            yield {"op": "add", "path": f"{path}/{_escaped(name)}", "value": value}


def _in_list(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[Step]:
    """First what stays is changed in place, then what goes is removed from the end on, then what comes is added in order.

    Where no two items at one place have different names, as when names are given or there are none, they are changed one by one.
    """
    if len(old) == len(new) and all(map(_may_be_one, old, new)):
        for place, value in enumerate(new):
            yield from _in_place(old[place], value, f"{path}/{place}")
        return
    before, after = _numbered(old), _numbered(new)
    places = {name: place for place, name in enumerate(before)}
    later = {name: place for place, name in enumerate(after)}
    staying = _in_order([places[name] for name in after if name in places])
    for place in staying:
        yield from _in_place(old[place], new[later[before[place]]], f"{path}/{place}")
    kept = frozenset(staying)
    for place in reversed(range(len(old))):
        if place not in kept:
            yield from _tested(old[place], f"{path}/{place}")
            yield {"op": "remove", "path": f"{path}/{place}"}
    stays = {before[place] for place in staying}
    for place, name in enumerate(after):
        if name not in stays:
            yield {"op": "add", "path": f"{path}/{place}", "value": new[place]}


def _in_place(old: Any, new: Any, path: str) -> Iterator[Step]:
    if not equal(old, new):
        yield from _tested(old, path)
        yield from _steps(old, new, path)


def _tested(item: Any, path: str) -> Iterator[Step]:
    """A step that fails where another item stands, for items with a key."""
    if isinstance(item, Mapping) and isinstance(item.get("key"), str):
        yield {"op": "test", "path": f"{path}/key", "value": item["key"]}


def _numbered(items: Sequence[Any]) -> list[tuple[str, int]]:
    """What each item goes by, those that go by the same told apart by number."""
    seen: Counter[str] = Counter()
    names = []
    for item in items:
        name = identity(item)
        names.append((name, seen[name]))
        seen[name] += 1
    return names


def _in_order(places: Sequence[int]) -> list[int]:
    """The longest run of places that are in order already, so that few items move."""
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        chosen[at : at + 1] = [number]
        before.append(chosen[at - 1] if at else -1)
    run: list[int] = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        run.append(places[number])
        number = before[number]
    return run[::-1]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
