"""Parameters of a rule: typed constants, folded into its expressions before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

from app.domain.rules.decimals import digits
from app.domain.rules.problems import RuleProblem
from app.domain.rules.schema import FactKind
from app.domain.rules.tokens import MOST_DECIMALS, MOST_DIGITS
from app.domain.rules.tree import Node

Param = bool | int | float | str


def fold(node: Node, params: Mapping[str, Param]) -> Node:
    """The tree with parameters replaced by their values, each at the place of its name; other names stay.

    A parameter that is no constant stays a name; `check_params` tells of it.
    """
    if node.op == "name" and node.value in params:
        value = params[node.value]
        return _constant(node, value) if _is_constant(value) else node
    if not node.parts or not params:
        return node
    return node._replace(parts=tuple(fold(part, params) for part in node.parts))


def check_params(params: Mapping[str, Param], kind: FactKind, used: set[str]) -> list[RuleProblem]:
    """Parameters that are no constants, that hide a field, or that no expression uses."""
    problems = []
    for name, value in params.items():
        if name in kind.fields:
            problems.append(_problem(name, "param_is_field", f"'{name}' is a field of {kind.name}", "another name"))
        elif not _is_constant(value):
            problems.append(_problem(name, "bad_param", f"'{name}' is no constant", "a number, a text or true/false"))
        elif name not in used:
            problems.append(_problem(name, "unused_param", f"nothing uses '{name}'", "a parameter that is used"))
    return problems


def _constant(name: Node, value: Param) -> Node:
    if isinstance(value, bool):
        return name._replace(op="bool", value=value)
    if isinstance(value, str):
        return name._replace(op="text", value=value)
    return name._replace(op="number", value=Decimal(repr(value)))


def _is_constant(value: object) -> bool:
    if isinstance(value, bool | str):
        return True
    if not isinstance(value, int | float) or not isfinite(value):
        return False
    return abs(value) < 10**MOST_DIGITS and digits(Decimal(repr(value))) <= MOST_DECIMALS


def _problem(name: str, code: str, message: str, expected: str) -> RuleProblem:
    return RuleProblem(0, 0, code, message, expected, part=f"params.{name}")
