"""What differs between two documents: part by part for people, as a JSON Patch for programs.

For people lists are sets: parts go by their key, whatever their order, and a member that is null, empty or has its default counts as left
out. The patch is exact: what it makes of the old document is the new one, order of lists included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, TypeGuard

from pydantic_core import PydanticUndefined

from app.domain.canonical import canonical_text
from app.domain.document import Document, Part
from app.domain.document.members import members_of
from app.domain.document.patch import identity, names_of, patch_between

__all__ = ["Action", "Change", "MemberChange", "changes_between", "patch_between", "undone"]

Action = Literal["added", "removed", "changed"]

_KINDS = {
    "departments": "department", "outcomes": "outcome", "kpis": "kpi", "incentive_plans": "incentive_plan",
    "components": "component", "metrics": "metric", "influences": "influence", "suppressions": "suppression",
    "segments": "segment",
}  # fmt: skip
"""Lists whose items have a name → what an item is."""


class MemberChange(NamedTuple):
    """A member of a part before and after, as in JSON; None where it is left out. `path`: `("payout", "cap")`."""

    path: tuple[str, ...]
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The member as people write it: `payout.cap`."""
        return ".".join(self.path)


class Change(NamedTuple):
    """A part that was added, removed or changed.

    `path`: members and keys on the way to it, such as `("incentive_plans", "agents", "components", "agents-aht")`. `members`: what
    changed in a changed part; `before`, `after`: the whole of a part that was removed or added.
    """

    action: Action
    path: tuple[str, ...]
    members: tuple[MemberChange, ...] = ()
    before: Any = None
    after: Any = None

    @property
    def kind(self) -> str:
        """`kpi`, `component`, … or the name of what there is one of: `organization`, `governance`, `parameters`."""
        return _KINDS[self.path[-2]] if self.key else self.path[0]

    @property
    def key(self) -> str:
        """The key of the part; empty for what there is one of."""
        return self.path[-1] if len(self.path) > 1 else ""

    @property
    def within(self) -> str:
        """The key of the incentive plan that a component belongs to, else empty."""
        return self.path[1] if len(self.path) == 4 and self.path[2] == "components" else ""


class _Items(dict[str, Any]):
    """A list whose items have names."""


def changes_between(old_raw: Mapping[str, Any], new_raw: Mapping[str, Any]) -> tuple[Change, ...]:
    """The parts that differ, by section and key; empty when both documents say the same. What both have as the very same value is no
    change, and costs nothing."""
    old, new = (_tree(raw, Document) for raw in _apart(old_raw, new_raw))
    found: list[Change] = []
    for section in members_of(Document):
        before, after = old.get(section), new.get(section)
        if isinstance(before, _Items) or isinstance(after, _Items):
            found += _items(before or {}, after or {}, (section,))
        elif _is_object(before) or _is_object(after):
            found += _part(before, after, (section,))
    return tuple(found)


def _apart(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both documents without the values that they share."""
    left: tuple[dict[str, Any], dict[str, Any]] = {}, {}
    for name in old.keys() | new.keys():
        before, after = old.get(name), new.get(name)
        if before is after:
            continue
        if name in _KINDS and isinstance(before, list) and isinstance(after, list):
            before, after = _unshared(before, after)
        left[0][name], left[1][name] = before, after
    return left


def _unshared(old: list[Any], new: list[Any]) -> tuple[list[Any], list[Any]]:
    """Both lists without the items that they share; whole where names do not tell all items apart."""
    shared = {id(item) for item in old} & {id(item) for item in new}
    if not shared or names_of(old) is None or names_of(new) is None:
        return old, new
    return [item for item in old if id(item) not in shared], [item for item in new if id(item) not in shared]


def undone(raw: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The document that had these changes, as it would be without them. Lists come in the order of their keys."""
    tree = _tree(raw, Document)
    for change in changes:
        _undo(tree, change)
    written: dict[str, Any] = _written(tree)
    return written


def _tree(said: Any, part: type[Part]) -> dict[str, Any]:
    """A part without what is left out, its lists by name where items have one, else in canonical order."""
    known = members_of(part)
    tree: dict[str, Any] = {}
    for name, value in said.items():
        member = known.get(name)
        kept = _value(value, member.part if member else None, named=name in _KINDS)
        if kept is not None and kept != [] and kept != _default(part, name):
            tree[name] = kept
    return tree


def _value(value: Any, part: type[Part] | None, *, named: bool) -> Any:
    if isinstance(value, Mapping):
        return _tree(value, part) if part else {k: v for k, v in value.items() if v is not None}
    if not isinstance(value, list | tuple):
        return value.isoformat() if isinstance(value, date) else value
    items = [_value(item, part, named=False) for item in value]
    if not named or not all(isinstance(item, dict) for item in items):
        return sorted(items, key=canonical_text)
    names = names_of(items)
    by_name = _numbered(items) if names is None else dict(zip(names, items, strict=True))
    return _Items(sorted(by_name.items())) or None


def _numbered(items: Iterable[Any]) -> dict[str, Any]:
    """Items by name, those that go by the same told apart by number."""
    by_name: dict[str, Any] = {}
    for item in sorted(items, key=canonical_text):
        by_name[_unused(identity(item), by_name)] = item
    return by_name


def _unused(name: str, taken: Mapping[str, Any]) -> str:
    """The name, or the name with a number where several items go by it."""
    number = 1
    while (numbered := name if number == 1 else f"{name} #{number}") in taken:
        number += 1
    return numbered


def _default(part: type[Part], name: str) -> Any:
    """What a member is when it is left out; a value that nothing equals where it must be given."""
    return _defaults(part).get(name, PydanticUndefined)


@cache
def _defaults(part: type[Part]) -> dict[str, Any]:
    """Member → what it is when it is left out, where that is anything."""
    fields = part.model_fields.items()
    return {field.alias or name: field.default for name, field in fields if field.default is not None}


def _items(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        place = (*path, key)
        if key not in new:
            yield Change("removed", place, before=_written(old[key]))
        elif key not in old:
            yield Change("added", place, after=_written(new[key]))
        else:
            yield from _part(old[key], new[key], place)


def _part(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[Change]:
    """The change of a part itself, then those of the parts within it."""
    members: list[MemberChange] = []
    inner: list[Change] = []
    for place, before, after in _differing(old or {}, new or {}, ()):
        if isinstance(before, _Items) or isinstance(after, _Items):
            inner += _items(before or {}, after or {}, (*path, *place))
        else:
            members.append(MemberChange(place, _written(before), _written(after)))
    if members:
        yield Change("changed", path, tuple(members))
    yield from inner


def _differing(
    old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if _is_object(before) and _is_object(after):
            yield from _differing(before, after, (*path, name))
        elif isinstance(before, _Items) or isinstance(after, _Items) or not _same(before, after):
            yield (*path, name), before, after


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and not isinstance(value, _Items)


def _same(before: Any, after: Any) -> bool:
    return before is after or canonical_text(before) == canonical_text(after)


def _undo(tree: dict[str, Any], change: Change) -> None:
    *way, last = change.path
    at = tree
    for name in way:
        at = at.setdefault(name, _Items() if name in _KINDS else {})
    if change.action == "added":
        at.pop(last, None)
    elif change.action == "removed":
        at[last] = change.before
    else:
        part = at.setdefault(last, {})
        for member in change.members:
            _put(part, member.path, member.before)


def _put(part: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *way, last = path
    for name in way:
        part = part.setdefault(name, {})
    if value is None:
        part.pop(last, None)
    else:
        part[last] = value


def _written(tree: Any) -> Any:
    """A tree as JSON values."""
    if isinstance(tree, _Items):
        return [_written(item) for item in tree.values()]
    if isinstance(tree, dict):
        return {name: _written(value) for name, value in tree.items()}
    return [_written(item) for item in tree] if isinstance(tree, list) else tree
