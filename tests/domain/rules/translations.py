"""Conditions said in other languages: SQL with bound constants, Polars expressions, CEL. Numbers are whole, in units of their scale."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from app.domain.rules.decimals import QUOTIENT_SCALE, constant, digits, exactly, quotient
from app.domain.rules.schema import FactKind
from app.domain.rules.tree import COMPARISONS, TEXT_TESTS, Node
from app.domain.rules.types import is_number, scale_of

WIDE = pl.Int128
Sql = tuple[str, list[Any]]
SQL_SIGNS = {"==": "=", "!=": "<>"}


def plain(row: Mapping[str, Any], kind: FactKind) -> dict[str, Any]:
    """A row as other engines hold it: whole numbers, a list of words as one text between commas."""
    return {field.name: _plain(row[field.name], field.type, field.digits) for field in kind.fields.values()}


def _plain(value: Any, type_: str, scale: int) -> Any:
    if value is None or type_ not in ("int", "decimal", "enum_list"):
        return value
    return f",{','.join(value)}," if type_ == "enum_list" else exactly(value, scale)


def sql(node: Node, kind: FactKind) -> Sql:
    """A condition as SQL with `?` for each constant; a connection that runs it knows `quotient` (a, b)."""
    if node.op in ("and", "or"):
        parts = [sql(part, kind) for part in node.parts]
        joined = f" {node.op.upper()} ".join(text for text, _ in parts)
        return f"({joined})", [value for _, values in parts for value in values]
    if node.op == "not":
        text, values = sql(node.parts[0], kind)
        return f"(NOT {text})", values
    if node.op in COMPARISONS:
        return _sql_comparison(node, kind)
    if node.op == "in":
        tests = [_sql_comparison(Node("==", (node.parts[0], option)), kind) for option in node.parts[1].parts]
        return f"({' OR '.join(text for text, _ in tests)})", [value for _, values in tests for value in values]
    if node.op in TEXT_TESTS:
        return _sql_text_test(node, kind)
    return (f'"{node.value}"', []) if node.op == "name" else ("?", [node.value])


def _sql_comparison(node: Node, kind: FactKind) -> Sql:
    left, right = node.parts
    if "null" in (left.op, right.op):
        field = (right if left.op == "null" else left).value
        return f'("{field}" IS {"NOT " if node.op == "!=" else ""}NULL)', []
    sign = SQL_SIGNS.get(node.op, node.op)
    if not is_number(left, kind):
        (a, first), (b, second) = sql(left, kind), sql(right, kind)
        return f"({a} {sign} {b})", [*first, *second]
    (a, first, here), (b, second, there) = _sql_number(left, kind), _sql_number(right, kind)
    scale = max(here, there)
    return f"({a} * {10 ** (scale - here)} {sign} {b} * {10 ** (scale - there)})", [*first, *second]


def _sql_text_test(node: Node, kind: FactKind) -> Sql:
    name, said = f'"{node.parts[0].value}"', node.parts[1].value
    if kind.fields[node.parts[0].value].type == "enum_list":
        return f"(instr({name}, ?) > 0)", [f",{said},"]
    if not said:
        return f"({name} = {name})", []
    if node.op == "contains":
        return f"(instr({name}, ?) > 0)", [said]
    place = "1" if node.op == "startsWith" else f"-{len(said)}"
    return f"(substr({name}, {place}, {len(said)}) = ?)", [said]


def _sql_number(node: Node, kind: FactKind) -> tuple[str, list[Any], int]:
    if node.op == "name":
        return f'"{node.value}"', [], kind.fields[node.value].digits
    if node.op == "number":
        return "?", [constant(node.value, digits(node.value))], digits(node.value)
    if node.op == "neg":
        text, values, scale = _sql_number(node.parts[0], kind)
        return f"(- {text})", values, scale
    (a, first, left), (b, second, right) = (_sql_number(part, kind) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if node.op == "/":
        up, down = _shifts(left, right)
        return f"quotient({a} * {up}, {b} * {down})", [*first, *second], scale
    if node.op == "*":
        return f"({a} * {b})", [*first, *second], scale
    return f"({a} * {10 ** (scale - left)} {node.op} {b} * {10 ** (scale - right)})", [*first, *second], scale


def sql_quotient(dividend: int | None, divisor: int | None) -> int | None:
    """What SQL lacks: an exact quotient, rounded half to even; unknown when divided by zero."""
    return None if dividend is None or not divisor else quotient(dividend, divisor)


def frame(rows: list[dict[str, Any]], kind: FactKind) -> pl.DataFrame:
    """Plain rows as a frame."""
    types: dict[str, Any] = {"bool": pl.Boolean, "int": WIDE, "decimal": WIDE}
    schema = {field.name: types.get(field.type, pl.String) for field in kind.fields.values()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def polars(node: Node, kind: FactKind) -> pl.Expr:
    """A condition as a Polars expression."""
    if node.op in ("and", "or"):
        found = polars(node.parts[0], kind)
        for part in node.parts[1:]:
            found = found & polars(part, kind) if node.op == "and" else found | polars(part, kind)
        return found
    if node.op == "not":
        return ~polars(node.parts[0], kind)
    if node.op in COMPARISONS:
        return _polars_comparison(node, kind)
    if node.op == "in":
        tests = [_polars_comparison(Node("==", (node.parts[0], option)), kind) for option in node.parts[1].parts]
        found = tests[0]
        for test in tests[1:]:
            found = found | test
        return found
    if node.op in TEXT_TESTS:
        return _polars_text_test(node, kind)
    return pl.col(node.value) if node.op == "name" else pl.lit(node.value)


def _polars_comparison(node: Node, kind: FactKind) -> pl.Expr:
    left, right = node.parts
    if "null" in (left.op, right.op):
        field = pl.col((right if left.op == "null" else left).value)
        return field.is_null() if node.op == "==" else field.is_not_null()
    if is_number(left, kind):
        (a, here), (b, there) = _polars_number(left, kind), _polars_number(right, kind)
        scale = max(here, there)
        return _compared(node.op, a * _wide(10 ** (scale - here)), b * _wide(10 ** (scale - there)))
    return _compared(node.op, polars(left, kind), polars(right, kind))


def _compared(op: str, a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


def _polars_text_test(node: Node, kind: FactKind) -> pl.Expr:
    text, said = pl.col(node.parts[0].value).str, node.parts[1].value
    if kind.fields[node.parts[0].value].type == "enum_list":
        return text.contains(f",{said},", literal=True)
    if node.op == "contains":
        return text.contains(said, literal=True)
    return text.starts_with(said) if node.op == "startsWith" else text.ends_with(said)


def _polars_number(node: Node, kind: FactKind) -> tuple[pl.Expr, int]:
    if node.op == "name":
        return pl.col(node.value), kind.fields[node.value].digits
    if node.op == "number":
        return _wide(constant(node.value, digits(node.value))), digits(node.value)
    if node.op == "neg":
        inner, scale = _polars_number(node.parts[0], kind)
        return _wide(0) - inner, scale
    (a, left), (b, right) = (_polars_number(part, kind) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if node.op == "/":
        up, down = _shifts(left, right)
        return _polars_quotient(a * _wide(up), b * _wide(down)), scale
    if node.op == "*":
        return a * b, scale
    a, b = a * _wide(10 ** (scale - left)), b * _wide(10 ** (scale - right))
    return (a + b if node.op == "+" else a - b), scale


def _polars_quotient(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """Rounded half to even; unknown when divided by zero."""
    divisor = pl.when(b != _wide(0)).then(pl.when(b < _wide(0)).then(_wide(0) - b).otherwise(b))
    dividend = pl.when(b < _wide(0)).then(_wide(0) - a).otherwise(a)
    rest = (dividend % divisor + divisor) % divisor
    whole = (dividend - rest) // divisor
    up = (_wide(2) * rest > divisor) | ((_wide(2) * rest == divisor) & (whole % _wide(2) != _wide(0)))
    return whole + pl.when(up).then(_wide(1)).otherwise(_wide(0))


def _wide(value: int) -> pl.Expr:
    return pl.lit(value, dtype=WIDE)


def _shifts(left: int, right: int) -> tuple[int, int]:
    shift = QUOTIENT_SCALE + right - left
    return 10 ** max(0, shift), 10 ** max(0, -shift)


def cel(node: Node, kind: FactKind) -> str:
    """A condition without quotients as CEL, for rows of whole numbers."""
    if node.op in ("and", "or"):
        sign = " && " if node.op == "and" else " || "
        return f"({sign.join(cel(part, kind) for part in node.parts)})"
    if node.op == "not":
        return f"!{cel(node.parts[0], kind)}"
    if node.op in COMPARISONS:
        left, right = node.parts
        if "null" in (left.op, right.op) or not is_number(left, kind):
            return f"({cel(left, kind)} {node.op} {cel(right, kind)})"
        (a, here), (b, there) = _cel_number(left, kind), _cel_number(right, kind)
        scale = max(here, there)
        return f"({a} * {10 ** (scale - here)} {node.op} {b} * {10 ** (scale - there)})"
    if node.op == "in":
        tests = (cel(Node("==", (node.parts[0], option)), kind) for option in node.parts[1].parts)
        return f"({' || '.join(tests)})"
    if node.op in TEXT_TESTS:
        name, said = node.parts
        listed = kind.fields[name.value].type == "enum_list"
        return f"{name.value}.{node.op}({_cel_text(f',{said.value},' if listed else said.value)})"
    if node.op == "text":
        return _cel_text(node.value)
    return node.value if node.op == "name" else {True: "true", False: "false", None: "null"}[node.value]


def _cel_number(node: Node, kind: FactKind) -> tuple[str, int]:
    if node.op == "name":
        return node.value, kind.fields[node.value].digits
    if node.op == "number":
        value: Decimal = node.value
        return f"({constant(value, digits(value))})", digits(value)
    if node.op == "neg":
        inner, scale = _cel_number(node.parts[0], kind)
        return f"(0 - {inner})", scale
    (a, left), (b, right) = (_cel_number(part, kind) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if node.op == "*":
        return f"({a} * {b})", scale
    return f"({a} * {10 ** (scale - left)} {node.op} {b} * {10 ** (scale - right)})", scale


def _cel_text(said: str) -> str:
    escaped = said.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def has_quotient(node: Node) -> bool:
    """Whether something is divided, which means something else in CEL."""
    return node.op == "/" or any(map(has_quotient, node.parts))


def reach(node: Node, row: Mapping[str, Any], kind: FactKind) -> int:
    """The largest whole number that a condition comes to on a plain row, on the way to its answer."""
    if any(part.op == "null" for part in node.parts):
        return 0
    if node.op in COMPARISONS and is_number(node.parts[0], kind):
        return _reach_of_sides(node.parts, row, kind)
    if node.op == "in" and is_number(node.parts[0], kind):
        return max(_reach_of_sides((node.parts[0], option), row, kind) for option in node.parts[1].parts)
    return max((reach(part, row, kind) for part in node.parts), default=0)


def _reach_of_sides(parts: tuple[Node, ...], row: Mapping[str, Any], kind: FactKind) -> int:
    (a, left, one), (b, right, other) = (_reckoned(part, row, kind) for part in parts)
    scale = max(left, right)
    return max(one, other, abs(a or 0) * 10 ** (scale - left), abs(b or 0) * 10 ** (scale - right))


def _reckoned(node: Node, row: Mapping[str, Any], kind: FactKind) -> tuple[int | None, int, int]:
    """The value of a number, its scale, and the largest one on the way to it."""
    if node.op == "name":
        value = row[node.value]
        return value, kind.fields[node.value].digits, abs(value or 0)
    if node.op == "number":
        value = constant(node.value, digits(node.value))
        return value, digits(node.value), abs(value)
    if node.op == "neg":
        value, scale, most = _reckoned(node.parts[0], row, kind)
        return None if value is None else -value, scale, most
    (a, left, one), (b, right, other) = (_reckoned(part, row, kind) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if a is None or b is None:
        return None, scale, max(one, other)
    if node.op == "/":
        up, down = _shifts(left, right)
        return (quotient(a * up, b * down) if b else None), scale, max(one, other, 2 * abs(a) * up, 2 * abs(b) * down)
    if node.op == "*":
        return a * b, scale, max(one, other, abs(a * b))
    a, b = a * 10 ** (scale - left), b * 10 ** (scale - right)
    value = a + b if node.op == "+" else a - b
    return value, scale, max(one, other, abs(a), abs(b), abs(value))
