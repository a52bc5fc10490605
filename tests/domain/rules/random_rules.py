"""A fact kind with a column of every type, and random well-typed conditions and rows for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from app.domain.rules.schema import FactKind, Field
from app.domain.rules.tree import Node, render
from app.domain.rules.type_check import check

COLOURS = ("red", "green", "blue", "grey", "black", "white")
KIND = FactKind(
    name="thing",
    labels={"en": "thing", "de": "Ding"},
    fields=(
        Field(
            "open", "bool", labels={"en": "it is open", "de": "es ist offen"},
            denials={"en": "it is closed", "de": "es ist geschlossen"},
        ),
        Field(
            "paid", "bool", nullable=True, labels={"en": "it is paid", "de": "es ist bezahlt"},
            denials={"en": "it is not paid", "de": "es ist nicht bezahlt"},
        ),
        Field("count", "int", labels={"en": "count", "de": "Anzahl"}),
        Field("days", "int", nullable=True, labels={"en": "days", "de": "Tage"}),
        Field("share", "decimal", scale=2, labels={"en": "share", "de": "Anteil"}),
        Field("rate", "decimal", scale=4, nullable=True, labels={"en": "rate", "de": "Satz"}),
        Field("money", "decimal", scale=2, nullable=True, labels={"en": "money", "de": "Geld"}),
        Field("fine", "decimal", scale=6, nullable=True, labels={"en": "fine one", "de": "Feines"}),
        Field("colour", "enum", values=COLOURS, labels={"en": "colour", "de": "Farbe"}),
        Field("shade", "enum", values=("grey", "black", "pale"), nullable=True, labels={"en": "shade", "de": "Ton"}),
        Field("tags", "enum_list", values=("old", "new", "sold"), nullable=True, labels={"en": "tags", "de": "Marken"}),
        Field("title", "text", nullable=True, labels={"en": "title", "de": "Titel"}),
        Field("note", "text", nullable=True, testable=False, labels={"en": "note", "de": "Notiz"}),
    ),
    subjects=("department",),
)  # fmt: skip

TITLES = ("", "bonus", "Bonus", "no bonus", "bonus plan", 'a "quote"', "back\\slash", "Prämie")
SAID = ("bonus", "Bo", "plan", 'a "', "\\", "ä", "")
DECIMALS = (0.0, 0.1, 0.2, 0.1 + 0.2, 0.125, 0.375, 1.005, 1.015, -0.2, -1.5, 0.205, 1e-7, 33.335, 1e9 + 0.015)
WHOLES = (0, 1, 2, 3, -1, 7, 30, 90, 365, 10**6, -(10**9), 10**15, 2**53 + 1)
CONSTANTS = ("0", "1", "2", "3", "0.2", "0.25", "0.005", "1.005", "30", "90", "1000000", "0.000001", "999999999999999")


def conditions(number: int, seed: int) -> list[Node]:
    """As many checked conditions; the same seed gives the same ones."""
    chance = random.Random(seed)
    found: list[Node] = []
    while len(found) < number:
        node = _Maker(chance).truth(chance.randint(1, 5))
        if not check(node, KIND) and len(render(node)) < 1_500 and sum(1 for _ in _nodes(node)) < 150:
            found.append(node)
    return found


def rows(number: int, seed: int) -> list[dict[str, Any]]:
    """As many rows with missing values where they may be missing; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [{name: _value(field, chance) for name, field in KIND.fields.items()} for _ in range(number)]


def _value(field: Field, chance: random.Random) -> Any:
    if field.nullable and chance.random() < 0.25:
        return None
    if field.type == "bool":
        return chance.random() < 0.5
    if field.type == "int":
        return chance.choice(WHOLES) if chance.random() < 0.5 else chance.randint(-5, 100)
    if field.type == "decimal":
        return chance.choice(DECIMALS) if chance.random() < 0.6 else round(chance.uniform(-3, 3), chance.randint(0, 9))
    if field.type == "enum":
        return chance.choice(field.values)
    if field.type == "enum_list":
        return tuple(v for v in field.values if chance.random() < 0.4)
    return chance.choice(TITLES)


def _nodes(node: Node) -> Any:
    yield node
    for part in node.parts:
        yield from _nodes(part)


class _Maker:
    """Trees out of chance; those that the checker refuses are thrown away."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def truth(self, depth: int) -> Node:
        if depth > 1 and self._chance.random() < 0.6:
            return self._of(self._joined, self._joined, self._negated, self._same)(depth - 1)
        return self._of(
            self._flag, self._number_test, self._number_test, self._number_in, self._word_test, self._word_in,
            self._null_test, self._text_test, self._tag_test,
        )(depth)  # fmt: skip

    def number(self, depth: int) -> Node:
        if depth > 1 and self._chance.random() < 0.5:
            op = self._chance.choice(("+", "-", "*", "/", "neg"))
            return Node(op, tuple(self.number(depth - 1) for _ in range(1 if op == "neg" else 2)))
        return self._constant() if self._chance.random() < 0.3 else self._name("int", "decimal")

    def _of(self, *makers: Callable[[int], Node]) -> Callable[[int], Node]:
        return self._chance.choice(makers)

    def _joined(self, depth: int) -> Node:
        op = self._chance.choice(("and", "or"))
        return Node(op, tuple(self.truth(depth) for _ in range(self._chance.randint(2, 4))))

    def _negated(self, depth: int) -> Node:
        return Node("not", (self.truth(depth),))

    def _same(self, depth: int) -> Node:
        other = self.truth(depth) if self._chance.random() < 0.5 else Node("bool", value=self._chance.random() < 0.5)
        return self._either_way(self._equality(), self.truth(depth), other)

    def _flag(self, depth: int) -> Node:
        return self._name("bool")

    def _number_test(self, depth: int) -> Node:
        op = self._chance.choice(("==", "!=", "<", "<=", ">", ">="))
        return Node(op, (self.number(min(depth, 3)), self.number(min(depth, 3))))

    def _number_in(self, depth: int) -> Node:
        options = tuple(self._constant() for _ in range(self._chance.randint(1, 7)))
        return Node("in", (self.number(min(depth, 2)), Node("list", options)))

    def _word_test(self, depth: int) -> Node:
        name = self._name("enum", "text")
        field = KIND.fields[name.value]
        if field.type == "enum" and self._chance.random() < 0.3:
            return Node(self._equality(), (name, self._name("enum")))
        return self._either_way(self._equality(), name, self._word(field))

    def _word_in(self, depth: int) -> Node:
        name = self._name("enum", "text")
        options = tuple(self._word(KIND.fields[name.value]) for _ in range(self._chance.randint(1, 6)))
        return Node("in", (name, Node("list", options)))

    def _null_test(self, depth: int) -> Node:
        nullable = [f.name for f in KIND.fields.values() if f.nullable and f.testable]
        return self._either_way(self._equality(), Node("name", value=self._chance.choice(nullable)), Node("null"))

    def _text_test(self, depth: int) -> Node:
        op = self._chance.choice(("startsWith", "endsWith", "contains"))
        return Node(op, (self._name("text", "enum"), Node("text", value=self._chance.choice((*SAID, "gre", "e")))))

    def _tag_test(self, depth: int) -> Node:
        return Node("contains", (self._name("enum_list"), self._word(KIND.fields["tags"])))

    def _either_way(self, op: str, one: Node, other: Node) -> Node:
        return Node(op, (one, other) if self._chance.random() < 0.7 else (other, one))

    def _equality(self) -> str:
        return self._chance.choice(("==", "!="))

    def _name(self, *types: str) -> Node:
        fields = [f.name for f in KIND.fields.values() if f.type in types and f.testable]
        return Node("name", value=self._chance.choice(fields))

    def _word(self, field: Field) -> Node:
        options: Sequence[str] = field.values or TITLES
        return Node("text", value=self._chance.choice(options))

    def _constant(self) -> Node:
        value = Decimal(self._chance.choice(CONSTANTS))
        return Node("number", value=-value if self._chance.random() < 0.2 else value)
