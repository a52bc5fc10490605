"""What a row lacks for a condition to hold: the fewest sub-conditions that would have to come out otherwise.

A row that lacks one is a near miss. What is unknown lacks just as what fails does; negation is kept, as in `explain`.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.findings import Condition
from app.domain.rules.explain import compile_leaf
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import Node
from app.domain.rules.walk import Row

Lacking = Callable[[Row], tuple[Condition, ...]]


def compile_lacking(node: Node, kind: FactKind) -> Lacking:
    """A checked condition as a function of a row: the sub-conditions that it lacks, from left to right; none where it holds."""
    found = _compiled(node, kind, denied=False)

    def lacking(row: Row) -> tuple[Condition, ...]:
        return tuple({condition.expression: condition for condition in found(row)}.values())

    return lacking


def _compiled(node: Node, kind: FactKind, *, denied: bool) -> Lacking:
    if node.op == "not":
        return _compiled(node.parts[0], kind, denied=not denied)
    if node.op in ("and", "or"):
        parts = [_compiled(part, kind, denied=denied) for part in node.parts]
        return _of_all(parts) if (node.op == "and") is not denied else _of_the_nearest(parts)
    leaf = compile_leaf(node, kind, denied=denied)

    def lacks(row: Row) -> tuple[Condition, ...]:
        held, conditions = leaf(row)
        return () if held else conditions

    return lacks


def _of_all(parts: list[Lacking]) -> Lacking:
    return lambda row: tuple(condition for part in parts for condition in part(row))


def _of_the_nearest(parts: list[Lacking]) -> Lacking:
    return lambda row: min((part(row) for part in parts), key=len)
