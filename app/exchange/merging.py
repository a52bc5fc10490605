"""What a file says, merged into the document that is there: keys decide identity, and what the file does not mention stays.

In what is said, null empties a member (as in JSON Merge Patch, RFC 7396) and an object is merged member by member; lists of items are
merged by key, all other lists are replaced.
"""

from __future__ import annotations

import copy
import math
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from app.domain.faults import Path
from app.exchange.tables import Emptied

Json = dict[str, Any]

LISTS: Final = ("departments", "outcomes", "kpis", "incentive_plans", "metrics", "influences", "suppressions")
SEGMENTS: Final = ("organization", "customers", "segments")
NESTED: Final = frozenset({*LISTS, "components", "segments", "parameters", "governance"})
"""What can be replaced: every list, and what has one row or name each."""


class Merged(NamedTuple):
    """The document after a merge, and where its items come from: path there → path in the document before, and in the file.

    `places`: path of an item in the file → its path in the document. `removed`: items of the document before that are gone, by path there.
    """

    document: Json
    before: Mapping[Path, Path]
    said: Mapping[Path, Path]
    places: Mapping[Path, Path]
    removed: tuple[Path, ...]

    def place(self, path: Path) -> Path:
        """The path in the document of what stands at a path in the file."""
        return _translated(path, self.places)

    def origin(self, path: Path) -> Path | None:
        """The path in the file of what stands at a path of the document; None for what the file does not mention."""
        if any(path[:end] in self.before and path[:end] not in self.said for end in range(len(path), 0, -1)):
            return None
        return _translated(path, self.said)

    def former(self, path: Path) -> Path | None:
        """The path in the document before of what stands at a path of the document; None within a new item."""
        item = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.said), None)
        if item is not None and item not in self.before:
            return None
        return _translated(path, self.before)


def merged(
    current: Mapping[str, Any], said: Mapping[str, Any], replaced: Collection[str] = (), *, whole: bool = False
) -> Merged:
    """The document after a file has been merged into it; neither is changed.

    `replaced`: lists of which items that the file does not mention are removed. `whole`: the file is the document; nothing else stays.
    """
    return _Merge(current, said, NESTED if whole else replaced, whole).result()


class _Merge:
    def __init__(
        self, current: Mapping[str, Any], said: Mapping[str, Any], replaced: Collection[str], whole: bool
    ) -> None:
        self.said, self.replaced, self.whole = said, replaced, whole
        self.document: Json = copy.deepcopy(dict(current))
        self.stored = list(_items(self.document))
        self.before = {id(item): path for path, item in self.stored}
        self.of_file: dict[int, Path] = {}

    def result(self) -> Merged:
        said = {name: value for name, value in self.said.items() if name not in LISTS}
        if self.whole:
            for name in self.document.keys() - LISTS - said.keys():
                del self.document[name]
        segments = self._merge_rest(said)
        for name in LISTS:
            if name in self.said or self.whole:
                self._merge_list(self.document, name, self.said.get(name), (name,))
        if segments or (segments is not None and _stored(self.document, "segments")):
            customers = self.document["organization"].setdefault("customers", {})
            self._merge_list(customers, "segments", segments, SEGMENTS)
        return self._merged()

    def _merge_rest(self, said: Json) -> Any:
        """Merge what is no list of items; gives the segments that are said, which are one."""
        segments = None
        organization = said.get("organization")
        customers = organization.get("customers") if isinstance(organization, Mapping) else None
        if isinstance(organization, Mapping) and isinstance(customers, Mapping) and "segments" in customers:
            segments = customers["segments"]
            rest = {name: value for name, value in customers.items() if name != "segments"}
            others = {name: value for name, value in organization.items() if name != "customers"}
            said = {**said, "organization": {**others, "customers": rest} if rest or not segments else others}
        for name in said.keys() & self.document.keys() & set(self.replaced):
            kept = said[name] if name == "parameters" and isinstance(said[name], Mapping) else ()
            self.document[name] = {member: value for member, value in self.document[name].items() if member in kept}
        if self.whole:
            kept = _stored(self.document, "segments") if segments is not None else None
            self.document["organization"] = {"customers": {"segments": kept}} if kept else {}
        merge_object(self.document, said)
        return segments

    def _merge_list(self, holder: Json, name: str, said: Any, path: Path) -> None:
        """Merge items into a list by identity; those of the file that are new follow those that are there."""
        if said is not None and not isinstance(said, list | tuple):
            holder[name] = said
            return
        stored: list[Any] = holder.get(name) or []
        waiting: dict[Hashable, list[Any]] = defaultdict(list)
        for item in stored:
            waiting[identity(name, item)].append(item)
        paired: list[Any] = []
        for item in said or ():
            known = waiting.get(identity(name, item)) if isinstance(item, Mapping) else None
            paired.append(known.pop(0) if known else {} if isinstance(item, Mapping) else item)
        there = {id(item) for item in stored}
        items = paired if name in self.replaced else [*stored, *(item for item in paired if id(item) not in there)]
        if items or name in holder:
            holder[name] = items
        if name == "incentive_plans":
            self._move_components(stored, paired, said or ())
        for at, (item, own) in enumerate(zip(paired, said or (), strict=True)):
            if isinstance(item, dict):
                self.of_file[id(item)] = (*path, at)
                self._merge_item(item, own, (*path, at))
        if not items and name not in self.said:
            holder.pop(name, None)

    def _merge_item(self, item: Json, said: Mapping[str, Any], path: Path) -> None:
        components = item.get("components")
        if self.whole:
            item.clear()
        merge_object(item, {name: value for name, value in said.items() if name != "components"})
        if "components" in said:
            if components is not None:
                item["components"] = components
            self._merge_list(item, "components", said["components"], (*path, "components"))
            item.setdefault("components", [])

    def _move_components(self, stored: list[Any], plans: list[Any], said: Any) -> None:
        """Components that the file has in another plan than the document move there, with all that is known of them."""
        wanted = {
            component.get("key"): plan
            for plan, own in zip(plans, said, strict=True)
            if isinstance(own, Mapping) and isinstance(own.get("components"), list)
            for component in own["components"]
            if isinstance(component, Mapping)
        }
        for plan in stored:
            components = plan.get("components") if isinstance(plan, dict) else None
            for component in [*components] if isinstance(components, list) else ():
                target = wanted.get(component.get("key")) if isinstance(component, dict) else None
                if target is not None and target is not plan and isinstance(components, list):
                    components.remove(component)
                    target.setdefault("components", []).append(component)

    def _merged(self) -> Merged:
        before: dict[Path, Path] = {}
        said: dict[Path, Path] = {}
        for path, item in _items(self.document):
            if id(item) in self.before:
                before[path] = self.before[id(item)]
            if id(item) in self.of_file:
                said[path] = self.of_file[id(item)]
        gone = set(self.before.values()) - set(before.values())
        places = {own: path for path, own in said.items()}
        return Merged(self.document, before, said, places, tuple(sorted(gone, key=str)))


def merge_object(target: Json, said: Mapping[str, Any]) -> None:
    """Merge members into an object; an object that is left without members is gone, unless it is said to have none."""
    for name, value in said.items():
        if _says_the_same(target.get(name), value):
            continue
        if value is None:
            target.pop(name, None)
        elif not isinstance(value, Mapping):
            target[name] = copy.deepcopy(value)
        else:
            known = target.get(name)
            inner: Json = dict(known) if isinstance(known, Mapping) and not isinstance(value, Emptied) else {}
            merge_object(inner, value)
            if inner or not value or isinstance(value, Emptied):
                target[name] = inner
            else:
                target.pop(name, None)


_SPREADSHEETS_KEEP = 5e-15


def _says_the_same(before: Any, after: Any) -> bool:
    """Whether two values mean the same to the document: no list is an empty one, blanks around a text are no part of it, and spreadsheets
    keep 15 digits of a number."""
    if after is None:
        return bool(before == [])
    if isinstance(before, str) and isinstance(after, str):
        return _text(before) == _text(after)
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=_SPREADSHEETS_KEEP)
    if isinstance(before, list | tuple) and isinstance(after, list | tuple) and len(before) == len(after):
        return all(one == other or _says_the_same(one, other) for one, other in zip(before, after, strict=True))
    return False


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def identity(name: str, item: Any) -> Hashable:
    """What makes an item of a list the same as another; None for one that cannot be told."""
    if not isinstance(item, Mapping):
        return None
    parts: list[Any] = [item.get("id" if name == "metrics" else "key")]
    if name == "influences":
        said = item.get("overrides") or item.get("mutes")
        parts = [said] if said else [item.get("source"), item.get("target"), item.get("source_direction")]
    elif name == "suppressions":
        subjects = item.get("subjects")
        parts = [item.get("fingerprint"), item.get("rule"), *sorted(map(str, _list(subjects)))]
    told = any(part is not None for part in parts) and all(isinstance(part, str | None) for part in parts)
    return tuple(parts) if told else None


def _items(document: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every item of every list with its path, plans before their components."""
    for name in LISTS:
        for at, item in enumerate(_list(document.get(name))):
            yield (name, at), item
            if name == "incentive_plans" and isinstance(item, Mapping):
                for place, component in enumerate(_list(item.get("components"))):
                    yield (name, at, "components", place), component
    for at, segment in enumerate(_list(_stored(document, "segments"))):
        yield (*SEGMENTS, at), segment


def _stored(document: Mapping[str, Any], member: str) -> Any:
    """A member of the organization's customers, None where there is none."""
    organization = document.get("organization")
    customers = organization.get("customers") if isinstance(organization, Mapping) else None
    return customers.get(member) if isinstance(customers, Mapping) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _translated(path: Path, places: Mapping[Path, Path]) -> Path:
    """The path with that of the innermost item replaced by its other one."""
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return (*places[path[:end]], *path[end:])
    return path
