"""Lists in one cell: items separated by `;`, in double quotes where they hold one; objects as `name=value name=value`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_QUOTED = re.compile(r'\s*"((?:[^"]|"")*+)"\s*(?:;|$)')
_KEYS = re.compile(r"[;,\n]")
_NAME = re.compile(r"(?:^|(?<=[\s,]))([a-z_]+)\s*[=:]\s*")


def items_of(text: str, *, only_semicolon: bool) -> list[str]:
    """The items of a list; where they are keys, a comma or a new line separates as well."""
    if not only_semicolon:
        return [item.strip() for item in _KEYS.split(text) if item.strip()]
    return [item for item in _texts(text) if item]


def members_in(item: str) -> list[tuple[str, str]] | None:
    """The members of an object, each with what is written for it; None where the text is none."""
    names = list(_NAME.finditer(item))
    if not names or item[: names[0].start()].strip():
        return None
    ends = [*(name.start() for name in names[1:]), len(item)]
    return [(name[1], item[name.end() : end].strip(" ,")) for name, end in zip(names, ends, strict=True)]


def _texts(text: str) -> Iterator[str]:
    """Items that are in quotes, as long as the quotes are right, and items that are not."""
    at, quoted = 0, True
    while at < len(text):
        if quoted and (found := _QUOTED.match(text, at)):
            yield found[1].replace('""', '"')
            at = found.end()
            continue
        item = text[at : _end(text, at)]
        quoted &= not item.lstrip().startswith('"')
        yield item.strip()
        at += len(item) + 1


def _end(text: str, at: int) -> int:
    end = text.find(";", at)
    return end if end >= 0 else len(text)


def listed(items: Iterable[str]) -> str:
    """The cell of a list of texts."""
    return "; ".join(
        _quoted(item) if ";" in item or item.startswith('"') or item != item.strip() else item for item in items
    )


def recorded(records: Iterable[Mapping[str, Any]]) -> str:
    """The cell of a list of objects."""
    return "; ".join(" ".join(f"{name}={_plain(value)}" for name, value in record.items()) for record in records)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
