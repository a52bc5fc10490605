"""YAML and JSON texts as trees of stretches: where each value, name and item begins and ends, so that one can be changed in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from json import decoder as json_decoder
from typing import Any, Literal

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_scanned: Any = json_decoder.scanstring  # type: ignore[attr-defined]
_SPACE = " \t\r\n"
_AFTER_SCALAR = frozenset(",]}" + _SPACE)

Shape = Literal["object", "list", "scalar"]


@dataclass(slots=True, eq=False)
class Node:
    """A value in a text, from `start` up to `end`.

    `flow`: written between brackets. `quote`: the sign around a scalar, `|` or `>` for a block of text, empty for none. `shared`: it
    stands for several places of the document. `column`: of its first entry, in a block.
    """

    shape: Shape
    start: int
    end: int
    flow: bool = True
    quote: str = ""
    shared: bool = False
    column: int = 0
    entries: tuple[Entry, ...] = ()

    def at(self, token: str) -> int | None:
        """The place of the entry that a token of a JSON Pointer names."""
        if self.shape == "list":
            return int(token) if token.isdecimal() and int(token) < len(self.entries) else None
        return next((n for n, entry in enumerate(self.entries) if entry.name == token), None)


@dataclass(slots=True, eq=False)
class Entry:
    """A member of an object, or an item of a list (no name). `start`: of its name, of its dash, else of its value.

    `colon`: the offset after the colon of a member.
    """

    name: str | None
    start: int
    value: Node
    colon: int = 0
    name_quote: str = ""


def yaml_nodes(text: str) -> Node:
    """The tree of a YAML text that is known to be a document."""
    root = yaml.compose(text, Loader=_Loader)
    uses: Counter[int] = Counter()
    _count(root, uses)
    return _yaml_node(root, text, uses, shared=False)


def json_nodes(text: str) -> Node:
    """The tree of a JSON text that is known to be well-formed."""
    return _json_node(text, _after_space(text, 0))


def _count(node: Any, uses: Counter[int]) -> None:
    uses[id(node)] += 1
    if uses[id(node)] > 1:
        return
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _count(value, uses)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _count(item, uses)


def _yaml_node(node: Any, text: str, uses: Counter[int], *, shared: bool) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    shared = shared or uses[id(node)] > 1
    if isinstance(node, yaml.ScalarNode):
        return Node("scalar", start, _trimmed(text, start, end), quote=node.style or "", shared=shared)
    if isinstance(node, yaml.MappingNode):
        shape: Shape = "object"
        entries = tuple(_yaml_member(name, value, text, uses, shared) for name, value in node.value)
    else:
        shape = "list"
        entries = tuple(_yaml_item(item, node, text, uses, shared) for item in node.value)
    if not node.flow_style and entries:
        end = entries[-1].value.end
    column = node.value[0][0].start_mark.column if shape == "object" and entries else node.start_mark.column
    return Node(shape, start, end, bool(node.flow_style), shared=shared, column=column, entries=entries)


def _yaml_member(name: Any, value: Any, text: str, uses: Counter[int], shared: bool) -> Entry:
    colon = text.index(":", name.end_mark.index) + 1
    inner = _yaml_node(value, text, uses, shared=shared)
    if inner.shape == "scalar" and not inner.quote and inner.start >= inner.end:
        inner.start = inner.end = colon
    return Entry(name.value, name.start_mark.index, inner, colon, name.style or "")


def _yaml_item(item: Any, parent: Any, text: str, uses: Counter[int], shared: bool) -> Entry:
    inner = _yaml_node(item, text, uses, shared=shared)
    start = inner.start if parent.flow_style else text.rindex("-", 0, max(inner.start, 1))
    return Entry(None, start, inner)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a scalar without the white space that belongs to nobody."""
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return end


def _json_node(text: str, at: int) -> Node:
    first = text[at]
    if first == '"':
        return Node("scalar", at, _scanned(text, at + 1, True)[1], quote='"')
    if first not in "{[":
        end = at
        while end < len(text) and text[end] not in _AFTER_SCALAR:
            end += 1
        return Node("scalar", at, end)
    entries: list[Entry] = []
    inner = _after_space(text, at + 1)
    while text[inner] not in "]}":
        entry = _json_member(text, inner) if first == "{" else Entry(None, inner, _json_node(text, inner))
        entries.append(entry)
        inner = _after_space(text, entry.value.end)
        if text[inner] == ",":
            inner = _after_space(text, inner + 1)
    return Node("object" if first == "{" else "list", at, inner + 1, entries=tuple(entries))


def _json_member(text: str, at: int) -> Entry:
    name, end = _scanned(text, at + 1, True)
    colon = text.index(":", end) + 1
    return Entry(name, at, _json_node(text, _after_space(text, colon)), colon, '"')


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
