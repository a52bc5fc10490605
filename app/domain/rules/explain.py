"""Which sub-conditions decided, with the values they read; negation is kept, so that "no gate" never turns into "gate".

A condition is compiled once to functions that return their truth and the parts behind it, in one visit from the leaves up.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.findings import Condition
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import Node, fields_read, render
from app.domain.rules.walk import Row, compile_walk

MOST_CONDITIONS = 30

Explained = tuple[bool | None, tuple[Condition, ...]]
"""Whether a part holds as it stands, and the conditions that made it so."""

Explanation = Callable[[Row], tuple[Condition, ...]]


def compile_explanation(node: Node, kind: FactKind) -> Explanation:
    """A checked condition as a function of a row: the parts that made it true, false or unknown, from left to right."""
    explained = _compiled(node, kind, denied=False)

    def explanation(row: Row) -> tuple[Condition, ...]:
        return tuple({c.expression: c for c in explained(row)[1]}.values())[:MOST_CONDITIONS]

    return explanation


def _compiled(node: Node, kind: FactKind, *, denied: bool) -> Callable[[Row], Explained]:
    if node.op == "not":
        return _compiled(node.parts[0], kind, denied=not denied)
    if node.op in ("and", "or"):
        enough = (node.op == "or") is not denied
        return _joined([_compiled(part, kind, denied=denied) for part in node.parts], enough=enough)
    return compile_leaf(node, kind, denied=denied)


def _joined(parts: list[Callable[[Row], Explained]], *, enough: bool) -> Callable[[Row], Explained]:
    """One part is enough to make it `enough`; else all have to agree, and what is unknown leaves it unknown."""

    def joined(row: Row) -> Explained:
        found = [part(row) for part in parts]
        truths = [held for held, _ in found]
        whole = enough if enough in truths else None if None in truths else not enough
        return whole, tuple(c for held, conditions in found if held is whole for c in conditions)

    return joined


def compile_leaf(node: Node, kind: FactKind, *, denied: bool) -> Callable[[Row], Explained]:
    """A part without `&&`, `||` and `!` as a function of a row: whether it holds, or is denied, and itself with the values it read."""
    text = render(Node("not", (node,)) if denied else node)
    truth, names = compile_walk(node, kind), fields_read(node)

    def leaf(row: Row) -> Explained:
        held = truth(row)
        if denied and held is not None:
            held = not held
        return held, (Condition(text, {name: row.get(name) for name in names}, held),)

    return leaf
