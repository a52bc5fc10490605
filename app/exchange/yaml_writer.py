"""A document → YAML as a person would write it: short objects in one line, text in quotes only where it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 120
"""Columns that a line takes at most where it can be broken."""

_PLAIN = re.compile(r"[^\W\d_][\w .()/+'’&%€–-]*")
_PLAIN_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*[a-z][a-z0-9._-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_TEXT = re.compile(r"null|true|false|yes|no|on|off|y|n|nan|inf", re.IGNORECASE)
"""Words that some YAML reader takes for something else than text."""

_NUMBER_LIKE = re.compile(r"[-+.0-9_:eE]+|0[xob].*", re.IGNORECASE)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_DAYS = frozenset({"from", "to", "expires"})
"""Members that hold days, which need no quotes."""


def as_yaml(document: Mapping[str, Any]) -> str:
    """The YAML of a document."""
    parts: list[str] = []
    for name, value in document.items():
        lines = list(member_lines(name, value, 0))
        parts.append("\n".join(lines))
    return "\n".join(parts) + "\n"


def member_lines(name: str, value: Any, indent: int) -> Iterator[str]:
    """A member of an object as lines, the first indented by so many spaces."""
    margin = " " * indent
    label = f"{margin}{_text(name)}:"
    if isinstance(value, list) and value:
        in_line = f"{label} {flow(value)}"
        if not isinstance(value[0], Mapping) and len(in_line) <= WIDTH:
            yield in_line
            return
        yield label
        yield from item_lines(value, indent + 2)
    elif isinstance(value, Mapping) and value:
        in_line = f"{label} {flow(value)}"
        if indent and len(in_line) <= WIDTH:
            yield in_line
            return
        yield label
        for inner, member in value.items():
            yield from member_lines(inner, member, indent + 2)
    else:
        yield f"{label} {flow(value, name)}"


def item_lines(items: list[Any], indent: int) -> Iterator[str]:
    """Items that are all short stand in one line each, like the rows of a table; else each takes as many as it needs."""
    margin = " " * indent
    lines = [f"{margin}- {flow(item)}" for item in items]
    if all(len(line) <= WIDTH for line in lines) and not any(_has_parts(item) for item in items):
        yield from lines
        return
    for item in items:
        if not isinstance(item, Mapping):
            yield f"{margin}- {flow(item)}"
            continue
        first, *rest = [line for name, value in item.items() for line in member_lines(name, value, indent + 2)]
        yield f"{margin}- {first.lstrip()}"
        yield from rest


def _has_parts(item: Any) -> bool:
    return isinstance(item, Mapping) and any(isinstance(value, list | Mapping) for value in item.values())


def flow(value: Any, name: str = "") -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(inner)}: {flow(member, inner)}" for inner, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str):
        return value if name in _DAYS and _DAY.fullmatch(value) else _text(value)
    if isinstance(value, float):
        return _float(value)
    return json.dumps(value)


def _float(value: float) -> str:
    """A number with a point, since some readers take `1e-05` for text."""
    written = repr(value)
    mantissa, exponent, power = written.partition("e")
    return f"{mantissa}.0e{power}" if exponent and "." not in mantissa else written


def _text(text: str) -> str:
    plain = _PLAIN.fullmatch(text) or _PLAIN_KEY.fullmatch(text)
    if (
        plain
        and text.isprintable()
        and not text.endswith(" ")
        and not _NOT_TEXT.fullmatch(text)
        and not _NUMBER_LIKE.fullmatch(text)
    ):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
