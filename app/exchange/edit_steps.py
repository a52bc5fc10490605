"""One step of a patch, done in a text: what it does not touch stays as it is, byte for byte.

A comment stays unless it ends a line that goes. A new member stands where the document's description has it among its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.document.members import member_at, members_of
from app.domain.errors import ConcordError
from app.domain.json_patch import Operation, pointer
from app.exchange.edit_nodes import Entry, Node
from app.exchange.edit_words import Words, YamlWords

FAR_RIGHT, STEP = 60, 4
"""Columns up to which a further line between brackets stands under their first entry, and how far it is stepped in otherwise."""

_BEFORE_COMMENT = re.compile(r" +(?=#)")


class CannotEdit(ConcordError):
    """A text cannot be changed faithfully, and why."""


def stepped(text: str, root: Node, step: Operation, words: Words) -> str:
    """The text after an `add`, `replace` or `remove`; raises CannotEdit."""
    path = pointer(step["path"])
    if not path:
        raise CannotEdit("the document as a whole would be another")
    *way, token = path
    node, holder = _found(root, way)
    editor = _Editor(text, words, node, holder, way)
    if step["op"] == "add":
        place = node.at(token)
        if node.shape == "object" and place is not None:
            return editor.replace(node.entries[place], step["value"])
        return editor.add(token, step["value"])
    place = node.at(token)
    if place is None:
        raise CannotEdit(f"{step['path']} is not in the file")
    if step["op"] == "remove":
        return editor.remove(place)
    return editor.replace(node.entries[place], step["value"])


def _found(root: Node, way: Sequence[str]) -> tuple[Node, Entry | None]:
    """The object or list that a path leads to, and the entry that holds it."""
    node, holder = root, None
    for token in way:
        place = node.at(token)
        if place is None:
            raise CannotEdit(f"{'/'.join(way)} is not in the file")
        holder = node.entries[place]
        node = holder.value
    if node.shared:
        raise CannotEdit(f"{'/'.join(way)} stands for several places of the file (an anchor); write it out first")
    return node, holder


class _Editor:
    def __init__(self, text: str, words: Words, node: Node, holder: Entry | None, way: Sequence[str]) -> None:
        self._text, self._words, self._node, self._holder = text, words, node, holder
        self._way = [int(token) if token.isdecimal() else token for token in way]

    def replace(self, entry: Entry, value: Any) -> str:
        """The text with another value in an entry."""
        old = entry.value
        if old.shared:
            raise CannotEdit("the value stands for several places of the file (an anchor); write it out first")
        if isinstance(value, float) and value.is_integer() and "." not in self._text[old.start : old.end]:
            value = int(value)
        written = self._words.value(value, entry.name or "", old.quote, self._margin_of(entry))
        return self._replaced(old.start, old.end, self._apart(old.start, written))

    def add(self, token: str, value: Any) -> str:
        """The text with a new member, or a new item at a place."""
        node = self._node
        if node.shape == "object":
            before, after = self._neighbours(token)
            return (
                self._member_in_flow(token, value, before, after)
                if node.flow
                else self._member(token, value, before, after)
            )
        place = len(node.entries) if token == "-" else int(token)
        if not node.entries and isinstance(self._words, YamlWords) and isinstance(value, Mapping):
            return self._first_item(value)
        return self._item_in_flow(place, value) if node.flow else self._item(place, value)

    def remove(self, place: int) -> str:
        """The text without an entry."""
        node, entries = self._node, self._node.entries
        entry = entries[place]
        if node.flow:
            if place:
                return self._spliced(entries[place - 1].value.end, entry.value.end, "")
            return self._spliced(entry.start, entries[1].start if len(entries) > 1 else entry.value.end, "")
        if len(entries) == 1:
            return self._emptied(entry)
        if self._is_first_on_line(entry.start):
            return self._spliced(self._line_start(entry.start), self._next_line(entry.value.end), "")
        return self._spliced(entry.start, entries[place + 1].start, "")

    def _member(self, name: str, value: Any, before: Entry | None, after: Entry | None) -> str:
        words, node = self._words, self._node
        assert isinstance(words, YamlWords)
        margin = " " * node.column
        written = words.member_block(name, value, node.entries[0].name_quote, node.column)
        if before is None:
            assert after is not None
            return self._spliced(after.start, after.start, f"{written}{words.newline}{margin}")
        return self._on_new_line(before.value.end, f"{margin}{written}")

    def _member_in_flow(self, name: str, value: Any, before: Entry | None, after: Entry | None) -> str:
        node = self._node
        quote = node.entries[0].name_quote if node.entries else ""
        margin = self._margin_of(before or after) if node.entries else None
        written = self._words.member(name, value, quote, margin)
        if margin is None and node.entries:
            nearby = before.value.end if before else node.start
            if not self._has_room(written, nearby):
                before, after = node.entries[-1], None
                margin = None if self._has_room(written, before.value.end) else self._margin()
        return self._in_flow(written, before, after, margin)

    def _item(self, place: int, value: Any) -> str:
        words, node = self._words, self._node
        assert isinstance(words, YamlWords)
        margin = " " * node.column
        like = node.entries[max(place - 1, 0)]
        written = words.item_block(value, like.value, node.column)
        if place == 0:
            return self._spliced(like.start, like.start, f"{written}{words.newline}{margin}")
        return self._on_new_line(like.value.end, f"{margin}{written}")

    def _item_in_flow(self, place: int, value: Any) -> str:
        entries = self._node.entries
        before = entries[place - 1] if place else None
        after = entries[place] if place < len(entries) else None
        margin = self._margin_of(before or after) if entries else None
        written = self._words.value(value, margin=margin)
        if margin is None and before is not None and not self._has_room(written, before.value.end):
            margin = self._margin()
        return self._in_flow(written, before, after, margin)

    def _first_item(self, value: Any) -> str:
        """An item on a line of its own, in a list that had none."""
        words, node, holder = self._words, self._node, self._holder
        assert isinstance(words, YamlWords)
        if holder is None or not holder.colon or not self._is_first_on_line(holder.start):
            return self._in_flow(words.value(value), None, None, None)
        column = self._column(holder.start) + 2
        margin = f"{words.newline}{' ' * column}"
        return self._spliced(holder.colon, node.end, f"{margin}{words.item_block(value, None, column)}")

    def _in_flow(self, written: str, before: Entry | None, after: Entry | None, margin: str | None) -> str:
        """Between brackets, after an entry or before one; on a line of its own where a margin is given."""
        words, node = self._words, self._node
        if before is None:
            rest = "" if after is None else words.comma if margin is None else f",{words.newline}{margin}"
            at = node.start + 1 if after is None else after.start
            return self._spliced(at, at, f"{written}{rest}")
        gap = words.comma if margin is None else f",{words.newline}{margin}"
        return self._spliced(before.value.end, before.value.end, f"{gap}{written}")

    def _has_room(self, written: str, at: int) -> bool:
        """Whether the line of an offset may grow so much, what follows the brackets left out; lines of JSON may be of any length."""
        words = self._words
        end = min(self._line_end(at), self._node.end) - self._line_start(at)
        return not isinstance(words, YamlWords) or end + len(words.comma) + len(written) <= words.width

    def _margin(self) -> str:
        """The blanks before a further line between the brackets: under the first entry, or a step in where that stands far to the right."""
        first = self._node.entries[0].start
        under = self._column(first)
        if under <= FAR_RIGHT:
            return " " * under
        line = self._text[self._line_start(first) : first]
        return " " * (len(line) - len(line.lstrip(" ")) + STEP)

    def _emptied(self, entry: Entry) -> str:
        """A block without its only entry: brackets with nothing between them after the name that holds it."""
        node, holder, brackets = self._node, self._holder, "[]" if self._node.shape == "list" else "{}"
        start, end = self._line_start(entry.start), self._next_line(entry.value.end)
        if holder is None or not holder.colon or not self._is_first_on_line(entry.start):
            return self._spliced(node.start, node.end, brackets)
        return f"{self._text[: holder.colon]} {brackets}{self._text[holder.colon : start]}{self._text[end:]}"

    def _neighbours(self, name: str) -> tuple[Entry | None, Entry | None]:
        """The entry after which a member belongs, by the order of the document; else the one before which it does."""
        entries = self._node.entries
        part = member_at(self._way)
        order = list(members_of(part.part)) if part is not None and part.part is not None else []
        if name not in order:
            return (entries[-1] if entries else None), None
        earlier = [e for e in entries if e.name in order and order.index(e.name) < order.index(name)]
        if earlier:
            return max(earlier, key=lambda e: (order.index(str(e.name)), e.start)), None
        return None, entries[0] if entries else None

    def _margin_of(self, entry: Entry | None) -> str | None:
        """The white space that an entry's line begins with, where the line begins with the entry."""
        if entry is None or not self._is_first_on_line(entry.start):
            return None
        return self._text[self._line_start(entry.start) : entry.start]

    def _apart(self, at: int, written: str) -> str:
        """A value, with a blank before it where it would follow a colon."""
        return f" {written}" if at and self._text[at - 1] == ":" else written

    def _replaced(self, start: int, end: int, written: str) -> str:
        """Another value in a line; a comment behind it stays in its column where there is room."""
        behind = _BEFORE_COMMENT.match(self._text, end)
        if behind is None or "\n" in self._text[start:end] + written:
            return self._spliced(start, end, written)
        blanks = max(1, len(behind[0]) - (len(written) - (end - start)))
        return self._spliced(start, behind.end(), written + " " * blanks)

    def _on_new_line(self, after: int, written: str) -> str:
        end = self._line_end(after)
        return self._spliced(end, end, f"{self._words.newline}{written}")

    def _spliced(self, start: int, end: int, written: str) -> str:
        return f"{self._text[:start]}{written}{self._text[end:]}"

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _is_first_on_line(self, at: int) -> bool:
        return not self._text[self._line_start(at) : at].strip()

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The end of the line, before the sign that ends it."""
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        return end - 1 if end > at and self._text[end - 1] == "\r" else end

    def _next_line(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end + 1
