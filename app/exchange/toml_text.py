"""TOML text → values, each with the line it stands on. Only settings are TOML, so only this module knows of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from app.domain.faults import Fault
from app.exchange.budgets import MOST_TEXT_BYTES
from app.exchange.flaws import stop
from app.exchange.places import Lines, Place, Spot, TextPlaces
from app.exchange.reading import Reading
from app.exchange.utf8 import decoded

_TABLE = re.compile(r"^[ \t]*(?P<open>\[\[?)(?P<name>[^\]\n]+)\]", re.MULTILINE)
_MEMBER = re.compile(
    r"""^[ \t]*(?P<name>(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*""",
    re.MULTILINE,
)
_PART = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(data: bytes) -> Reading:
    """The values of a TOML document with the places of tables and members; stops where the text is no longer TOML."""
    text = decoded(data, MOST_TEXT_BYTES)
    lines = Lines(text)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _AT.search(said)
        place = Place(int(at[1]), int(at[2])) if at and at[1] else lines.place(len(text))
        stop(Fault((), "malformed_toml", details={"said": _AT.sub("", said)}), place)
    return Reading(_json(raw), TextPlaces(_spots(text), lines), [], True)


def _spots(text: str) -> Spot:
    """Where tables and members stand that have a line of their own; what stands within a line is placed at its member."""
    root = Spot(0)
    table, counts = root, dict[str, int]()
    for name, at, value, is_table, is_item in _names(text):
        spot = root if is_table else table
        for part in name:
            spot = spot.inner.setdefault(part, Spot(value, at))
        if is_item:
            number = counts[".".join(name)] = counts.get(".".join(name), -1) + 1
            spot = spot.inner.setdefault(number, Spot(value, at))
        if is_table:
            table = spot
    return root


def _names(text: str) -> Iterator[tuple[list[str], int, int, bool, bool]]:
    """Every name that begins a line, in order: its parts, the offsets of name and value, whether it opens a table, and one of a list."""
    found = [(m, True) for m in _TABLE.finditer(text)] + [(m, False) for m in _MEMBER.finditer(text)]
    for match, is_table in sorted(found, key=lambda entry: entry[0].start()):
        parts = [part.strip("\"'") for part in _PART.findall(match["name"])]
        yield parts, match.start("name"), match.end(), is_table, is_table and match["open"] == "[["


def _json(value: Any) -> Any:
    """Days as JSON writes them."""
    if isinstance(value, dict):
        return {name: _json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
