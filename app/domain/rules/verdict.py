"""How a rule judges a row, with what decided: a match, a near miss, not assessable, or clear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from app.domain.findings import Condition
from app.domain.rules.lacking import compile_lacking
from app.domain.rules.rule import CompiledRule
from app.domain.rules.tree import Node
from app.domain.rules.walk import Row

VerdictKind = Literal["match", "near_miss", "not_assessable", "clear"]


class Verdict(NamedTuple):
    """`decided`: the sub-conditions that made it so; of a near miss the only one of several that stands in the way of a match."""

    kind: VerdictKind
    decided: tuple[Condition, ...]


def compile_verdict(compiled: CompiledRule) -> Callable[[Row], Verdict]:
    """A rule as a function from a row to its verdict."""
    lacking, parts = compile_lacking(compiled.node, compiled.kind), _parts(compiled.node)

    def verdict(row: Row) -> Verdict:
        held = compiled.truth(row)
        if held is not False:
            return Verdict("match" if held else "not_assessable", compiled.conditions(row))
        lacked = lacking(row)
        if len(lacked) == 1 < parts:
            return Verdict("near_miss", lacked)
        return Verdict("clear", compiled.conditions(row))

    return verdict


def _parts(node: Node) -> int:
    """How many sub-conditions a condition has."""
    return sum(map(_parts, node.parts)) if node.op in ("and", "or", "not") else 1
