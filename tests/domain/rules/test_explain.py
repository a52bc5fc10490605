"""Which sub-conditions decided, and that a denial stays one."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.findings import Condition
from app.domain.rules.explain import MOST_CONDITIONS, compile_explanation
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node
from app.domain.rules.type_check import check
from app.domain.rules.walk import compile_walk, truth
from tests.counts import many
from tests.domain.rules.random_rules import KIND, conditions, rows

ROW: dict[str, Any] = dict.fromkeys(KIND.fields) | {
    "open": True,
    "paid": False,
    "count": 3,
    "share": 0.2,
    "colour": "red",
}


def explained(text: str, **facts: Any) -> list[tuple[str, dict[str, Any], bool | None]]:
    """The deciding conditions of a rule on a row: text, values, truth."""
    return [(c.expression, dict(c.value), c.holds) for c in compile_explanation(parse(text), KIND)(ROW | facts)]


EXPLAINED: dict[str, tuple[str, list[tuple[str, dict[str, Any], bool | None]]]] = {
    "a denial is told as one": ("!paid", [("!paid", {"paid": False}, True)]),
    "a denial that fails": ("!open", [("!open", {"open": True}, False)]),
    "a denied comparison": ("!(count > 5)", [("!(count > 5)", {"count": 3}, True)]),
    "every part of an and": ("open && count > 2", [("open", {"open": True}, True), ("count > 2", {"count": 3}, True)]),
    "of an or only what holds": ("paid || count > 2", [("count > 2", {"count": 3}, True)]),
    "of a failed and only what fails": ("open && paid", [("paid", {"paid": False}, False)]),
    "a denied or": ("!(paid || count > 5)", [("!paid", {"paid": False}, True), ("!(count > 5)", {"count": 3}, True)]),
    "a denied and": ("!(open && paid)", [("!paid", {"paid": False}, True)]),
    "denied twice is said": ("!(!open)", [("open", {"open": True}, True)]),
    "what is unknown": ("open && days > 3", [("days > 3", {"days": None}, None)]),
    "unknown denied": ("!(days > 3)", [("!(days > 3)", {"days": None}, None)]),
    "unknown does not matter where another decides": ("days > 3 || open", [("open", {"open": True}, True)]),
    "all fields of a comparison": ("share < count", [("share < count", {"share": 0.2, "count": 3}, True)]),
    "a comparison of conditions": ("open == (count > 2)", [("open == (count > 2)", {"open": True, "count": 3}, True)]),
    "nothing is told twice": ("(open && paid) || (open && !paid)", [("open", {"open": True}, True), ("!paid", {"paid": False}, True)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPLAINED.values(), ids=EXPLAINED)
def test_what_decided_is_told(text: str, expected: list[tuple[str, dict[str, Any], bool | None]]):
    """Only what decided, from left to right, with the values that it read."""
    assert explained(text) == expected


def test_what_decided_agrees_with_the_whole():
    """On every random rule and row: each deciding condition came to what the whole came to."""
    for node in conditions(many(300), seed=41):
        walk, explain = compile_walk(node, KIND), compile_explanation(node, KIND)
        for row in rows(20, seed=42):
            assert {c.holds for c in explain(row)} == {walk(row)}


def test_what_is_told_is_true_of_the_row():
    """Each deciding condition, read as a rule of its own, comes to what is said of it, with the row's values."""
    for node in conditions(many(300), seed=43):
        explain = compile_explanation(node, KIND)
        for row in rows(5, seed=44):
            for condition in explain(row):
                assert truth(parse(condition.expression), row, KIND) is condition.holds
                assert all(row[name] == value for name, value in condition.value.items())


def test_what_is_told_is_enough_to_decide():
    """With everything else missing, the values told still make a rule true or false, or at least not the opposite."""
    for node in conditions(many(300), seed=45):
        walk, explain = compile_walk(node, KIND), compile_explanation(node, KIND)
        if not _cut(node):
            for row in rows(5, seed=46):
                told = {name: value for c in explain(row) for name, value in c.value.items()}
                if walk(row) is not None:
                    assert walk(dict.fromkeys(KIND.fields) | told) is walk(row)


def _cut(node: Node) -> bool:
    """Whether a null test or a long explanation makes what is not told matter."""
    return node.op == "null" or any(map(_cut, node.parts)) or sum(1 for _ in node.names()) > MOST_CONDITIONS


def test_an_explanation_has_an_end():
    """A rule of very many parts is told by its first ones."""
    node = parse(" || ".join(f"count == {n}" for n in range(1, 60)))

    found = compile_explanation(node, KIND)(ROW | {"count": -1})

    assert not check(node, KIND)
    assert len(found) == MOST_CONDITIONS
    assert found[0] == Condition("count == 1", {"count": -1}, False)
