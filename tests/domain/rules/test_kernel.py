"""The kernel over columns, the walk over a row and a plain tree walk in fractions say the same of every rule on every row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.domain.rules.columns import Mask
from app.domain.rules.evaluate import BLOCK, columns, evaluate, numbers
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node
from app.domain.rules.type_check import check
from app.domain.rules.walk import compile_walk, missing, number, truth
from tests.counts import many
from tests.domain.rules.oracle import meaning
from tests.domain.rules.random_rules import KIND, conditions, rows


def kernel(nodes: list[Node], facts: list[dict[str, Any]], kind: FactKind = KIND) -> list[list[bool | None]]:
    """What the kernel says, rule by rule and row by row."""
    return [
        [None if open_ else held for held, open_ in zip(true.tolist(), _mask(unknown, len(facts)), strict=True)]
        for true, unknown in evaluate(nodes, columns(kind, facts))
    ]


def _mask(unknown: Mask | None, size: int) -> list[bool]:
    return [False] * size if unknown is None else unknown.tolist()


def test_kernel_walk_and_plain_tree_walk_agree():
    """300 random rules on 300 rows with missing values: 90,000 cells, three readers, one answer."""
    nodes, facts = conditions(many(300), seed=1), rows(300, seed=2)

    walked = [[compile_walk(node, KIND)(row) for row in facts] for node in nodes]

    assert kernel(nodes, facts) == walked
    assert walked == [[meaning(node, row, KIND) for row in facts] for node in nodes]


def test_the_random_rules_reach_every_answer_and_every_operator():
    """A generator that only made true rules would prove nothing."""
    nodes, facts = conditions(300, seed=1), rows(10, seed=2)

    answers = {truth(node, row, KIND) for node in nodes for row in facts}
    operators = {op for node in nodes for op in _operators(node)}

    assert answers == {True, False, None}
    assert operators >= {
        "and", "or", "not", "neg", "in", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "startsWith",
        "endsWith", "contains", "null",
    }  # fmt: skip


def _operators(node: Node) -> set[str]:
    return {node.op, *(op for part in node.parts for op in _operators(part))}


def test_no_answer_is_both_true_and_unknown():
    """The two masks of a rule never overlap."""
    nodes, facts = conditions(many(300), seed=3), rows(50, seed=4)

    found = evaluate(nodes, columns(KIND, facts))

    assert not any((true & unknown).any() for true, unknown in found if unknown is not None)


def test_a_rule_alone_says_what_it_says_among_others():
    """Equal sub-conditions are evaluated once, which changes no answer."""
    nodes, facts = conditions(many(100), seed=5), rows(40, seed=6)

    assert kernel(nodes, facts) == [kernel([node], facts)[0] for node in nodes]


def test_blocks_join_without_a_seam():
    """More rows than a block, with a change on its edge: every row has the answer of its own."""
    count = BLOCK + 3
    facts = [{"count": 1 if n >= BLOCK - 1 else 0} for n in range(count)]
    kind = FactKind("thing", {}, [Field("count", "int")])

    ((true, unknown),) = evaluate([parse("count == 1")], columns(kind, facts))

    assert np.flatnonzero(true).tolist() == [BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 2]
    assert unknown is None


def test_an_empty_table_has_empty_answers():
    """No row, no answer, no error."""
    assert kernel(conditions(20, seed=7), []) == [[]] * 20


def test_columns_without_any_value_are_unknown():
    """Where a nullable column is missing on every row, what needs it is unknown and null tests know it."""
    gone = {name: None for name, field in KIND.fields.items() if field.nullable}
    facts = [row | gone for row in rows(30, seed=8)]
    nodes = conditions(many(300), seed=9)

    assert kernel(nodes, facts) == [[meaning(node, row, KIND) for row in facts] for node in nodes]


EXACT = {
    "0.2 is 0.2": ("share == 0.2", {"share": 0.2}, True),
    "a sum of tenths is three tenths": ("share == 0.3", {"share": 0.1 + 0.2}, True),
    "a difference on the limit is not below it": ("share - 0.5 < 0.2", {"share": 0.7}, False),
    "nor above it": ("share - 0.5 > 0.2", {"share": 0.7}, False),
    "a percentage of a percentage": ("share * share == 0.04", {"share": 0.2}, True),
    "a column is rounded to its scale": ("share == 0.33", {"share": 1 / 3}, True),
    "halves round to even, down": ("share == 0.12", {"share": 0.125}, True),
    "halves round to even, up": ("share == 0.38", {"share": 0.375}, True),
    "what people wrote decides, not the double": ("share == 1.0", {"share": 1.005}, True),
    "a half that a double falls short of": ("share == 1.02", {"share": 1.015}, True),
    "just above the half": ("share == 1.01", {"share": 1.00501}, True),
    "a third has six digits": ("count / 3 == 0.333333", {"count": 1}, True),
    "two thirds round up": ("count / 3 == 0.666667", {"count": 2}, True),
    "a negative quotient rounds alike": ("-count / 3 == -0.666667", {"count": 2}, True),
    "half to even in quotients, up": ("fine / 2 == 0.000002", {"fine": 0.000003}, True),
    "half to even in quotients, down": ("fine / 2 == 0.000002", {"fine": 0.000005}, True),
    "half to even below zero": ("-fine / 2 == -0.000002", {"fine": 0.000005}, True),
    "whole numbers divide to decimals": ("count / 2 == 0.5", {"count": 1}, True),
    "large whole numbers are exact": ("count == 999999999999999", {"count": 999_999_999_999_999}, True),
    "beyond a double's reach": ("count == 9007199254740.993 * 1000", {"count": 2**53 + 1}, True),
    "products beyond 64 bits": ("count * count > 999999999999999", {"count": 10**12}, True),
    "constants beyond 64 bits": ("count > 123456789012345 * 1000000", {"count": 10**15}, False),
    "minus zero is zero": ("share == 0", {"share": -0.0}, True),
}


@pytest.mark.parametrize(("text", "facts", "expected"), EXACT.values(), ids=EXACT)
def test_numbers_are_exact(text: str, facts: dict[str, Any], expected: bool):
    """Decimals are compared at their declared scale, in both readers, as a person would by hand."""
    row = dict.fromkeys(KIND.fields) | {"count": 0, "share": 0.0} | facts
    node = parse(text)

    assert not check(node, KIND)
    assert truth(node, row, KIND) is expected
    assert kernel([node], [row]) == [[expected]]


UNKNOWN = {
    "division by zero": ("share / count > 1", {"share": 0.5, "count": 0}, ("count", "share")),
    "a missing number": ("days > 3", {}, ("days",)),
    "a missing number denied": ("!(days > 3)", {}, ("days",)),
    "a missing flag": ("paid", {}, ("paid",)),
    "a missing flag denied": ("!paid", {}, ("paid",)),
    "a missing word": ('shade == "grey"', {}, ("shade",)),
    "a missing word in a list": ('shade in ["grey"]', {}, ("shade",)),
    "a missing text": ('title.contains("bonus")', {}, ("title",)),
    "a missing list": ('tags.contains("old")', {}, ("tags",)),
    "a missing number in a sum": ("count + days > 3", {}, ("days",)),
    "two of them": ("rate > 0 && days > 0", {}, ("days", "rate")),
    "one known part decides nothing": ("count == 0 && days > 0", {"count": 0}, ("days",)),
    "either could be": ("paid == (days > 0)", {}, ("days", "paid")),
}


@pytest.mark.parametrize(("text", "facts", "blamed"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_missing_makes_it_unknown_and_is_named(text: str, facts: dict[str, Any], blamed: tuple[str, ...]):
    """Unknown is an answer of its own, and it says which fields are to blame."""
    row = dict.fromkeys(KIND.fields) | {"count": 0, "share": 0.0} | facts
    node = parse(text)

    assert truth(node, row, KIND) is None
    assert kernel([node], [row]) == [[None]]
    assert missing(node, row, KIND) == blamed


KNOWN = {
    "a false part decides an and": ("count > 3 && days > 0", {"count": 0}, False),
    "a true part decides an or": ("count == 0 || days > 0", {"count": 0}, True),
    "a null test is always known": ("days == null", {}, True),
    "its denial too": ("days != null", {}, False),
    "and the other way round": ("null == days", {}, True),
    "denied as a whole": ("!(days == null)", {}, False),
}


@pytest.mark.parametrize(("text", "facts", "expected"), KNOWN.values(), ids=KNOWN)
def test_what_is_missing_matters_only_where_it_decides(text: str, facts: dict[str, Any], expected: bool):
    """Kleene logic: what is known decides where it can, and then nothing is to blame."""
    row = dict.fromkeys(KIND.fields) | {"count": 0, "share": 0.0} | facts
    node = parse(text)

    assert truth(node, row, KIND) is expected
    assert kernel([node], [row]) == [[expected]]
    assert missing(node, row, KIND) == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_no_number_that_is_none_gets_in(value: float):
    """NaN and infinity are refused by the columns and by the walk, never compared."""
    row = dict.fromkeys(KIND.fields) | {"share": value}

    with pytest.raises(ValueError, match="no finite number"):
        columns(KIND, [row])
    with pytest.raises(ValueError, match="no finite number"):
        truth(parse("share > 1"), row, KIND)


def test_numbers_over_columns_are_those_of_the_walk():
    """A severity expression gives the same value on a column as on each of its rows."""
    facts = rows(many(300), seed=11)
    texts = (
        "count + 1",
        "share * 100",
        "rate / share",
        "-(days) * 2",
        "(money + fine) / (count - 1)",
        "20",
        "share - 1.5",
    )
    nodes = [parse(text) for text in texts]

    found = [numbers(node, columns(KIND, facts)) for node in nodes]

    walked = [[number(node, row, KIND) for row in facts] for node in nodes]
    assert [
        [v if k else None for v, k in zip(values.tolist(), known.tolist(), strict=True)] for values, known in found
    ] == walked


def test_free_text_is_no_column():
    """What conditions cannot read is not loaded."""
    assert "note" not in columns(KIND, rows(3, seed=1))
