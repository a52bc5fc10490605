"""The page of fact kinds: the tables that rules read, column by column."""

from __future__ import annotations

from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.schema import FactKind, Field
from tools.docs.markdown import listed, mono, page, section, table


def fact_kinds_page() -> str:
    """All fact kinds with their columns."""
    return page(
        "# Fact kinds",
        "The engine turns a model document into typed tables; a rule reads the rows of one of them "
        "([rule language](rule-language.md)). *May be missing* means that a condition which needs the value is then unknown, and "
        "the rule is reported as not assessable on that row.",
        *(_kind(kind) for kind in FACT_KINDS.values()),
        source="app/domain/facts",
    )


def _kind(kind: FactKind) -> str:
    names = f"A message may also name {listed(mono(f'{{{subject}}}') for subject in kind.subjects)}."
    rows = [[mono(field.name), _type(field), field.description, _example(field)] for field in kind.fields.values()]
    return section(
        kind.name, names if kind.subjects else "", table(["column", "type", "what it says", "for example"], rows)
    )


def _type(field: Field) -> str:
    words = {
        "bool": "yes or no",
        "int": "whole number",
        "decimal": f"number, {field.scale} digits",
        "text": "text, for messages only",
        "enum": f"one of {listed(field.values)}",
        "enum_list": f"some of {listed(field.values)}",
    }[field.type]
    unit = f" ({field.unit})" if field.unit else ""
    return f"{words}{unit}; may be missing" if field.nullable else words + unit


def _example(field: Field) -> str:
    return mono(str(field.example).lower() if isinstance(field.example, bool) else str(field.example))
