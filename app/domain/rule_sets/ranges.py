"""Numbers over boxes: the range in which an expression lies, and whether it may have no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.domain.rule_sets.boxes import Box, Span
from app.domain.rules.decimals import QUOTIENT_SCALE, constant, digits, quotient
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import Node
from app.domain.rules.types import scale_of


class Range(NamedTuple):
    """Whole numbers at a scale that an expression may come to; None when it comes to none at all."""

    span: Span | None
    open: bool


Numbers = Callable[[Box], Range]


def compile_range(node: Node, kind: FactKind) -> tuple[Numbers, int]:
    """Where a number may lie, and at which scale."""
    if node.op == "number":
        scale = digits(node.value)
        whole = constant(node.value, scale)
        return _always_range(Range(Span(whole, whole), False)), scale
    if node.op == "name":
        return _field_range(node.value), kind.fields[node.value].digits
    inner = [compile_range(part, kind) for part in node.parts]
    first, left = inner[0]
    if node.op == "neg":
        return _of(first, _always_range(Range(Span(-1, -1), False)), _product), left
    second, right = inner[1]
    scale = scale_of(node.op, left, right)
    if node.op == "*":
        return _of(first, second, _product), scale
    if node.op == "/":
        return _divided(first, second, QUOTIENT_SCALE + right - left), scale
    up, other = 10 ** (scale - left), 10 ** (scale - right)
    sign = 1 if node.op == "+" else -1
    return _of(first, second, lambda a, b: a * up + sign * b * other), scale


def _product(a: int, b: int) -> int:
    return a * b


def _of(first: Numbers, second: Numbers, operate: Callable[[int, int], int]) -> Numbers:
    """A sum, difference or product: its extremes lie at the ends of its parts."""

    def read(box: Box) -> Range:
        one, two = first(box), second(box)
        if one.span is None or two.span is None:
            return Range(None, True)
        found = [operate(a, b) for a in one.span for b in two.span]
        return Range(Span(min(found), max(found)), one.open or two.open)

    return read


def _divided(first: Numbers, second: Numbers, shift: int) -> Numbers:
    """A quotient: its extremes lie at the ends of its parts, on each side of zero, where it has no value."""
    up, down = 10 ** max(0, shift), 10 ** max(0, -shift)

    def read(box: Box) -> Range:
        one, two = first(box), second(box)
        if one.span is None or two.span is None:
            return Range(None, True)
        divisors = [Span(two.span.least, min(two.span.most, -1)), Span(max(two.span.least, 1), two.span.most)]
        found = [quotient(a * up, b * down) for part in divisors if not part.is_empty for b in part for a in one.span]
        crosses = two.span.least <= 0 <= two.span.most
        return Range(Span(min(found), max(found)) if found else None, one.open or two.open or crosses)

    return read


def _field_range(name: str) -> Numbers:
    def read(box: Box) -> Range:
        side = box.sides[name]
        return Range(side.span if side.there else None, side.gone)

    return read


def _always_range(found: Range) -> Numbers:
    return lambda box: found
