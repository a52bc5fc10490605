"""Conditions over whole columns, three-valued: for many rows. It agrees with the walk over one row on every cell.

All conditions become one program of steps in which equal parts are one step; the program runs on a block of rows after
the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add, mul, sub
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.rules import column_steps as steps
from app.domain.rules.column_steps import Step
from app.domain.rules.columns import FITS, Column, Mask, columns
from app.domain.rules.decimals import QUOTIENT_SCALE, constant, digits, plain
from app.domain.rules.tree import ARITHMETIC, COMPARISONS, Node
from app.domain.rules.types import scale_of
from app.domain.rules.walk import TEST

__all__ = ["BLOCK", "Column", "columns", "evaluate", "numbers"]

BLOCK = 65_536
"""Rows at a time: bounds memory, costs little speed."""


_COMPARE: Mapping[str, Any] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
_OPERATE: Mapping[str, Any] = {"+": add, "-": sub, "*": mul}
"""Python's own: exact where both sides are one number for all rows, NumPy's where one is a column."""


class Answers(NamedTuple):
    """What a condition comes to, row by row: where it is true, and where nobody can say (None: it is known everywhere)."""

    true: Mask
    unknown: Mask | None


def evaluate(nodes: Sequence[Node], table: Mapping[str, Column]) -> list[Answers]:
    """The answers of checked conditions on every row of a table."""
    program = _Program(table)
    roots = [program.truth(node) for node in nodes]
    size = len(next(iter(table.values())).values)
    nothing = program.run(slice(0, 0))
    true = np.empty((len(nodes), size), dtype=bool)
    answers = [
        Answers(true[place], None if nothing[root][1] is None else np.empty(size, dtype=bool))
        for place, root in enumerate(roots)
    ]
    for rows in _blocks(size):
        found = program.run(rows)
        for root, answer in zip(roots, answers, strict=True):
            held, failed = found[root]
            answer.true[rows] = held
            if answer.unknown is not None:
                np.equal(held, failed, out=answer.unknown[rows])
    return answers


def numbers(node: Node, table: Mapping[str, Column]) -> tuple[NDArray[np.float64], Mask]:
    """A checked number on every row, and the rows on which it is known; where it is unknown it stands as 0."""
    program = _Program(table)
    root = program.number(node)
    size = len(next(iter(table.values())).values)
    values, known = np.zeros(size), np.ones(size, dtype=bool)
    for rows in _blocks(size):
        found, valid = program.run(rows)[root.step]
        wholes = np.broadcast_to(np.asarray(found), (rows.stop - rows.start,))
        values[rows] = [plain(int(w), root.scale) for w in wholes] if root.wide else wholes / 10.0**root.scale
        if valid is not None:
            known[rows] = valid
            values[rows][~valid] = 0.0
    return values, known


def _blocks(size: int) -> list[slice]:
    return [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]


class _Number(NamedTuple):
    """A step that finds whole numbers: at which scale, and how large they can get."""

    step: int
    scale: int
    bound: int

    @property
    def wide(self) -> bool:
        return self.bound >= FITS


class _Program:
    """Steps in an order in which each finds its operands done."""

    def __init__(self, table: Mapping[str, Column]) -> None:
        self._table = table
        self._steps: list[Step] = []
        self._truths: dict[Node, int] = {}
        self._numbers: dict[tuple[Node, int], _Number] = {}

    def run(self, rows: slice) -> list[Any]:
        found: list[Any] = []
        for step in self._steps:
            found.append(step(found, rows))
        return found

    def truth(self, node: Node) -> int:
        """The step of a condition."""
        known = self._truths.get(node)
        if known is None:
            known = self._truths[node] = self._add(self._truth(node))
        return known

    def number(self, node: Node, at_least: int = 0) -> _Number:
        """The step of a number, at its own scale or a finer one."""
        known = self._numbers.get((node, at_least))
        if known is None:
            known = self._numbers[node, at_least] = self._number(node, at_least)
        return known

    def _add(self, step: Step) -> int:
        self._steps.append(step)
        return len(self._steps) - 1

    def _truth(self, node: Node) -> Step:
        if node.op in ("and", "or"):
            return steps.joined([self.truth(part) for part in node.parts], enough=node.op == "or")
        if node.op == "not":
            return steps.negated(self.truth(node.parts[0]))
        if node.op in COMPARISONS:
            return self._comparison(node)
        if node.op == "in":
            return self._membership(node)
        if node.op == "name":
            return steps.flags(self._table[node.value])
        if node.op == "bool":
            return steps.always(node.value)
        test, said = TEST[node.op], node.parts[1].value
        return steps.words(self._table[node.parts[0].value], lambda word: test(word, said))

    def _comparison(self, node: Node) -> Step:
        left, right = node.parts
        if "null" in (left.op, right.op):
            return steps.given(self._table[(right if left.op == "null" else left).value], wanted=node.op != "==")
        if self._is_number(left):
            return self._compared(node.op, left, right)
        if left.op == "text":
            left, right = right, left
        if right.op == "text":
            return steps.words(self._table[left.value], lambda word: (word == right.value) is (node.op == "=="))
        if left.op == right.op == "name" and self._table[left.value].words:
            return steps.same_words(self._table[left.value], self._table[right.value], equal=node.op == "==")
        return steps.same_truth(self.truth(left), self.truth(right), equal=node.op == "==")

    def _compared(self, op: str, left: Node, right: Node) -> Step:
        scale = max(self._scale(left), self._scale(right))
        a, b = self.number(left, scale), self.number(right, scale)
        return steps.compared(_COMPARE[op], a.step, b.step)

    def _membership(self, node: Node) -> Step:
        left, options = node.parts[0], node.parts[1].parts
        if not self._is_number(left):
            wanted = {option.value for option in options}
            return steps.words(self._table[left.value], lambda word: word in wanted)
        scale = max(self._scale(left), *(digits(option.value) for option in options))
        return steps.among(self.number(left, scale).step, [constant(option.value, scale) for option in options])

    def _is_number(self, node: Node) -> bool:
        if node.op == "name":
            column = self._table[node.value]
            return column.values.dtype != bool and not column.words and column.values.dtype.kind != "u"
        return node.op in ("number", "neg", *ARITHMETIC)

    def _scale(self, node: Node) -> int:
        if node.op == "number":
            return digits(node.value)
        if node.op == "name":
            return self._table[node.value].scale
        if node.op == "neg":
            return self._scale(node.parts[0])
        return scale_of(node.op, self._scale(node.parts[0]), self._scale(node.parts[1]))

    def _number(self, node: Node, at_least: int) -> _Number:
        if node.op == "number":
            scale = max(digits(node.value), at_least)
            value = constant(node.value, scale)
            return _Number(self._add(steps.always_number(value)), scale, abs(value))
        found = self._plain_number(node)
        if found.scale >= at_least:
            return found
        return self._times(found, at_least - found.scale)

    def _plain_number(self, node: Node) -> _Number:
        if node.op == "name":
            column = self._table[node.value]
            return _Number(self._add(steps.whole(column)), column.scale, column.bound)
        if node.op == "neg":
            inner = self.number(node.parts[0])
            return inner._replace(step=self._add(steps.minus(inner.step)))
        left, right = node.parts
        if node.op == "/":
            return self._quotient(self.number(left), self.number(right))
        if node.op == "*":
            a, b = self.number(left), self.number(right)
            return self._operated("*", a, b, a.scale + b.scale, a.bound * b.bound)
        scale = max(self._scale(left), self._scale(right))
        a, b = self.number(left, scale), self.number(right, scale)
        return self._operated(node.op, a, b, scale, a.bound + b.bound)

    def _operated(self, op: str, a: _Number, b: _Number, scale: int, bound: int) -> _Number:
        """Python's whole numbers take over where int64 might not hold the result."""
        return _Number(self._add(steps.operated(_OPERATE[op], a.step, b.step, wide=bound >= FITS)), scale, bound)

    def _times(self, found: _Number, by: int) -> _Number:
        factor = _Number(self._add(steps.always_number(10**by)), by, 10**by)
        return self._operated("*", found, factor, found.scale + by, found.bound * 10**by)

    def _quotient(self, a: _Number, b: _Number) -> _Number:
        shift = QUOTIENT_SCALE + b.scale - a.scale
        a = self._times(a, shift) if shift > 0 else a
        b = self._times(b, -shift) if shift < 0 else b
        wide = max(a.bound, b.bound) >= FITS // 2
        return _Number(self._add(steps.quotient(a.step, b.step, wide=wide)), QUOTIENT_SCALE, a.bound + 1)
