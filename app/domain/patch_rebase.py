"""A JSON Patch that was made for one state of a document, made for a later one: places in lists go by what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.document.patch import identity
from app.domain.json_patch import Misfit, Operation, PatchFailed, apply, equal, pointer


def rebased(patch: Sequence[Operation], old: Any, new: Any) -> tuple[Operation, ...]:
    """The patch for the new state of a document, made of the one for the old state.

    Later steps count from what the earlier ones have made, so both states are changed step by step. Raises PatchFailed where something
    that the patch touches is gone, or says other than it did.
    """
    steps: list[Operation] = []
    for number, operation in enumerate(patch):
        try:
            step = {**operation, "path": _moved(operation, old, new)}
        except Misfit as misfit:
            raise PatchFailed(number, misfit) from None
        old, new = apply(old, [operation]), apply(new, [step])
        steps.append(step)
    return tuple(steps)


def _moved(operation: Operation, old: Any, new: Any) -> str:
    """The path to what stands at the operation's path in the old state."""
    path = ""
    for member in pointer(operation["path"]):
        if isinstance(old, list) and isinstance(new, list) and member.isdigit() and int(member) < len(old):
            sought = identity(old[int(member)])
            place = next((at for at, item in enumerate(new) if identity(item) == sought), None)
            if place is None:
                raise Misfit("no_such_place", sought)
            old, new, member = old[int(member)], new[place], str(place)
        else:
            old, new = _below(old, member), _below(new, member)
        path += "/" + member.replace("~", "~0").replace("/", "~1")
    if operation["op"] in ("replace", "remove") and not equal(old, new):
        raise Misfit("test_failed", new)
    return path


def _below(value: Any, member: str) -> Any:
    return value.get(member) if isinstance(value, dict) else None
