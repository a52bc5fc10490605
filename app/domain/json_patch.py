"""JSON Patch, the part that recommendations need (RFC 6902: `test`, `add`, `replace`, `remove`), on values that are never changed.

What a patch does not touch is shared between the value before and the value after, so that trying many patches costs little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.errors import ConcordError

Operation = Mapping[str, Any]
"""One step: `op`, `path`, and a `value` for all but `remove`."""


class PatchFailed(ConcordError):
    """A patch does not fit the value: `operation` counts from 0."""

    def __init__(self, operation: int, reason: str) -> None:
        self.operation = operation
        self.reason = reason
        super().__init__(f"operation {operation}: {reason}")


class _Misfit(Exception):
    pass


def apply(value: Any, patch: Sequence[Operation]) -> Any:
    """The value after the patch; the value itself stays as it is. Raises PatchFailed, and then nothing was done."""
    for number, operation in enumerate(patch):
        try:
            value = _step(value, pointer(operation["path"]), operation)
        except _Misfit as misfit:
            raise PatchFailed(number, str(misfit)) from None
    return value


def pointer(path: str) -> tuple[str, ...]:
    """The members that a JSON Pointer (RFC 6901) names; the empty path is the whole value."""
    if not path:
        return ()
    if not path.startswith("/"):
        raise _Misfit(f"the path '{path}' does not begin with '/'")
    return tuple(member.replace("~1", "/").replace("~0", "~") for member in path[1:].split("/"))


def equal(left: Any, right: Any) -> bool:
    """Equality as JSON has it: 1 and 1.0 are one number, true is none."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) for k in left)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right)


def _step(value: Any, path: tuple[str, ...], operation: Operation) -> Any:
    if not path:
        return _whole(value, operation)
    member, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return _in_object(value, member, rest, operation)
    if isinstance(value, list | tuple):
        return _in_list(value, member, rest, operation)
    raise _Misfit(f"nothing can be at '{operation['path']}': '{member}' would lie in {value!r}")


def _whole(value: Any, operation: Operation) -> Any:
    if operation["op"] == "test":
        if not equal(value, operation["value"]):
            raise _Misfit(f"expected {operation['value']!r} at '{operation['path']}', found {value!r}")
        return value
    if operation["op"] in ("add", "replace"):
        return operation["value"]
    raise _Misfit(f"'{operation['op']}' cannot be done at '{operation['path']}'")


def _in_object(value: Mapping[str, Any], member: str, rest: tuple[str, ...], operation: Operation) -> Any:
    adding = operation["op"] == "add" and not rest
    if member not in value and not adding:
        raise _Misfit(f"there is no '{member}' for '{operation['path']}'")
    if operation["op"] == "remove" and not rest:
        return {k: v for k, v in value.items() if k != member}
    after = operation["value"] if adding else _step(value[member], rest, operation)
    return value if member in value and after is value[member] else {**value, member: after}


def _in_list(value: Sequence[Any], member: str, rest: tuple[str, ...], operation: Operation) -> Any:
    adding = operation["op"] == "add" and not rest
    place = len(value) if member == "-" and adding else _index(member, operation)
    if place > len(value) or (place == len(value) and not adding):
        raise _Misfit(f"the list at '{operation['path']}' has no place {member}")
    if adding:
        return [*value[:place], operation["value"], *value[place:]]
    if operation["op"] == "remove" and not rest:
        return [*value[:place], *value[place + 1 :]]
    after = _step(value[place], rest, operation)
    return value if after is value[place] else [*value[:place], after, *value[place + 1 :]]


def _index(member: str, operation: Operation) -> int:
    if not (member == "0" or (member.isascii() and member.isdigit() and not member.startswith("0"))):
        raise _Misfit(f"'{member}' in '{operation['path']}' is no place in a list")
    return int(member)
