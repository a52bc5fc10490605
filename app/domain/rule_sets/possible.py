"""Conditions read over boxes: what they may come to on the rows of a box, all of it and sometimes more.

Where a box allows only one answer, every row of it has that answer; that makes proofs. More answers are possible than there are
where one field stands in several places of a product or quotient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from app.domain.rule_sets.answers import AND, DENIED, FALSE, OPEN, OR, TRUE, same_truth
from app.domain.rule_sets.boxes import Box, Span, sum_span
from app.domain.rule_sets.linear import Terms, linear
from app.domain.rule_sets.ranges import compile_range
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import COMPARISONS, TEXT_TESTS, Node, fields_read
from app.domain.rules.types import is_number
from app.domain.rules.walk import COMPARE, TEST

Reading = Callable[[Box], int]
Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Possible:
    """A condition over boxes, and where boxes are to be split.

    `cuts`: per field or sum the numbers at which an answer changes. `joint`: fields that stand in sums, products and quotients.
    `tests`: per field of words what is asked of one word. `paired`: fields of words that are compared with one another.
    `said`: per field of words the texts that it is compared with.
    """

    read: Reading
    fields: tuple[str, ...]
    cuts: Mapping[str | Terms, frozenset[int]]
    joint: frozenset[str]
    tests: Mapping[str, tuple[Test, ...]]
    paired: frozenset[str]
    said: Mapping[str, tuple[str, ...]]


def possible(node: Node, kind: FactKind) -> Possible:
    """A checked condition over boxes."""
    reader = _Reader(kind)
    read = reader.truth(node)
    return Possible(
        read,
        fields_read(node),
        {key: frozenset(cuts) for key, cuts in reader.cuts.items()},
        frozenset(reader.joint),
        {name: tuple(tests) for name, tests in reader.tests.items()},
        frozenset(reader.paired),
        {name: tuple(sorted(said)) for name, said in reader.said.items()},
    )


@dataclass
class _Reader:
    """Compiles a tree; gathers where its answers change on the way."""

    kind: FactKind
    cuts: dict[str | Terms, set[int]] = field(default_factory=dict)
    joint: set[str] = field(default_factory=set)
    tests: dict[str, list[Test]] = field(default_factory=dict)
    paired: set[str] = field(default_factory=set)
    said: dict[str, set[str]] = field(default_factory=dict)

    def truth(self, node: Node) -> Reading:
        if node.op in ("and", "or"):
            return _joined([self.truth(part) for part in node.parts], TRUE if node.op == "or" else FALSE)
        if node.op == "not":
            inner = self.truth(node.parts[0])
            return lambda box: DENIED[inner(box)]
        if node.op in COMPARISONS:
            return self._comparison(node)
        if node.op == "in":
            return self._membership(node)
        if node.op in TEXT_TESTS:
            test, said = TEST[node.op], node.parts[1].value
            return self._words(node.parts[0].value, lambda word: test(word, said), said)
        if node.op == "name":
            return self._words(node.value, bool)
        return _always(TRUE if node.value else FALSE)

    def _comparison(self, node: Node) -> Reading:
        left, right = node.parts
        if "null" in (left.op, right.op):
            return _gone((right if left.op == "null" else left).value, node.op == "==")
        if is_number(left, self.kind):
            return self._numbers(node.op, left, right)
        equal = node.op == "=="
        if left.op == "text":
            left, right = right, left
        if right.op == "text":
            return self._words(left.value, lambda word: (word == right.value) is equal, right.value)
        if left.op == right.op == "name" and self.kind.fields[left.value].type != "bool":
            self.paired |= {left.value, right.value}
            return _same_words(left.value, right.value, equal)
        first, second = self.truth(left), self.truth(right)
        return lambda box: same_truth(first(box), second(box), equal)

    def _membership(self, node: Node) -> Reading:
        left, options = node.parts[0], node.parts[1].parts
        if not is_number(left, self.kind):
            wanted = frozenset(option.value for option in options)
            return self._words(left.value, lambda word: word in wanted, *wanted)
        return _joined([self._numbers("==", left, option) for option in options], TRUE)

    def _words(self, name: str, test: Test, *said: str) -> Reading:
        self.tests.setdefault(name, []).append(test)
        self.said.setdefault(name, set()).update(said)

        def read(box: Box) -> int:
            side = box.sides[name]
            found = OPEN if side.gone else 0
            if side.there:
                for word in side.words:
                    found |= TRUE if test(word) else FALSE
            return found

        return read

    def _numbers(self, op: str, left: Node, right: Node) -> Reading:
        found = linear(op, left, right, self.kind)
        if found is None:
            return self._reckoned(op, left, right)
        terms, op, bound = found
        key: str | Terms = terms[0][0] if len(terms) == 1 else terms
        self.cuts.setdefault(key, set()).update(_cuts(op, bound))
        names = [name for name, _ in terms]
        if len(names) > 1:
            self.joint |= set(names)

        def read(box: Box) -> int:
            sides = [box.sides[name] for name in names]
            answers = OPEN if any(side.gone for side in sides) else 0
            if all(side.there for side in sides):
                answers |= _against(sum_span(box, terms), op, bound)
            return answers

        return read

    def _reckoned(self, op: str, left: Node, right: Node) -> Reading:
        """A comparison with products of fields or quotients: ranges against ranges."""
        self.joint |= {name.value for side in (left, right) for name in side.names()}
        (first, a), (second, b) = compile_range(left, self.kind), compile_range(right, self.kind)
        up, other = 10 ** max(0, b - a), 10 ** max(0, a - b)

        def read(box: Box) -> int:
            one, two = first(box), second(box)
            answers = OPEN if one.open or two.open else 0
            if one.span is not None and two.span is not None:
                ends = (one.span.least * up - two.span.most * other, one.span.most * up - two.span.least * other)
                answers |= _against(Span(*ends), op, Fraction(0))
            return answers

        return read


def _always(found: int) -> Reading:
    return lambda box: found


def _against(span: Span, op: str, bound: Fraction) -> int:
    """What a comparison of every number of a span with a bound may come to."""
    if span.is_empty:
        return 0
    if op in ("==", "!="):
        there = bound.denominator == 1 and span.least <= bound <= span.most
        equal = (TRUE if there else 0) | (FALSE if not there or span.least < span.most else 0)
        return equal if op == "==" else DENIED[equal]
    test = COMPARE[op]
    return (TRUE if any(test(end, bound) for end in span) else 0) | (
        FALSE if not all(test(end, bound) for end in span) else 0
    )


def _cuts(op: str, bound: Fraction) -> tuple[int, ...]:
    """The least whole numbers on the other side of where an answer changes."""
    if op in ("<", ">="):
        return (ceil(bound),)
    if op in ("<=", ">"):
        return (floor(bound) + 1,)
    return (ceil(bound), floor(bound) + 1) if bound.denominator == 1 else ()


def _gone(name: str, gone: bool) -> Reading:
    def read(box: Box) -> int:
        side = box.sides[name]
        yes, no = (TRUE, FALSE) if gone else (FALSE, TRUE)
        return (yes if side.gone else 0) | (no if side.there else 0)

    return read


def _same_words(first: str, second: str, equal: bool) -> Reading:
    def read(box: Box) -> int:
        one, two = box.sides[first], box.sides[second]
        found = OPEN if one.gone or two.gone else 0
        if one.there and two.there:
            for word in one.words:
                for other in two.words:
                    found |= TRUE if (word == other) is equal else FALSE
        return found

    return read


def _joined(parts: list[Reading], enough: int) -> Reading:
    """One part is enough to make it `enough`; else all have to agree, and what is open leaves it open."""
    table = OR if enough == TRUE else AND

    def read(box: Box) -> int:
        found = parts[0](box)
        for part in parts[1:]:
            if found == enough:
                break
            found = table[found][part(box)]
        return found

    return read
