"""Static types of expressions."""

from __future__ import annotations

from typing import Literal, NamedTuple

from app.domain.rules.decimals import QUOTIENT_SCALE
from app.domain.rules.schema import WORDS, FactKind, Field
from app.domain.rules.tree import ARITHMETIC, Node

TypeName = Literal["bool", "number", "text", "enum", "enum_list", "null", "unknown"]

_SAID = {
    "bool": "a yes/no", "number": "a number", "text": "a text", "enum": "one of a list of words",
    "enum_list": "a list of words", "null": "null", "unknown": "unknown",
}  # fmt: skip


class Type(NamedTuple):
    """What a node is: `scale` of numbers, `values` of enums; `unknown` after a fault, so that one fault is told once."""

    name: TypeName
    scale: int = 0
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _SAID[self.name]

    @property
    def is_word(self) -> bool:
        """Whether it is a text or a word of a list."""
        return self.name in WORDS


UNKNOWN, BOOL, NULL, TEXT = Type("unknown"), Type("bool"), Type("null"), Type("text")


def type_of_field(field: Field) -> Type:
    """The type of a field's values."""
    if field.type == "int" or field.type == "decimal":
        return Type("number", field.digits)
    return Type(field.type, values=field.values)


def scale_of(op: str, left: int, right: int) -> int:
    """Digits after the point of a sum, difference, product or quotient."""
    if op == "*":
        return left + right
    return QUOTIENT_SCALE if op == "/" else max(left, right)


def is_number(node: Node, kind: FactKind) -> bool:
    """Whether a checked node is a number."""
    if node.op == "name":
        return kind.fields[node.value].is_number
    return node.op in ("number", "neg", *ARITHMETIC)


def has_fields(node: Node) -> bool:
    """Whether a checked node, whose parameters are folded, reads its row at all."""
    return next(node.names(), None) is not None
