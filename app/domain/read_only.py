"""Members that only the service sets: they may be sent back as they were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.faults import Fault, invalid


def without_read_only(said: Mapping[str, Any], current: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What is said without the members that only the service sets; raises DocumentInvalid for those that differ from what they are."""
    faults = [
        Fault((name,), "read_only", said[name])
        for name in names
        if said.get(name) is not None and said[name] != current.get(name)
    ]
    if faults:
        raise invalid(faults, said)
    return {name: value for name, value in said.items() if name not in names}
