"""A plain tree walk in exact fractions: what a condition means, written a second time and as simply as possible."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from app.domain.rules.schema import FactKind
from app.domain.rules.tree import Node

COMPARE = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def meaning(node: Node, row: Mapping[str, Any], kind: FactKind) -> Any:
    """The value of a node on a row: True, False, a Fraction, a text or a tuple of texts; None when it is unknown."""
    if node.op == "name":
        return _fact(row[node.value], kind.fields[node.value].type, kind.fields[node.value].digits)
    if node.op == "number":
        return Fraction(node.value)
    if node.op == "list":
        return [meaning(part, row, kind) for part in node.parts]
    if not node.parts:
        return node.value
    if node.op in ("==", "!=") and any(part.op == "null" for part in node.parts):
        gone = all(meaning(part, row, kind) is None for part in node.parts)
        return gone is (node.op == "==")
    parts = [meaning(part, row, kind) for part in node.parts]
    if node.op == "and":
        return False if False in parts else None if None in parts else True
    if node.op == "or":
        return True if True in parts else None if None in parts else False
    if None in parts:
        return None
    return _of_known(node.op, parts)


def _of_known(op: str, parts: list[Any]) -> Any:
    first, second = parts[0], parts[-1]
    if op == "not":
        return not first
    if op == "neg":
        return -first
    if op in COMPARE:
        return COMPARE[op](first, second)
    if op == "in":
        return first in second
    if op == "startsWith":
        return first[: len(second)] == second
    if op == "endsWith":
        return first[len(first) - len(second) :] == second if len(second) <= len(first) else False
    if op == "contains":
        return second in first
    if op == "/":
        return None if second == 0 else Fraction(round(first / second * 10**6), 10**6)
    return {"+": first + second, "-": first - second, "*": first * second}[op]


def _fact(value: Any, type_: str, digits: int) -> Any:
    if value is None or type_ not in ("int", "decimal"):
        return value
    return Fraction(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))
