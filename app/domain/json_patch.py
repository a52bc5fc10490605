"""JSON Patch (RFC 6902) on values that are never changed.

What a patch does not touch is shared between the value before and the value after, so that trying many patches costs little. Patches that
others send come through `sent_patches`, which checks their shape first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from app.domain.errors import ConcordError

Operation = Mapping[str, Any]
"""One step: `op`, `path`, and a `value` (`add`, `replace`, `test`) or a `from` (`move`, `copy`)."""

MOST_COPIED = 100_000
"""Values that the copies of a patch add together: a few that copy their own copies would else grow without bound."""

DEEPEST = 64
"""Members that a pointer names one within the other."""

Reason = Literal["bad_pointer", "no_such_place", "not_a_place", "test_failed", "moved_into_itself", "copies_too_much"]


class PatchFailed(ConcordError):
    """A patch does not fit the value: `operation` counts from 0, `member` is the one to blame, `found` what stands in its way."""

    def __init__(self, operation: int, misfit: Misfit) -> None:
        self.operation = operation
        self.reason, self.member, self.found = misfit.reason, misfit.member, misfit.found
        super().__init__(f"operation {operation}: {misfit.reason} ({misfit.member} {misfit.found!r})")


class Misfit(Exception):
    """Why an operation cannot be done."""

    def __init__(self, reason: Reason, found: Any, member: str = "path") -> None:
        self.reason, self.found, self.member = reason, found, member
        super().__init__(reason)


def apply(value: Any, patch: Sequence[Operation]) -> Any:
    """The value after the patch; the value itself stays as it is. Raises PatchFailed, and then nothing was done."""
    copied = 0
    for number, operation in enumerate(patch):
        try:
            if operation["op"] == "copy":
                copied += size(taken(value, operation["from"]), MOST_COPIED - copied)
                if copied > MOST_COPIED:
                    raise Misfit("copies_too_much", operation["from"], "from")
            value = _done(value, operation)
        except Misfit as misfit:
            raise PatchFailed(number, misfit) from None
    return value


def pointer(path: str) -> tuple[str, ...]:
    """The members that a JSON Pointer (RFC 6901) names; the empty path is the whole value. Raises Misfit."""
    if not path:
        return ()
    members = path[1:].split("/") if path.count("/") <= DEEPEST else []
    if not path.startswith("/") or not members or _LONELY_TILDE.search(path):
        raise Misfit("bad_pointer", path)
    return tuple(member.replace("~1", "/").replace("~0", "~") for member in members)


_LONELY_TILDE = re.compile("~(?![01])")


def equal(left: Any, right: Any) -> bool:
    """Equality as JSON has it: 1 and 1.0 are one number, true is none."""
    if left is right:
        return True
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) for k in left)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right)


def taken(value: Any, path: str) -> Any:
    """What stands where the `from` of an operation leads. Raises Misfit."""
    try:
        for member in pointer(path):
            if isinstance(value, Mapping):
                if member not in value:
                    raise Misfit("no_such_place", path)
                value = value[member]
            else:
                value = _items(value, path)[_place(value, member, path, adding=False)]
    except Misfit as misfit:
        raise Misfit(misfit.reason, path, "from") from None
    return value


def size(value: Any, most: int) -> int:
    """How many values there are in a value, itself counted; `most` and one more for any that has more."""
    count, left = 0, [value]
    while left and count <= most:
        outer = left.pop()
        count += 1
        if isinstance(outer, Mapping):
            left += outer.values()
        elif isinstance(outer, list | tuple):
            left += outer
    return count


def _done(value: Any, operation: Operation) -> Any:
    """The value after one operation."""
    op, path = operation["op"], operation["path"]
    if op == "copy":
        return _step(value, pointer(path), {"op": "add", "path": path, "value": taken(value, operation["from"])})
    if op == "move":
        source = operation["from"]
        moved = taken(value, source)
        if path == source:
            return value
        if pointer(path)[: len(pointer(source))] == pointer(source):
            raise Misfit("moved_into_itself", path)
        value = _step(value, pointer(source), {"op": "remove", "path": source})
        return _step(value, pointer(path), {"op": "add", "path": path, "value": moved})
    return _step(value, pointer(path), operation)


def _step(value: Any, path: tuple[str, ...], operation: Operation) -> Any:
    if not path:
        return _whole(value, operation)
    member, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return _in_object(value, member, rest, operation)
    return _in_list(_items(value, operation["path"]), member, rest, operation)


def _whole(value: Any, operation: Operation) -> Any:
    if operation["op"] == "test":
        if not equal(value, operation["value"]):
            raise Misfit("test_failed", value, "value")
        return value
    if operation["op"] in ("add", "replace"):
        return operation["value"]
    raise Misfit("not_a_place", operation["path"])


def _in_object(value: Mapping[str, Any], member: str, rest: tuple[str, ...], operation: Operation) -> Any:
    adding = operation["op"] == "add" and not rest
    if member not in value and not adding:
        raise Misfit("no_such_place", operation["path"])
    if operation["op"] == "remove" and not rest:
        return {k: v for k, v in value.items() if k != member}
    after = operation["value"] if adding else _step(value[member], rest, operation)
    return value if member in value and after is value[member] else {**value, member: after}


def _in_list(value: Sequence[Any], member: str, rest: tuple[str, ...], operation: Operation) -> Any:
    adding = operation["op"] == "add" and not rest
    place = _place(value, member, operation["path"], adding=adding)
    if adding:
        return [*value[:place], operation["value"], *value[place:]]
    if operation["op"] == "remove" and not rest:
        return [*value[:place], *value[place + 1 :]]
    after = _step(value[place], rest, operation)
    return value if after is value[place] else [*value[:place], after, *value[place + 1 :]]


def _items(value: Any, path: str) -> Sequence[Any]:
    """The value as a list; nothing lies in any other."""
    if not isinstance(value, list | tuple):
        raise Misfit("no_such_place", path)
    return value


def _place(items: Sequence[Any], member: str, path: str, *, adding: bool) -> int:
    """The place in a list that a pointer names; what is added may stand after the last."""
    if member == "-" and adding:
        return len(items)
    if not _INDEX.fullmatch(member):
        raise Misfit("not_a_place", path)
    place = int(member)
    if place > len(items) or (place == len(items) and not adding):
        raise Misfit("no_such_place", path)
    return place


_INDEX = re.compile("0|[1-9][0-9]{0,8}")
