"""The examples of a rule are run: each must come out as it says.

An example gives only the facts that matter; the others are missing. One that must match has to be true all the same, so
its facts are enough. One that must stay silent has to be false, or unknown because of a fact that it says is missing
(null): a forgotten fact never makes it silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from app.domain.nearest import nearest
from app.domain.rules.problems import RuleProblem
from app.domain.rules.rule import CompiledRule, Example
from app.domain.rules.schema import FactKind, Field


def example_problems(compiled: CompiledRule) -> list[RuleProblem]:
    """Facts that are no facts of the rule's kind, and examples that come out otherwise than they say."""
    return [
        problem
        for kind, examples in (("silent", compiled.rule.silent), ("matches", compiled.rule.matches))
        for place, example in enumerate(examples)
        for problem in _problems(compiled, example, f"examples.{kind}.{place}", matches=kind == "matches")
    ]


def _problems(compiled: CompiledRule, example: Example, part: str, *, matches: bool) -> Iterator[RuleProblem]:
    wrong = list(_wrong_facts(example.facts, compiled.kind, part))
    if wrong:
        yield from wrong
        return
    held = compiled.truth(example.facts)
    said = f"'{example.because}'"
    if matches and held is not True:
        told = "does not match" if held is False else f"leaves open {', '.join(compiled.missing(example.facts))}"
        yield RuleProblem(0, 0, "example_silent", f"{said} {told}", "facts on which the condition holds", part=part)
    if not matches and held is True:
        yield RuleProblem(0, 0, "example_matches", f"{said} matches", "facts on which it does not hold", part=part)
    if not matches and held is None and not _said_missing(compiled, example.facts):
        told = ", ".join(compiled.missing(example.facts))
        yield RuleProblem(0, 0, "example_open", f"{said} leaves open {told}", "these facts, or null", part=part)


def _said_missing(compiled: CompiledRule, facts: Mapping[str, Any]) -> bool:
    """Whether all that leaves it unknown is said to be missing."""
    return all(name in facts for name in compiled.missing(facts))


def _wrong_facts(facts: Mapping[str, Any], kind: FactKind, part: str) -> Iterator[RuleProblem]:
    for name, value in facts.items():
        field = kind.fields.get(name)
        if field is None:
            near = next(iter(nearest(name, kind.fields)), "")
            message = f"{kind.name} has no field '{name}'"
            yield RuleProblem(0, 0, "unknown_field", message, "a field", near, part)
        elif not _fits(field, value):
            yield RuleProblem(0, 0, "wrong_fact", f"'{name}' cannot be {value!r}", _wanted(field), part=part)


def _fits(field: Field, value: Any) -> bool:
    if value is None:
        return field.nullable
    if field.type == "bool":
        return isinstance(value, bool)
    if field.is_number:
        return _is_number(field, value)
    if field.type == "enum_list":
        return isinstance(value, list | tuple) and set(value) <= set(field.values)
    return isinstance(value, str) and (not field.values or value in field.values)


def _is_number(field: Field, value: Any) -> bool:
    right = isinstance(value, int) or (field.type == "decimal" and isinstance(value, float) and isfinite(value))
    if isinstance(value, bool) or not right:
        return False
    least, most = field.minimum, field.maximum
    return (least is None or value >= least) and (most is None or value <= most)


def _wanted(field: Field) -> str:
    if field.values:
        said = ", ".join(field.values)
    elif field.type == "bool":
        said = "true or false"
    elif field.type == "text":
        said = "a text"
    else:
        bounds = [("from", field.minimum), ("to", field.maximum)]
        said = " ".join(
            ["a whole number" if field.type == "int" else "a number"]
            + [f"{word} {bound:g}" for word, bound in bounds if bound is not None]
        )
    return f"{said}, or null" if field.nullable else said
