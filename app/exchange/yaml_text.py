"""YAML text → values as JSON knows them, each with its place.

Only `null`, `true`, `false` and numbers as JSON writes them are more than text: `no` is text, and so is a day. Tags, merge keys, further
documents and members that are given twice are refused; aliases are written out, and what they stand for is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

import yaml

from app.domain.faults import Fault
from app.exchange.budgets import DEEPEST, MOST_TEXT_BYTES, MOST_VALUES
from app.exchange.flaws import Flaw, stop
from app.exchange.json_numbers import JSON_NUMBER, json_number
from app.exchange.places import Lines, Place, Spot, TextPlaces
from app.exchange.reading import Reading
from app.exchange.utf8 import decoded
from app.exchange.yaml_faults import yaml_fault

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LITERALS = {"": None, "~": None, "null": None, "true": True, "false": False}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""Characters that YAML does not carry unless they are escaped."""

_DIRECTIVE = re.compile("^%(?!YAML )", re.MULTILINE)


class _Anchored(NamedTuple):
    """What an alias stands for: the value, its places, how many values it holds and how deep it nests."""

    value: Any
    spot: Spot
    values: int
    levels: int


def read_yaml(data: bytes) -> Reading:
    """The values of a YAML document with their places; stops where the text is no longer YAML."""
    text = decoded(data, MOST_TEXT_BYTES)
    lines = Lines(text)
    if bad := _UNWRITABLE.search(text):
        fault = Fault((), "bad_character", details={"character": f"U+{ord(bad[0]):04X}"})
        stop(fault, lines.place(bad.start()))
    if directive := _DIRECTIVE.search(text):
        stop(Fault((), "malformed_yaml", details={"reason": "directive"}), lines.place(directive.start()))
    return _Reader(text, lines).reading()


class _Reader:
    def __init__(self, text: str, lines: Lines) -> None:
        self.lines = lines
        self.parser = _Parser(text)
        self.text = text
        self.flaws: list[Flaw] = []
        self.path: list[str | int] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.values = 0
        self.deepest = 0
        self.judged = True

    def reading(self) -> Reading:
        try:
            return self._reading()
        except yaml.YAMLError as error:
            fault, offset = yaml_fault(error, self.text)
            stop(fault, self.lines.place(offset), self.flaws)
        finally:
            self.parser.dispose()

    def _reading(self) -> Reading:
        events = self._events()
        next(events)
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            stop(Fault((), "empty_document"), Place(1, 1))
        root = next(events)
        spot = Spot(root.start_mark.index)
        value = self._node(root, events, spot, 1)
        next(events)
        if value is None and not self.flaws:
            stop(Fault((), "empty_document"), Place(1, 1))
        further = next(events)
        if not isinstance(further, yaml.StreamEndEvent):
            self._flaw(further, Fault((), "several_documents"))
        return Reading(value, TextPlaces(spot, self.lines), self.flaws, self.judged)

    def _events(self) -> Iterator[Any]:
        while self.parser.check_event():
            yield self.parser.get_event()

    def _node(self, event: Any, events: Iterator[Any], spot: Spot, depth: int) -> Any:
        """The value that begins with an event; None for one that is flawed."""
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event, spot, depth)
        values_before, deepest_before = self.values, self.deepest
        self._count(event, 1)
        if event.anchor:
            self.anchors[event.anchor] = None
        if event.tag is not None:
            self._flaw(event, Fault((), "tagged", _tag(event.tag)))
        if isinstance(event, yaml.ScalarEvent):
            value, levels = self._scalar(event), 0
        else:
            self.deepest = depth
            if depth > DEEPEST:
                self._stop(event, Fault((), "too_deep", details={"most": DEEPEST}))
            make = self._object if isinstance(event, yaml.MappingStartEvent) else self._list
            value = make(events, spot, depth)
            levels, self.deepest = self.deepest - depth + 1, max(self.deepest, deepest_before)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(value, spot, self.values - values_before, levels)
        if event.tag is not None:
            self.judged &= not isinstance(value, dict | list)
            return None
        return value

    def _object(self, events: Iterator[Any], spot: Spot, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self._member(members, event, events, spot, depth)
        return members

    def _member(self, members: dict[str, Any], name: Any, events: Iterator[Any], spot: Spot, depth: int) -> None:
        fault = self._name_fault(members, name)
        self.path.append(name.value if isinstance(name, yaml.ScalarEvent) else "")
        if fault:
            self._flaw(name, Fault((), fault))
        if not isinstance(name, yaml.ScalarEvent):
            self._node(name, events, Spot(name.start_mark.index), depth + 1)
        elif name.tag is not None:
            self._flaw(name, Fault((), "tagged", _tag(name.tag)))
        event = next(events)
        inner = Spot(event.start_mark.index, name.start_mark.index)
        flaws_before = len(self.flaws)
        value = self._node(event, events, inner, depth + 1)
        self.path.pop()
        if fault:
            self.judged &= not isinstance(value, dict | list)
        elif len(self.flaws) == flaws_before or value is not None:
            members[name.value] = value
            spot.inner[name.value] = inner

    def _name_fault(self, members: dict[str, Any], name: Any) -> str | None:
        if not isinstance(name, yaml.ScalarEvent) or (name.value == "" and name.implicit[0]):
            return "nameless_member"
        if name.value == "<<" and name.implicit[0]:
            return "merge_key"
        return "duplicate_member" if name.value in members else None

    def _list(self, events: Iterator[Any], spot: Spot, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            inner = spot.inner[len(items)] = Spot(event.start_mark.index)
            self.path.append(len(items))
            items.append(self._node(event, events, inner, depth + 1))
            self.path.pop()
        return items

    def _scalar(self, event: Any) -> Any:
        written = event.value
        if not event.implicit[0]:
            return written
        if written in _LITERALS:
            return _LITERALS[written]
        found = JSON_NUMBER.fullmatch(written)
        number = json_number(found) if found else written
        if isinstance(number, Fault):
            self._flaw(event, number)
            return None
        return number

    def _aliased(self, event: Any, spot: Spot, depth: int) -> Any:
        """A copy of what an alias stands for, so that nothing in the document is shared."""
        name = event.anchor
        if name not in self.anchors:
            self._flaw(event, Fault((), "unknown_alias", name))
            return None
        anchored = self.anchors[name]
        if anchored is None:
            self._flaw(event, Fault((), "alias_in_itself", name))
            return None
        self._count(event, anchored.values)
        self.deepest = max(self.deepest, depth + anchored.levels - 1)
        if self.deepest > DEEPEST:
            self._stop(event, Fault((), "too_deep", details={"most": DEEPEST}))
        spot.inner = anchored.spot.inner
        return _copied(anchored.value)

    def _count(self, event: Any, values: int) -> None:
        self.values += values
        if self.values > MOST_VALUES:
            self._stop(event, Fault((), "too_many_values", details={"most": MOST_VALUES}))

    def _flaw(self, event: Any, fault: Fault) -> None:
        self.flaws.append(Flaw(fault._replace(path=tuple(self.path)), self._place(event)))

    def _stop(self, event: Any, fault: Fault) -> NoReturn:
        stop(fault._replace(path=tuple(self.path)), self._place(event), self.flaws)

    def _place(self, event: Any) -> Place:
        return self.lines.place(event.start_mark.index)


def _tag(tag: str) -> str:
    """A tag as it is written: `!!str`."""
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(member) for name, member in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
