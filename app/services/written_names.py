"""Names as somebody wrote them, in a file or a request: `{"names": [{name, function?, unit?, direction?}]}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from app.domain.faults import Fault, Path, invalid
from app.domain.terms import Function, Wanted
from app.services.names import WrittenName
from app.services.schemas.names import LONGEST, MOST_NAMES

_WORDS = {"function": get_args(Function), "direction": get_args(Wanted)}
_MEMBERS = ("name", "function", "unit", "direction")


def written_names(raw: Any) -> list[WrittenName]:
    """The names that plain data holds; raises DocumentInvalid with every problem. Null counts as left out."""
    faults = list(_faults(raw))
    if faults:
        raise invalid(faults, raw)
    return [WrittenName(**{name: value for name, value in item.items() if value is not None}) for item in raw["names"]]


def _faults(raw: Any) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault((), "wrong_type", raw, "object")
        return
    yield from _unknown_members((), raw, ("names",))
    names = raw.get("names")
    if names is None:
        yield Fault(("names",), "missing")
    elif not isinstance(names, list):
        yield Fault(("names",), "wrong_type", names, "list")
    elif len(names) > MOST_NAMES:
        yield Fault(("names",), "too_many", details={"count": len(names), "most": MOST_NAMES})
    else:
        for place, item in enumerate(names):
            yield from _faults_of(("names", place), item)


def _faults_of(path: Path, item: Any) -> Iterator[Fault]:
    if not isinstance(item, Mapping):
        yield Fault(path, "wrong_type", item, "object")
        return
    yield from _unknown_members(path, item, _MEMBERS)
    if item.get("name") is None:
        yield Fault((*path, "name"), "missing")
    for member in ("name", "unit"):
        if (text := item.get(member)) is not None:
            yield from _text_faults((*path, member), text)
    for member, words in _WORDS.items():
        value = item.get(member)
        if value is not None and value not in words:
            yield Fault((*path, member), "not_one_of", value, "one_of", words, {"values": ", ".join(words)})


def _unknown_members(path: Path, members: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Fault]:
    for member in members:
        if member not in known:
            yield Fault((*path, member), "unknown_member", members[member], options=known)


def _text_faults(path: Path, text: Any) -> Iterator[Fault]:
    if not isinstance(text, str):
        yield Fault(path, "wrong_type", text, "text")
    elif not text.strip():
        yield Fault(path, "empty", text)
    elif len(text) > LONGEST:
        yield Fault(path, "too_long", text, details={"most": LONGEST})
