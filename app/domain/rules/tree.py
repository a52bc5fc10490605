"""The tree of an expression, and its text again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

ORDERED = ("<", "<=", ">", ">=")
COMPARISONS = ("==", "!=", *ORDERED)
ARITHMETIC = ("+", "-", "*", "/")
TEXT_TESTS = ("startsWith", "endsWith", "contains")


class Node(NamedTuple):
    """One node: an operator with its parts, or a name or constant with its value (a number's is a Decimal).

    `op` is `and`, `or`, `not`, `neg`, `in`, `list`, a comparison, an arithmetic sign, a text test, `name`, or the kind
    of a constant. `start` and `end` are characters of the text, `depth` the height of the tree; nodes are equal when they
    say the same, wherever they stand.
    """

    op: str
    parts: tuple[Node, ...] = ()
    value: Any = None
    start: int = 0
    end: int = 0
    depth: int = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self[:3] == other[:3]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:3])

    def names(self) -> Iterator[Node]:
        """Every name in it, from left to right."""
        if self.op == "name":
            yield self
        for part in self.parts:
            yield from part.names()

    def all(self) -> Iterator[Node]:
        """It, and every part of it."""
        yield self
        for part in self.parts:
            yield from part.all()


def render(node: Node) -> str:
    """An expression as text, with the brackets that its meaning needs."""
    if node.op in ("and", "or"):
        return f" {'&&' if node.op == 'and' else '||'} ".join(_within(part, node, right=True) for part in node.parts)
    if node.op in ("not", "neg"):
        return ("!" if node.op == "not" else "-") + _within(node.parts[0], node)
    if node.op == "list":
        return f"[{', '.join(map(render, node.parts))}]"
    if node.op in TEXT_TESTS:
        return f"{render(node.parts[0])}.{node.op}({render(node.parts[1])})"
    if node.parts:
        left, right = node.parts
        return f"{_within(left, node)} {node.op} {_within(right, node, right=True)}"
    return _atom(node)


def fields_read(node: Node) -> tuple[str, ...]:
    """The names that an expression reads, each once, in alphabetical order."""
    return tuple(sorted({name.value for name in node.names()}))


def _within(part: Node, whole: Node, *, right: bool = False) -> str:
    """A part in its brackets, where it binds less tightly than what it stands in, or as tightly and not at its left end."""
    needs = tightness(part) < tightness(whole) + (right or whole.op in COMPARISONS or whole.op == "in")
    if whole.op == "neg" and part.op == "number":
        needs = True
    return f"({render(part)})" if needs and part.op != "list" else render(part)


def tightness(node: Node) -> int:
    """How tightly an operator binds its parts: more than those with a lower number."""
    if node.op in COMPARISONS or node.op == "in":
        return 2
    return {"or": 0, "and": 1, "+": 3, "-": 3, "*": 4, "/": 4, "not": 5, "neg": 5}.get(node.op, 6)


def _atom(node: Node) -> str:
    if node.op == "text":
        escaped = str(node.value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if node.op == "bool":
        return "true" if node.value else "false"
    if isinstance(node.value, Decimal):
        return f"{node.value:f}"
    return "null" if node.op == "null" else str(node.value)
