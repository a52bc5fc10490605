"""What a row lacks for a rule to hold."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from app.domain.rules.lacking import compile_lacking
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node, render
from app.domain.rules.walk import compile_walk
from tests.counts import many
from tests.domain.rules.random_rules import KIND, conditions, rows

ROW: dict[str, Any] = dict.fromkeys(KIND.fields) | {
    "open": True,
    "paid": False,
    "count": 3,
    "share": 0.2,
    "colour": "red",
}

LACKS: dict[str, tuple[str, list[tuple[str, bool | None]]]] = {
    "nothing where it holds": ("open && count > 2", []),
    "the one that fails": ("open && count > 5", [("count > 5", False)]),
    "all that fail": ("!open && count > 5", [("!open", False), ("count > 5", False)]),
    "a denial is told as one": ("count > 2 && !open", [("!open", False)]),
    "what is unknown lacks, too": ("open && days > 3", [("days > 3", None)]),
    "of alternatives the nearest": ("(paid && count > 5) || share > 0.3", [("share > 0.3", False)]),
    "the first of equally near ones": ("paid || share > 0.3", [("paid", False)]),
    "a denied or lacks every part": ("!(open || count > 2)", [("!open", False), ("!(count > 2)", False)]),
    "a denied and lacks one": ("!(open && count > 2)", [("!open", False)]),
    "nothing twice": ("(paid || paid == true) && paid", [("paid", False)]),
}


@pytest.mark.parametrize(("text", "expected"), LACKS.values(), ids=LACKS)
def test_what_is_lacking_is_told(text: str, expected: list[tuple[str, bool | None]]):
    """With what it came to, from left to right."""
    assert [(c.expression, c.holds) for c in compile_lacking(parse(text), KIND)(ROW)] == expected


def test_a_rule_holds_exactly_where_nothing_is_lacking():
    """Random rules on random rows, missing values included."""
    for node in conditions(many(300), seed=71):
        walk, lacking = compile_walk(node, KIND), compile_lacking(node, KIND)
        for row in rows(20, seed=72):
            assert (walk(row) is True) is (lacking(row) == ())


def test_what_is_lacking_is_enough_and_nothing_less_is():
    """With these parts coming out otherwise and all else as it is, the rule holds; with all but one of them it does not."""
    for node in conditions(many(300), seed=73):
        lacking = compile_lacking(node, KIND)
        for row in rows(5, seed=74):
            lacked = frozenset(condition.expression for condition in lacking(row))
            assert _with(node, row, lacked) is True
            if 0 < len(lacked) <= 5:
                assert all(
                    _with(node, row, frozenset(fewer)) is not True for fewer in combinations(lacked, len(lacked) - 1)
                )


def _with(node: Node, row: dict[str, Any], changed: frozenset[str], *, denied: bool = False) -> bool | None:
    """What a condition comes to when some of its parts hold."""
    if node.op == "not":
        return _with(node.parts[0], row, changed, denied=not denied)
    if node.op in ("and", "or"):
        parts = [_with(part, row, changed, denied=denied) for part in node.parts]
        enough = (node.op == "or") is not denied
        return enough if enough in parts else None if None in parts else not enough
    if render(Node("not", (node,)) if denied else node) in changed:
        return True
    held = compile_walk(node, KIND)(row)
    return held if held is None or not denied else not held
