"""A tree walk over one row: true, false or unknown (Kleene). Small tables and explanations use it.

A tree is compiled once to nested functions; the kernel over columns (`evaluate`) must agree with it on every cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from app.domain.rules.decimals import EXACT, QUOTIENT_SCALE, SURE, constant, digits, exactly, plain, quotient
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import COMPARISONS, TEXT_TESTS, Node, fields_read
from app.domain.rules.types import is_number, scale_of

Row = Mapping[str, Any]
Truth = Callable[[Row], bool | None]
Whole = Callable[[Row], int | None]
"""A number of a row, in units of a scale that stands beside the function."""
Value = Callable[[Row], Any]
Blame = Callable[[Row], tuple[str, ...]]
Test = Callable[[Any, Any], bool]

COMPARE: Mapping[str, Test] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def starts_with(text: str, said: str) -> bool:
    """Whether a text begins with another."""
    return text.startswith(said)


def ends_with(text: str, said: str) -> bool:
    """Whether a text ends with another."""
    return text.endswith(said)


def contains(text: Any, said: str) -> bool:
    """Whether a text holds another, or a list of words one of them."""
    return said in text


TEST: Mapping[str, Test] = {"startsWith": starts_with, "endsWith": ends_with, "contains": contains}


def truth(node: Node, row: Row, kind: FactKind) -> bool | None:
    """Whether a checked condition holds on a row; None when it is unknown."""
    return compile_walk(node, kind)(row)


def number(node: Node, row: Row, kind: FactKind) -> float | None:
    """A checked number on a row; None when it is unknown."""
    value, scale = compile_number(node, kind)
    whole = value(row)
    return None if whole is None else plain(whole, scale)


def missing(node: Node, row: Row, kind: FactKind) -> tuple[str, ...]:
    """The fields that made a condition or number unknown on a row, in alphabetical order; none when it is known.

    Where nothing is missing and something is divided by zero, these are the fields of the quotient.
    """
    return compile_missing(node, kind)(row)


def compile_walk(node: Node, kind: FactKind) -> Truth:
    """A checked condition as a function of a row; NaN and infinity raise ValueError."""
    if node.op in ("and", "or"):
        return _joined([compile_walk(part, kind) for part in node.parts], enough=node.op == "or")
    if node.op == "not":
        return _negated(compile_walk(node.parts[0], kind))
    if node.op in COMPARISONS:
        return _comparison(node, kind)
    if node.op == "in":
        return _membership(node, kind)
    if node.op in TEXT_TESTS:
        field, said = node.parts
        return _with_constant(TEST[node.op], _plain(field), said.value)
    return _plain(node)


def compile_missing(node: Node, kind: FactKind) -> Blame:
    """`missing` as a function of a row."""
    value, parts, names = _value(node, kind), [compile_missing(part, kind) for part in node.parts], fields_read(node)

    def blamed(row: Row) -> tuple[str, ...]:
        if value(row) is not None:
            return ()
        found = {name for part in parts for name in part(row)}
        return tuple(sorted(found)) if found else names

    return blamed


def compile_number(node: Node, kind: FactKind) -> tuple[Whole, int]:
    """A checked number as a function of a row, and the scale of what it returns."""
    if node.op == "number":
        scale = digits(node.value)
        return _always(constant(node.value, scale)), scale
    if node.op == "name":
        scale = kind.fields[node.value].digits
        return _reader(node.value, scale), scale
    if node.op == "neg":
        inner, scale = compile_number(node.parts[0], kind)
        return _each(inner, lambda a: -a), scale
    (a, left), (b, right) = (compile_number(part, kind) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if node.op == "*":
        return _both(a, b, lambda x, y: x * y), scale
    if node.op == "/":
        return _quotient(a, b, QUOTIENT_SCALE + right - left), scale
    a, b = _raised(a, scale - left), _raised(b, scale - right)
    return _both(a, b, (lambda x, y: x + y) if node.op == "+" else (lambda x, y: x - y)), scale


def _value(node: Node, kind: FactKind) -> Value:
    if node.op in ("list", "null"):
        return _always(0)
    return compile_number(node, kind)[0] if is_number(node, kind) else compile_walk(node, kind)


def _joined(parts: list[Truth], *, enough: bool) -> Truth:
    """`||` when one true part is enough, `&&` when one false part is."""

    def joined(row: Row) -> bool | None:
        found: bool | None = not enough
        for part in parts:
            held = part(row)
            if held is enough:
                return enough
            if held is None:
                found = None
        return found

    return joined


def _negated(inner: Truth) -> Truth:
    def negated(row: Row) -> bool | None:
        held = inner(row)
        return None if held is None else not held

    return negated


def _comparison(node: Node, kind: FactKind) -> Truth:
    left, right = node.parts
    if "null" in (left.op, right.op):
        return _null_test((right if left.op == "null" else left).value, gone=node.op == "==")
    test = COMPARE[node.op]
    if not is_number(left, kind):
        a, b = _word_or_truth(left, kind), _word_or_truth(right, kind)
        return _with_constant(test, a, right.value) if right.op in ("text", "bool") else _compared(test, a, b)
    (a, a_scale), (b, b_scale) = compile_number(left, kind), compile_number(right, kind)
    a = _raised(a, b_scale - a_scale)
    if right.op == "number":
        return _with_constant(test, a, constant(right.value, max(a_scale, b_scale)))
    return _compared(test, a, _raised(b, a_scale - b_scale))


def _membership(node: Node, kind: FactKind) -> Truth:
    left, options = node.parts[0], node.parts[1].parts
    if not is_number(left, kind):
        return _with_constant(_among, _word_or_truth(left, kind), frozenset(o.value for o in options))
    value, scale = compile_number(left, kind)
    most = max(scale, *(digits(o.value) for o in options))
    return _with_constant(_among, _raised(value, most - scale), frozenset(constant(o.value, most) for o in options))


def _among(value: Any, options: Any) -> bool:
    return value in options


def _null_test(name: str, *, gone: bool) -> Truth:
    return lambda row: (row.get(name) is None) is gone


def _word_or_truth(node: Node, kind: FactKind) -> Value:
    return _plain(node) if node.op in ("name", "text", "bool") else compile_walk(node, kind)


def _plain(node: Node) -> Value:
    value = node.value
    return (lambda row: row.get(value)) if node.op == "name" else _always(value)


def _always(value: Any) -> Value:
    return lambda row: value


def _reader(name: str, scale: int) -> Whole:
    """A field in units of its scale: by double arithmetic where that is sure, else by its decimal digits."""
    units, factor = 10**scale, 10.0**scale

    def read(row: Row) -> int | None:
        value = row.get(name)
        if value is None:
            return None
        if value.__class__ is int:
            return int(value * units)
        product = value * factor
        if -EXACT < product < EXACT:
            near: int = round(product)
            if -SURE < product - near < SURE:
                return near
        return exactly(value, scale)

    return read


def _raised(value: Whole, by: int) -> Whole:
    """The same number with more digits after the point."""
    if by <= 0:
        return value
    factor = 10**by
    return _each(value, lambda a: a * factor)


def _each(value: Whole, operate: Callable[[int], int]) -> Whole:
    def operated(row: Row) -> int | None:
        a = value(row)
        return None if a is None else operate(a)

    return operated


def _both(first: Whole, second: Whole, operate: Callable[[int, int], int]) -> Whole:
    def operated(row: Row) -> int | None:
        a = first(row)
        if a is None:
            return None
        b = second(row)
        return None if b is None else operate(a, b)

    return operated


def _quotient(first: Whole, second: Whole, shift: int) -> Whole:
    up, down = 10 ** max(0, shift), 10 ** max(0, -shift)

    def divided(row: Row) -> int | None:
        a, b = first(row), second(row)
        return None if a is None or not b else quotient(a * up, b * down)

    return divided


def _with_constant(test: Test, value: Value, said: Any) -> Truth:
    def tested(row: Row) -> bool | None:
        a = value(row)
        return None if a is None else test(a, said)

    return tested


def _compared(test: Test, first: Value, second: Value) -> Truth:
    def compared(row: Row) -> bool | None:
        a = first(row)
        if a is None:
            return None
        b = second(row)
        return None if b is None else test(a, b)

    return compared
