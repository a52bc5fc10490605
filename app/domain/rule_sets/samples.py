"""Random rows of a fact kind, most of them at the edges where conditions change their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from app.domain.rule_sets.boxes import FAR, whole_side
from app.domain.rule_sets.possible import Possible
from app.domain.rule_sets.search import Words, stand_ins
from app.domain.rules.columns import Column, Mask
from app.domain.rules.evaluate import evaluate
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.tree import Node

ROWS = 8_192
"""Rows that conditions of a kind are tried on before anybody reasons about them."""

MISSING = 0.15
"""Share of rows on which a field that may be missing is."""


class Sample(NamedTuple):
    """Rows of a kind as columns of the kernel."""

    kind: FactKind
    table: Mapping[str, Column]
    size: int

    def answers(self, nodes: Sequence[Node]) -> list[tuple[Mask, Mask]]:
        """Per condition the rows on which it is true, and those on which it is false."""
        found = []
        for true, unknown in evaluate(nodes, self.table):
            false = ~true if unknown is None else ~true & ~unknown
            found.append((true, false))
        return found

    def row(self, place: int) -> dict[str, Any]:
        """The values of one row."""
        return {name: _value(column, place) for name, column in self.table.items()}

    def without(self, names: frozenset[str]) -> Sample:
        """The same rows with nothing in these fields."""
        if not names:
            return self
        gone = np.zeros(self.size, dtype=bool)
        emptied = {name: replace(self.table[name], valid=gone) for name in names}
        return self._replace(table={**self.table, **emptied})


def sample(kind: FactKind, conditions: Sequence[Possible], words: Words, chance: Generator, size: int = ROWS) -> Sample:
    """Rows on which each value, range and edge that the conditions tell apart is about as frequent as the others."""
    table = {
        field.name: _column(field, conditions, words, chance, size) for field in kind.fields.values() if field.testable
    }
    return Sample(kind, table, size)


def _value(column: Column, place: int) -> Any:
    if column.valid is not None and not column.valid[place]:
        return None
    value = column.values[place].item()
    if column.words:
        return column.words[value]
    return value / 10**column.scale if column.scale else value


def _column(field: Field, conditions: Sequence[Possible], words: Words, chance: Generator, size: int) -> Column:
    valid = chance.random(size) >= MISSING if field.nullable else None
    if field.is_number:
        options = _numbers(field, conditions, chance)
        values = np.array(options, dtype=np.int64)[chance.integers(0, len(options), size)]
        return Column(values, valid, scale=field.digits, bound=int(np.abs(values).max()))
    if field.type == "bool":
        flags = chance.random(size) < 0.5
        return Column(flags if valid is None else flags & valid, valid)
    known = tuple(sorted(words.get(field.name) or stand_ins(field, conditions)))
    codes: NDArray[Any] = chance.integers(0, len(known), size).astype(np.uint16)
    return Column(codes, valid, known)


def _numbers(field: Field, conditions: Sequence[Possible], chance: Generator) -> list[int]:
    """The ends of the field's range, both sides of every cut, and a few numbers in between."""
    cuts = {cut for condition in conditions for cut in condition.cuts.get(field.name, ())}
    far = max([10**6, *(2 * abs(cut) for cut in cuts)])
    span = whole_side(field, (), min(far, FAR)).span
    assert span is not None
    edges = {span.least, span.most, *(cut + step for cut in cuts for step in (-1, 0))}
    between = chance.integers(span.least, span.most + 1, 4).tolist()
    return sorted(number for number in {*edges, *between} if span.least <= number <= span.most)
