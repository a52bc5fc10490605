"""How bad a rule says that a row is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.parameters import Parameters
from app.domain.rules.rule import MOST_SEVERITY, STANDARD, CompiledRule
from app.domain.severity import flaw_severity
from app.domain.terms import Level


def level_on(compiled: CompiledRule, row: Mapping[str, Any], parameters: Parameters) -> Level:
    """The level that a rule gives a row: by its own expression, by a pair's severity, or by its base (semantics §6)."""
    rule = compiled.rule
    if rule.severity != STANDARD:
        return parameters.level(max(0.0, min(float(MOST_SEVERITY), compiled.severity(row) or 0.0)))
    if "severity" in compiled.kind.fields:
        return parameters.level(float(row["severity"]))
    base = rule.base or 0.0
    return parameters.level(flaw_severity(base, row[rule.stake]) if compiled.kind.name == "component" else base)


def grades_alike(first: CompiledRule, second: CompiledRule) -> bool:
    """Whether two rules of a kind give every row the same level because they say the same of it."""
    return _grading(first) == _grading(second)


def _grading(compiled: CompiledRule) -> tuple[Any, ...]:
    rule = compiled.rule
    if rule.severity == STANDARD:
        return STANDARD, rule.base, rule.stake if compiled.kind.name == "component" else None
    return rule.severity, tuple(sorted(rule.params.items()))
