"""Static checks of an expression against a fact kind: every fault at once, with its place and the nearest valid word."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from app.domain.rules.decimals import MOST_SCALE, digits
from app.domain.rules.problems import RuleProblem
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.tree import COMPARISONS, ORDERED, TEXT_TESTS, Node
from app.domain.rules.types import BOOL, NULL, TEXT, UNKNOWN, Type, has_fields, scale_of, type_of_field
from app.domain.rules.walk import TEST


def check(
    node: Node, kind: FactKind, expect: Literal["bool", "number"] = "bool", names: Iterable[str] = ()
) -> list[RuleProblem]:
    """Everything wrong with an expression whose parameters are folded, by place.

    `expect`: `bool` for a condition, `number` for a severity. `names`: further names, of parameters, that a wrong name
    may have meant; one that still stands in the tree is a parameter without a value, which is told elsewhere.
    """
    checker = _Checker(kind, tuple(names))
    found = checker.type_of(node)
    if found is not UNKNOWN and found.name != expect:
        checker.fault(node, "wrong_type", f"this is {found}", "a condition" if expect == "bool" else "a number")
    if expect == "bool" and not checker.problems and not has_fields(node):
        checker.fault(node, "constant", "this reads no field", "a condition that rows can differ in")
    return sorted(checker.problems, key=lambda p: (p.start, p.end, p.code))


class _Checker:
    """Walks a tree once; a method returns the type of its node and collects what is wrong with it."""

    def __init__(self, kind: FactKind, names: tuple[str, ...]) -> None:
        self.kind, self.names = kind, names
        self.problems: list[RuleProblem] = []

    def fault(self, node: Node, code: str, message: str, expected: str, nearest: str = "") -> Type:
        self.problems.append(RuleProblem(node.start, node.end, code, message, expected, nearest))
        return UNKNOWN

    def type_of(self, node: Node) -> Type:
        if node.op == "name":
            return self._name(node)
        if node.op in ("and", "or", "not"):
            return self._logic(node)
        if node.op in COMPARISONS:
            return self._comparison(node)
        if node.op == "in":
            return self._membership(node)
        if node.op in TEXT_TESTS:
            return self._text_test(node)
        if node.parts:
            return self._arithmetic(node)
        return _constant(node)

    def _name(self, node: Node) -> Type:
        field = self.kind.fields.get(node.value)
        if field is None and node.value in self.names:
            return UNKNOWN
        if field is None:
            near = _nearest(node.value, (*self.kind.fields, *self.names))
            message = f"{self.kind.name} has no field '{node.value}'"
            return self.fault(node, "unknown_field", message, "a field or a parameter", near)
        if not field.testable:
            return self.fault(node, "not_testable", f"'{field.name}' is free text, for messages only", "another field")
        return type_of_field(field)

    def _logic(self, node: Node) -> Type:
        for place, part in enumerate(node.parts):
            told = len(self.problems)
            found = self.type_of(part)
            if found not in (UNKNOWN, BOOL):
                self.fault(part, "wrong_type", f"this is {found}", "a yes/no")
            elif found is BOOL and not has_fields(part) and len(self.problems) == told:
                self.fault(part, "constant", "this reads no field", "a condition that rows can differ in")
            elif part in node.parts[:place]:
                self.fault(part, "repeated", "this stands here already", "each condition once")
            elif any(part == _denial(other) for other in node.parts[:place]):
                self.fault(part, "constant", "its opposite stands here already", "conditions that rows can differ in")
        return BOOL

    def _comparison(self, node: Node) -> Type:
        left, right = (self.type_of(part) for part in node.parts)
        if NULL in (left, right):
            return self._null_test(node, left)
        if UNKNOWN in (left, right):
            return BOOL
        if "enum_list" in (left.name, right.name):
            self.fault(node, "wrong_type", "a list of words is not compared", 'contains, as in field.contains("word")')
        elif not _alike(left, right):
            self.fault(node.parts[1], "wrong_type", f"{left} is compared with {right}", str(left))
        elif node.op in ORDERED and left.name != "number":
            self.fault(node, "not_ordered", f"'{node.op}' has no meaning for {left}", "== or !=")
        elif not has_fields(node):
            self.fault(node, "constant", "this comparison reads no field", "a field on one side")
        elif node.parts[0] == node.parts[1]:
            self.fault(node, "constant", "both sides are the same", "two different sides")
        else:
            self._values(node, left, right)
        return BOOL

    def _null_test(self, node: Node, left: Type) -> Type:
        other = node.parts[1 if left is NULL else 0]
        field = self.kind.fields.get(other.value) if other.op == "name" else None
        if node.op in ORDERED:
            self.fault(node, "not_ordered", f"'{node.op}' has no meaning for null", "== null or != null")
        elif other.op != "name":
            self.fault(other, "null_test", "only a field can be missing", "a field")
        elif field and not field.nullable:
            self.fault(node, "never_null", f"'{field.name}' is never missing", "a condition on its value")
        return BOOL

    def _membership(self, node: Node) -> Type:
        left, options = self.type_of(node.parts[0]), node.parts[1].parts
        if left.name in ("bool", "null", "enum_list"):
            self.fault(node.parts[0], "wrong_type", f"{left} is looked for in a list", "a number, a text or a word")
            left = UNKNOWN
        elif left is not UNKNOWN and not has_fields(node):
            self.fault(node, "constant", "this reads no field", "a field before 'in'")
        first = _constant(options[0])
        for option in options:
            found = _constant(option)
            if found is NULL:
                self.fault(option, "null_in_list", "null is no value of a list", "'== null' beside it")
            elif first is not NULL and not _alike(found, first):
                self.fault(option, "mixed_list", f"the list mixes {first} and {found}", str(first))
            elif left is not UNKNOWN and not _alike(left, found):
                self.fault(option, "wrong_type", f"{left} is looked for among {found}", str(left))
            else:
                self._value("==", node.parts[0], left, option)
        return BOOL

    def _text_test(self, node: Node) -> Type:
        left, said = self.type_of(node.parts[0]), node.parts[1]
        if left.name == "enum_list" and node.op == "contains":
            self._word(left, said)
        elif left is not UNKNOWN and not left.is_word:
            self.fault(node.parts[0], "wrong_type", f"{node.op} reads a text, this is {left}", "a text")
        elif left.name == "enum" and not any(TEST[node.op](word, said.value) for word in left.values):
            self.fault(said, "unknown_value", f"no value of this field has '{said.value}'", ", ".join(left.values))
        return BOOL

    def _arithmetic(self, node: Node) -> Type:
        types = [self.type_of(part) for part in node.parts]
        for part, found in zip(node.parts, types, strict=True):
            if found is not UNKNOWN and found.name != "number":
                self.fault(part, "wrong_type", f"this is {found}", "a number")
        if any(found.name != "number" for found in types):
            return UNKNOWN
        if node.op == "neg":
            return types[0]
        if node.op == "/" and node.parts[1].op == "number" and node.parts[1].value == 0:
            return self.fault(node.parts[1], "division_by_zero", "nothing is divided by 0", "another divisor")
        scale = scale_of(node.op, types[0].scale, types[1].scale)
        if scale > MOST_SCALE:
            message = f"this product has {scale} digits after the point"
            return self.fault(node, "too_many_decimals", message, f"at most {MOST_SCALE}")
        return Type("number", scale)

    def _values(self, node: Node, left: Type, right: Type) -> None:
        """Comparisons that are the same on every row because of the values that a field can have."""
        first, second = node.parts
        if left.name == right.name == "enum" and not set(left.values) & set(right.values):
            self.fault(node, "never_equal", "the two fields have no value in common", "fields with common values")
        elif second.op in ("number", "text"):
            self._value(node.op, first, left, second)
        elif first.op in ("number", "text"):
            self._value(node.op, second, right, first)

    def _value(self, op: str, name: Node, found: Type, constant: Node) -> None:
        if found.name == "enum":
            self._word(found, constant)
        if name.op == "name" and found.name == "number" and constant.op == "number":
            self._reachable(op, self.kind.fields[name.value], constant)

    def _word(self, enum: Type, constant: Node) -> None:
        if constant.value not in enum.values:
            near = _nearest(str(constant.value), enum.values)
            message = f"'{constant.value}' is no value of this field"
            self.fault(constant, "unknown_value", message, ", ".join(enum.values), near)

    def _reachable(self, op: str, field: Field, constant: Node) -> None:
        value: Decimal = constant.value
        least, most = field.minimum, field.maximum
        if (least is not None and value < Decimal(repr(least))) or (most is not None and value > Decimal(repr(most))):
            message = f"'{field.name}' never comes to {value:f}"
            self.fault(constant, "out_of_range", message, f"{_bound(least)} to {_bound(most)}")
        elif op in ("==", "!=") and digits(value) > field.digits:
            message = f"'{field.name}' has {field.digits} digits after the point"
            self.fault(constant, "never_equal", message, f"a value with at most {field.digits}")


def _constant(node: Node) -> Type:
    if node.op == "number":
        return Type("number", digits(node.value))
    return {"text": TEXT, "bool": BOOL}.get(node.op, NULL)


def _denial(node: Node) -> Node:
    return node.parts[0] if node.op == "not" else Node("not", (node,))


def _alike(left: Type, right: Type) -> bool:
    return left.name == right.name or (left.is_word and right.is_word)


def _bound(value: float | None) -> str:
    return "any" if value is None else f"{value:g}"


def _nearest(name: str, known: Iterable[str]) -> str:
    from app.domain.nearest import nearest

    return next(iter(nearest(name, known)), "")
