"""Constraints of a plan as fields of its form, and the same with one that stands in the way relaxed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fields = dict[str, list[str]]
"""Field → what it says."""

FURTHER = 5
"""Changes beyond those allowed that are offered where their number stands in the way."""
_LISTS = ("freeze", "must_go", "allow")
_PERCENT = ("min_weight", "max_weight")
_NUMBERS = ("max_changes", "max_measures", "time_limit_seconds")


def fields_of(constraints: Mapping[str, Any]) -> Fields:
    """The fields of constraints, as the API shows them."""
    fields: Fields = {name: list(constraints[name]) for name in _LISTS if name in constraints}
    fields |= {name: [f"{100 * constraints[name]:g}"] for name in _PERCENT if name in constraints}
    fields |= {name: [f"{constraints[name]:g}"] for name in _NUMBERS if name in constraints}
    if "budget" in constraints:
        fields["budget"] = [constraints["budget"]["amount"]]
    return fields


def relaxed(fields: Mapping[str, list[str]], constraint: str, about: str) -> Fields:
    """The fields without a constraint: the others stay. `about`: the key or fingerprint that it is about, where it is about one."""
    left: Fields = {name: list(values) for name, values in fields.items()}
    if constraint == "max_changes":
        left["max_changes"] = [str(int(left["max_changes"][0]) + FURTHER)]
    elif constraint in ("freeze", "must_go"):
        left[constraint] = [one for one in left.get(constraint, []) if one != about]
    elif constraint == "weights":
        left = {name: values for name, values in left.items() if name not in _PERCENT}
    elif constraint == "budget":
        left.pop("budget", None)
    elif constraint == "measures":
        left.pop("max_measures", None)
    else:
        left["allow"] = sorted({*left.get("allow", []), constraint})
    return left
