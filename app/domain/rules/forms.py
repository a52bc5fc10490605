"""Conditions as forms: a tree of field, comparison and value, joined by all, any and not, for people who do not write expressions.

A form and its text say the same: `form_of(node_of(form)) == form`, and `node_of(form_of(node)) == node` for every condition. What no form
has, reckoning and comparisons that begin with a constant, stands in it as text.

    {"all": [{"field": "accelerator_max", "is": ">", "param": "limit"}, {"not": {"field": "has_gate"}}]}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.domain.faults import Fault, Path, invalid
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.syntax import MOST_DEPTH, MOST_NODES, parse
from app.domain.rules.tree import COMPARISONS, TEXT_TESTS, Node, render

Form = dict[str, Any]

LEAST_PARTS = 2
MISSING, KNOWN, AMONG = "missing", "known", "in"
JOINS = {"and": "all", "or": "any"}
_OPS = {word: op for op, word in JOINS.items()}
VALUES = ("value", "param", "other")
"""What a field is compared with: a constant, a parameter of the rule, or another field."""
COMPARED = (*COMPARISONS, *TEXT_TESTS, AMONG, MISSING, KNOWN)
MEMBERS = ("all", "any", "not", "field", "text")


def form_of(node: Node, params: Collection[str] = ()) -> Form:
    """A condition as a form; `params`: names that are parameters of the rule, not fields."""
    if node.op in JOINS:
        return {JOINS[node.op]: [form_of(part, params) for part in node.parts]}
    if node.op == "not":
        return {"not": form_of(node.parts[0], params)}
    if node.op == "name" and node.value not in params:
        return {"field": node.value}
    return _leaf(node, params) or {"text": render(node)}


def node_of(form: Any) -> Node:
    """The condition that a form says. Raises DocumentInvalid with every fault of the form, and RuleSyntaxError for a text in it."""
    faults = list(_faults(form, (), 1))
    if faults:
        raise invalid(faults, form)
    return _node(form)


def text_of(form: Any) -> str:
    """The text of a form. Raises as `node_of` does, and RuleSyntaxError where it is longer or deeper than a condition can be."""
    text = render(node_of(form))
    parse(text)
    return text


def comparisons(field: Field) -> tuple[str, ...]:
    """What a field can be asked in a form; a yes or no is also asked by itself."""
    if not field.testable:
        return ()
    of_type: tuple[str, ...]
    if field.is_number:
        of_type = (*COMPARISONS, AMONG)
    elif field.type == "bool":
        of_type = ("==", "!=")
    elif field.type == "enum_list":
        of_type = ("contains",)
    else:
        of_type = ("==", "!=", AMONG, *TEXT_TESTS)
    return (*of_type, MISSING, KNOWN) if field.nullable else of_type


def fields_of(kind: FactKind) -> tuple[str, ...]:
    """The fields that a form can ask for."""
    return tuple(field.name for field in kind.fields.values() if field.testable)


def _leaf(node: Node, params: Collection[str]) -> Form | None:
    """A field that is compared with something; None for what a form has no members for."""
    if len(node.parts) != 2 or node.parts[0].op != "name" or node.parts[0].value in params:
        return None
    name, right = node.parts[0].value, node.parts[1]
    if not all(map(_is_exact, right.parts or (right,))):
        return None
    if node.op == "in":
        return {"field": name, "is": AMONG, "values": [_constant(option) for option in right.parts]}
    if right.op == "null" and node.op in ("==", "!="):
        return {"field": name, "is": MISSING if node.op == "==" else KNOWN}
    if node.op not in (*COMPARISONS, *TEXT_TESTS):
        return None
    if right.op == "name":
        return {"field": name, "is": node.op, "param" if right.value in params else "other": right.value}
    if right.op in ("number", "text", "bool"):
        return {"field": name, "is": node.op, "value": _constant(right)}
    return None


def _is_exact(node: Node) -> bool:
    """Whether a constant is the same as a number of JSON, which many digits are not."""
    return node.op != "number" or node.value == Decimal(repr(_constant(node)))


def _constant(node: Node) -> Any:
    if isinstance(node.value, Decimal):
        whole = node.value == node.value.to_integral_value()
        return int(node.value) if whole else float(node.value)
    return node.value


def _node(form: Form) -> Node:
    if "not" in form:
        return _made("not", _node(form["not"]))
    for word, op in _OPS.items():
        if word in form:
            return _made(op, *map(_node, form[word]))
    if "text" in form:
        return parse(form["text"])
    name = Node("name", value=form["field"])
    if "is" not in form:
        return name
    asked = form["is"]
    if asked in (MISSING, KNOWN):
        return _made("==" if asked == MISSING else "!=", name, Node("null"))
    if asked == AMONG:
        return _made("in", name, Node("list", tuple(map(_literal, form["values"]))))
    other = form.get("param", form.get("other"))
    return _made(asked, name, Node("name", value=other) if other is not None else _literal(form["value"]))


def _made(op: str, *parts: Node) -> Node:
    return Node(op, parts, depth=1 + max(part.depth for part in parts))


def _literal(value: Any) -> Node:
    if isinstance(value, bool):
        return Node("bool", value=value)
    return Node("text", value=value) if isinstance(value, str) else Node("number", value=Decimal(repr(value)))


def _faults(form: Any, path: Path, depth: int) -> Iterator[Fault]:
    if not isinstance(form, Mapping):
        yield Fault(path, "wrong_type", form, "object_of", details={"values": ", ".join(MEMBERS)})
        return
    kinds = [member for member in MEMBERS if member in form]
    if len(kinds) != 1:
        yield Fault(path, "one_member", ", ".join(kinds) or "", details={"values": ", ".join(MEMBERS)})
        return
    (kind,) = kinds
    allowed = ("field", "is", *VALUES, "values") if kind == "field" else kinds
    yield from (
        Fault((*path, name), "unknown_member", form[name], options=allowed) for name in form if name not in allowed
    )
    if depth > MOST_DEPTH:
        yield Fault(path, "too_deep_form", details={"most": MOST_DEPTH})
    elif kind == "not":
        yield from _faults(form["not"], (*path, "not"), depth + 1)
    elif kind in _OPS:
        yield from _joined(form[kind], (*path, kind), depth)
    elif kind == "text":
        yield from _text(form["text"], (*path, "text"))
    else:
        yield from _field(form, path)


def _joined(parts: Any, path: Path, depth: int) -> Iterator[Fault]:
    if not isinstance(parts, list):
        yield Fault(path, "wrong_type", parts, "list")
    elif len(parts) < LEAST_PARTS:
        yield Fault(path, "too_few_parts", details={"least": LEAST_PARTS})
    elif len(parts) > MOST_NODES:
        yield Fault(path, "too_many", details={"count": len(parts), "most": MOST_NODES})
    else:
        for place, part in enumerate(parts):
            yield from _faults(part, (*path, place), depth + 1)


def _text(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield Fault(path, "wrong_type" if not isinstance(value, str) else "empty", value, "text")


def _field(form: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for name in ("field", "param", "other"):
        if name in form and not (isinstance(form[name], str) and form[name].isidentifier() and form[name].isascii()):
            yield Fault((*path, name), "bad_form", form[name], "flaw")
    given = [name for name in (*VALUES, "values") if name in form]
    if "is" not in form:
        yield from (Fault((*path, name), "unknown_member", form[name], options=("is",)) for name in given)
        return
    asked = form["is"]
    if asked not in COMPARED:
        yield Fault((*path, "is"), "not_one_of", asked, "one_of", COMPARED, {"values": ", ".join(COMPARED)})
        return
    wanted = () if asked in (MISSING, KNOWN) else ("values",) if asked == AMONG else VALUES
    yield from (Fault((*path, n), "unknown_member", form[n], options=wanted) for n in given if n not in wanted)
    if wanted and len([name for name in given if name in wanted]) != 1:
        yield Fault((*path, wanted[0]), "missing")
    if "value" in form and "value" in wanted:
        yield from _value(form["value"], (*path, "value"))
    if "values" in form and asked == AMONG:
        yield from _among(form["values"], (*path, "values"))


def _value(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, bool | int | float | str):
        yield Fault(path, "wrong_type", value, "constant")


def _among(values: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(values, list) or not values:
        yield Fault(path, "wrong_type", values, "list")
        return
    for place, value in enumerate(values):
        yield from _value(value, (*path, place))
