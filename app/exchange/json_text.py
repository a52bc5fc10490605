"""JSON text → values, each with its place (RFC 8259). Members that are given twice and numbers without bound are refused."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json import decoder as json_decoder
from typing import Any, NoReturn

from app.domain.faults import Fault
from app.exchange.budgets import DEEPEST, MOST_TEXT_BYTES, MOST_VALUES
from app.exchange.flaws import Flaw, stop
from app.exchange.json_numbers import JSON_NUMBER, json_number
from app.exchange.places import Lines, Place, Spot, TextPlaces
from app.exchange.reading import Reading
from app.exchange.utf8 import decoded

_scanned: Any = json_decoder.scanstring  # type: ignore[attr-defined]
_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?\w{1,40}")
_HALF = re.compile("[\ud800-\udfff]")
_LITERALS = {"true": True, "false": False, "null": None}
_NOT_FINITE = frozenset({"NaN", "Infinity", "-Infinity"})


def read_json(data: bytes) -> Reading:
    """The values of a JSON document with their places; stops where the text is no longer JSON."""
    text = decoded(data, MOST_TEXT_BYTES)
    if not text.strip():
        stop(Fault((), "empty_document"), Place(1, 1))
    return _Reader(text).reading()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.flaws: list[Flaw] = []
        self.path: list[str | int] = []
        self.values = 0
        self.judged = True

    def reading(self) -> Reading:
        spot = Spot(self._after_space(0))
        value, end = self._value(spot, 1)
        if (rest := self._after_space(end)) < len(self.text):
            self._malformed(rest, "json_end")
        return Reading(value, TextPlaces(spot, self.lines), self.flaws, self.judged)

    def _value(self, spot: Spot, depth: int) -> tuple[Any, int]:
        """The value at a spot and the offset after it; None for one that is flawed."""
        at = spot.value
        self.values += 1
        if self.values > MOST_VALUES:
            self._stop(at, Fault((), "too_many_values", details={"most": MOST_VALUES}))
        first = self.text[at : at + 1]
        if first == '"':
            return self._text(at)
        if first in ("{", "["):
            if depth > DEEPEST:
                self._stop(at, Fault((), "too_deep", details={"most": DEEPEST}))
            return self._object(spot, depth) if first == "{" else self._list(spot, depth)
        if number := JSON_NUMBER.match(self.text, at):
            return self._unless_flawed(json_number(number), at), number.end()
        return self._literal(at)

    def _object(self, spot: Spot, depth: int) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}
        at = self._after_space(spot.value + 1)
        if self.text.startswith("}", at):
            return members, at + 1
        while True:
            at = self._member(members, spot, at, depth)
            if self.text.startswith("}", at):
                return members, at + 1
            at = self._after_space(self._past(",", at, "json_next_member"))

    def _member(self, members: dict[str, Any], spot: Spot, at: int, depth: int) -> int:
        """Reads a member and gives the offset of what follows it."""
        if not self.text.startswith('"', at):
            self._malformed(at, "json_name")
        self.path.append("")
        name, end = self._text(at)
        name = name or ""
        self.path[-1] = name
        taken = name in members
        if taken:
            self._flaw(at, Fault((), "duplicate_member"))
        colon = self._past(":", self._after_space(end), "json_colon")
        inner = Spot(self._after_space(colon), at)
        flaws_before = len(self.flaws)
        value, end = self._value(inner, depth + 1)
        self.path.pop()
        if taken:
            self.judged &= not isinstance(value, dict | list)
        elif len(self.flaws) == flaws_before or value is not None:
            members[name] = value
            spot.inner[name] = inner
        return self._after_space(end)

    def _list(self, spot: Spot, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        at = self._after_space(spot.value + 1)
        if self.text.startswith("]", at):
            return items, at + 1
        while True:
            inner = spot.inner[len(items)] = Spot(at)
            self.path.append(len(items))
            value, end = self._value(inner, depth + 1)
            self.path.pop()
            items.append(value)
            at = self._after_space(end)
            if self.text.startswith("]", at):
                return items, at + 1
            at = self._after_space(self._past(",", at, "json_next_item"))

    def _text(self, at: int) -> tuple[str | None, int]:
        try:
            text, end = _scanned(self.text, at + 1, True)
        except JSONDecodeError as error:
            self._broken_text(at, error)
        if not text.isascii() and (half := _HALF.search(text)):
            self._flaw(at, Fault((), "lone_surrogate", f"\\u{ord(half[0]):04x}"))
            return None, end
        return text, end

    def _broken_text(self, at: int, error: JSONDecodeError) -> NoReturn:
        if error.msg.startswith("Unterminated"):
            self._stop(at, Fault((), "unfinished_json", expectation="json_quote"))
        escape = self.text.startswith("\\", error.pos - 1)
        begin = error.pos - 1 if escape else error.pos
        found = self.text[begin : begin + (2 if escape or self.text[begin] == "\\" else 1)]
        self._stop(begin, Fault((), "malformed_json", found, "json_escape"))

    def _unless_flawed(self, number: int | float | Fault, at: int) -> int | float | None:
        if not isinstance(number, Fault):
            return number
        self._flaw(at, number)
        return None

    def _literal(self, at: int) -> tuple[Any, int]:
        found = _WORD.match(self.text, at)
        word = found[0] if found else ""
        if word in _LITERALS:
            return _LITERALS[word], at + len(word)
        if word not in _NOT_FINITE:
            self._malformed(at, "json_value")
        self._flaw(at, Fault((), "not_finite", word, "finite"))
        return None, at + len(word)

    def _after_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _past(self, sign: str, at: int, expectation: str) -> int:
        if not self.text.startswith(sign, at):
            self._malformed(at, expectation)
        return at + 1

    def _malformed(self, at: int, expectation: str) -> NoReturn:
        if at >= len(self.text):
            self._stop(at, Fault((), "unfinished_json", expectation=expectation))
        word = _WORD.match(self.text, at)
        self._stop(at, Fault((), "malformed_json", word[0] if word else self.text[at], expectation))

    def _flaw(self, at: int, fault: Fault) -> None:
        self.flaws.append(Flaw(fault._replace(path=tuple(self.path)), self.lines.place(at)))

    def _stop(self, at: int, fault: Fault) -> NoReturn:
        stop(fault._replace(path=tuple(self.path)), self.lines.place(at), self.flaws)
