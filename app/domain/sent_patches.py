"""Patches that others send: JSON Patch (RFC 6902) and merge patch (RFC 7396), checked before they are applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.errors import DocumentInvalid
from app.domain.faults import ABSENT, Fault, invalid
from app.domain.json_patch import PatchFailed, apply
from app.domain.nearest import nearest

MOST_OPERATIONS = 1_000

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "add": ("value",),
    "remove": (),
    "replace": ("value",),
    "move": ("from",),
    "copy": ("from",),
    "test": ("value",),
}
"""Operation → the members that it needs beside `op` and `path`."""


def patched(raw: Any, patch: Any) -> Any:
    """The value after a JSON Patch. Raises DocumentInvalid with the place of what is wrong in the patch: every fault of its shape, or the
    first operation that does not fit."""
    if not isinstance(patch, list):
        raise invalid([Fault((), "wrong_type", patch, "list")], patch)
    if len(patch) > MOST_OPERATIONS:
        raise invalid([Fault((), "too_many_operations", details={"count": len(patch), "most": MOST_OPERATIONS})], patch)
    if faults := [fault for place, operation in enumerate(patch) for fault in _faults(place, operation)]:
        raise invalid(faults, patch)
    try:
        return apply(raw, patch)
    except PatchFailed as failed:
        raise _failed(failed, patch) from None


def merged(raw: Any, patch: Any) -> Any:
    """The value after a merge patch: members that are null go, objects are merged, all else is replaced whole."""
    if not isinstance(patch, Mapping):
        return patch
    target = dict(raw) if isinstance(raw, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merged(target.get(name), value)
    return target


def _faults(place: int, operation: Any) -> Iterator[Fault]:
    """What is wrong with the shape of an operation; members that nobody knows are ignored, as the RFC wants."""
    if not isinstance(operation, Mapping):
        yield Fault((place,), "wrong_type", operation, "object")
        return
    op = operation.get("op")
    if not isinstance(op, str) or op not in _NEEDS:
        near = next(iter(nearest(op, _NEEDS, 1)), None) if isinstance(op, str) else None
        code, details = "not_one_of" if "op" in operation else "missing", {"values": ", ".join(_NEEDS)}
        yield Fault((place, "op"), code, operation.get("op", ABSENT), "one_of", details=details, nearest=near)
    for name in ("path", *_NEEDS.get(str(op), ())):
        if name not in operation:
            yield Fault((place, name), "missing")
        elif name != "value" and not isinstance(operation[name], str):
            yield Fault((place, name), "wrong_type", operation[name], "pointer")


def _failed(failed: PatchFailed, patch: Any) -> DocumentInvalid:
    details = {"path": patch[failed.operation]["path"]}
    fault = Fault((failed.operation, failed.member), failed.reason, failed.found, details=details)
    return invalid([fault], patch)
