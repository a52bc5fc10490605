"""Comparisons of sums of fields as one whole number against a bound."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from app.domain.rules.schema import FactKind
from app.domain.rules.tree import Node

MIRRORED: Mapping[str, str] = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

Terms = tuple[tuple[str, int], ...]
"""Fields in alphabetical order, each with its factor: a sum of whole numbers in units of the fields' own scales. Factors have no
common divisor, the first is above 0, so that equal sums look equal."""


class Linear(NamedTuple):
    """A sum of fields compared with a bound: `terms op bound`."""

    terms: Terms
    op: str
    bound: Fraction


def linear(op: str, left: Node, right: Node, kind: FactKind) -> Linear | None:
    """A comparison of two sums as one; None where it is no such comparison, or reads no field once equal parts cancel out."""
    first, second = _sum(left, kind), _sum(right, kind)
    if first is None or second is None:
        return None
    factors, constant = _added(first, second, -1)
    factors = {name: factor for name, factor in sorted(factors.items()) if factor}
    if not factors:
        return None
    whole = lcm(*(factor.denominator for factor in factors.values()))
    numbers = {name: int(factor * whole) for name, factor in factors.items()}
    common = gcd(*numbers.values())
    flip = -1 if next(iter(numbers.values())) < 0 else 1
    return Linear(
        tuple((name, flip * number // common) for name, number in numbers.items()),
        op if flip > 0 else MIRRORED[op],
        flip * -constant * whole / common,
    )


_Sum = tuple[dict[str, Fraction], Fraction]
"""Factors of the fields in units of their scales, and what is added to them."""


def _sum(node: Node, kind: FactKind) -> _Sum | None:
    if node.op == "number":
        return {}, Fraction(node.value)
    if node.op == "name":
        field = kind.fields[node.value]
        return ({field.name: Fraction(1, 10**field.digits)}, Fraction(0)) if field.is_number else None
    if node.op not in ("neg", "+", "-", "*"):
        return None
    parts = [_sum(part, kind) for part in node.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if node.op == "neg":
        return _times(known[0], Fraction(-1))
    if node.op == "*":
        return _product(known[0], known[1])
    return _added(known[0], known[1], 1 if node.op == "+" else -1)


def _added(first: _Sum, second: _Sum, sign: int) -> _Sum:
    names = first[0].keys() | second[0].keys()
    factors = {name: first[0].get(name, Fraction(0)) + sign * second[0].get(name, Fraction(0)) for name in names}
    return factors, first[1] + sign * second[1]


def _product(first: _Sum, second: _Sum) -> _Sum | None:
    if not first[0]:
        return _times(second, first[1])
    return _times(first, second[1]) if not second[0] else None


def _times(sum_: _Sum, factor: Fraction) -> _Sum:
    return {name: value * factor for name, value in sum_[0].items()}, sum_[1] * factor
