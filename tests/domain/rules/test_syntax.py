"""From text to tree and back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node, fields_read, render
from tests.counts import many
from tests.domain.rules.random_rules import conditions

A, B, C = (Node("name", value=name) for name in "abc")


def number(value: str) -> Node:
    return Node("number", value=Decimal(value))


def text(value: str) -> Node:
    return Node("text", value=value)


READ = {
    "a && b || c": Node("or", (Node("and", (A, B)), C)),
    "a || b && c": Node("or", (A, Node("and", (B, C)))),
    "a && b && c": Node("and", (A, B, C)),
    "(a && b) && c": Node("and", (Node("and", (A, B)), C)),
    "!a && b": Node("and", (Node("not", (A,)), B)),
    "!a == b": Node("==", (Node("not", (A,)), B)),
    "!(a == b)": Node("not", (Node("==", (A, B)),)),
    "a == b && c": Node("and", (Node("==", (A, B)), C)),
    "a + b * c": Node("+", (A, Node("*", (B, C)))),
    "(a + b) * c": Node("*", (Node("+", (A, B)), C)),
    "a - b - c": Node("-", (Node("-", (A, B)), C)),
    "a - (b - c)": Node("-", (A, Node("-", (B, C)))),
    "a / b / c": Node("/", (Node("/", (A, B)), C)),
    "-a * b": Node("*", (Node("neg", (A,)), B)),
    "-(5)": Node("neg", (number("5"),)),
    "-5": number("-5"),
    "a - -5": Node("-", (A, number("-5"))),
    "a > 0.20": Node(">", (A, number("0.2"))),
    "a in [1, -2.5]": Node("in", (A, Node("list", (number("1"), number("-2.5"))))),
    "a in ['x', \"y\"]": Node("in", (A, Node("list", (text("x"), text("y"))))),
    "a.contains('\"')": Node("contains", (A, text('"'))),
    'a == "\\"\\\\\\\'"': Node("==", (A, text("\"\\'"))),
    "a == 'Prämie ß 漢'": Node("==", (A, text("Prämie ß 漢"))),
    "a != null": Node("!=", (A, Node("null"))),
    "a == true": Node("==", (A, Node("bool", value=True))),
    "\ta\r\n&&\n  b ": Node("and", (A, B)),
    "((a))": A,
}  # fmt: skip


@pytest.mark.parametrize(("said", "tree"), READ.items(), ids=READ)
def test_texts_are_read_as_they_are_meant(said: str, tree: Node):
    """Precedence and association are those of CEL, and of everyday reckoning."""
    assert parse(said) == tree


@pytest.mark.parametrize("said", READ)
def test_a_tree_written_out_reads_as_the_same_tree(said: str):
    """`render` puts the brackets that the meaning needs."""
    assert parse(render(parse(said))) == parse(said)


def test_every_tree_written_out_reads_as_the_same_tree():
    """The same for random trees, and writing twice changes nothing."""
    for node in conditions(many(2_000), seed=31):
        again = parse(render(node))
        assert again == node
        assert render(again) == render(node)


def test_nodes_know_their_place():
    """Every node spans its characters, brackets included."""
    said = "real && (stake + 1) > -0.5"
    node = parse(said)
    comparison = node.parts[1]

    assert [said[n.start : n.end] for n in (node, comparison, *comparison.parts)] == [
        said,
        "(stake + 1) > -0.5",
        "(stake + 1)",
        "-0.5",
    ]


def test_the_fields_of_a_tree_are_its_names():
    """Each once, in alphabetical order."""
    assert fields_read(parse("b > 1 && a.contains('c') && (b < 2 || !a)")) == ("a", "b")
