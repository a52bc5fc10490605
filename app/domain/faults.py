"""Faults as the checks note them, and the problems that users read: only what is listed is put into words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.errors import DocumentInvalid, Problem
from app.domain.nearest import nearest
from app.domain.problem_texts import told

Path = tuple[str | int, ...]

MOST_PROBLEMS = 100
MOST_ECHOED = 200
"""Characters of a rejected value that are repeated to the caller."""


class _Absent:
    """Stands for a value that is not there, as None stands for null."""


ABSENT = _Absent()

OF_NAMES = frozenset({"unknown_member", "unknown_parameter", "unknown_rule"})
"""Problems of a member's name, whatever its value is."""


class Fault(NamedTuple):
    """What is wrong at a place of the document. `options` are the valid names, or their titles → names."""

    path: Path
    code: str
    found: Any = ABSENT
    expectation: str = ""
    options: Collection[str] = ()
    details: Mapping[str, object] = {}
    nearest: str | None = None


def pointer(path: Path) -> str:
    """The path as a JSON pointer (RFC 6901); half characters are escaped, so that it can always be written."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def invalid(faults: Sequence[Fault], raw: Any = None) -> DocumentInvalid:
    """The error that lists the faults in document order, the first hundred of them in words."""
    ordered = sorted(faults, key=_Order(raw))
    listed = [problem(fault) for fault in ordered[:MOST_PROBLEMS]]
    return DocumentInvalid(listed, omitted=len(ordered) - len(listed))


def problem(fault: Fault) -> Problem:
    """The fault in words."""
    details = {key: printable(str(value)) for key, value in fault.details.items()}
    details |= {"member": printable(_member(fault.path))}
    if fault.expectation:
        details["expectation"] = fault.expectation
    near = fault.nearest or _nearest(fault)
    return told(
        Problem(
            pointer=printable(pointer(fault.path)),
            code=fault.code,
            message="",
            found=None if isinstance(fault.found, _Absent) else shown(fault.found),
            nearest=None if near is None else printable(near),
            details=tuple(sorted(details.items())),
        )
    )


def shown(value: Any) -> str:
    """A rejected value as a message repeats it: scalars as JSON writes them, at most 200 characters."""
    if isinstance(value, Mapping):
        return "{…}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[…]" if value else "[]"
    if isinstance(value, str):
        return "'" + printable(value) + "'"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**30:
        return f"{value:.6e}" if abs(value) < 10**300 else "a number beyond all bounds"
    return printable(json.dumps(value, default=str))


def printable(text: str) -> str:
    """The text without what could not be written or would move the cursor, cut to what may be echoed."""
    shown_as = _cut(text)
    if not shown_as.isprintable():
        escaped = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown_as)
        shown_as = _cut("".join(escaped))
    return shown_as


def _cut(text: str) -> str:
    return text if len(text) <= MOST_ECHOED else text[: MOST_ECHOED - 1] + "…"


def _member(path: Path) -> str:
    """How a message names the place: the last member, with the index where it is an item (`shared_with[0]`)."""
    name = ""
    for token in path[-3:]:
        name = f"{name}[{token}]" if isinstance(token, int) else token
    return name


def _nearest(fault: Fault) -> str | None:
    wanted = fault.path[-1] if fault.code in _NAMED_BY_MEMBER else fault.found
    if not isinstance(wanted, str) or not wanted or not fault.options:
        return None
    if isinstance(fault.options, Mapping):
        by_title: dict[str, str] = {title.casefold(): key for title, key in fault.options.items()}
        if key := by_title.get(wanted.strip().casefold()):
            return key
        options: Iterable[str] = fault.options.values()
    else:
        options = fault.options
    return next(iter(nearest(wanted, options, 1)), None)


_NAMED_BY_MEMBER = frozenset({"unknown_member"})


class _Order:
    """Where paths stand in the document; what is missing comes after its siblings."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._places: dict[int, dict[str, int]] = {}

    def __call__(self, fault: Fault) -> tuple[float, ...]:
        order: list[float] = []
        raw = self._raw
        for token in fault.path:
            if isinstance(token, int):
                order.append(token)
                raw = raw[token] if isinstance(raw, list | tuple) and 0 <= token < len(raw) else None
            elif isinstance(raw, Mapping) and token in raw:
                order.append(self._place(raw, token))
                raw = raw[token]
            else:
                order.append(float("inf"))
                raw = None
        return tuple(order)

    def _place(self, members: Mapping[str, Any], name: str) -> int:
        if id(members) not in self._places:
            self._places[id(members)] = {name: place for place, name in enumerate(members)}
        return self._places[id(members)][name]
