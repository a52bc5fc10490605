"""What the schema of a rule says beyond its members, for editors: the columns of the table that it reads, with their types and words, in
examples; and the remedies that there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.schema import FactKind, Field

Json = dict[str, Any]

_TYPES = {"bool": "boolean", "int": "integer", "decimal": "number", "text": "string", "enum": "string"}


def with_columns(schema: Mapping[str, Any], remedies: Iterable[str]) -> Json:
    """The schema of a rule with what is known of each fact kind's columns, and of remedies."""
    properties = dict(schema["properties"])
    listed = dict(properties["remedies"])
    properties["remedies"] = {**listed, "items": {"enum": sorted(remedies)}}
    branches = [
        {
            "if": {"properties": {"fact_kind": {"const": kind.name}}, "required": ["fact_kind"]},
            "then": {"properties": {"examples": _examples(name)}},
        }
        for name, kind in FACT_KINDS.items()
    ]
    facts = {_facts(name): _columns(kind) for name, kind in FACT_KINDS.items()}
    return {**schema, "properties": properties, "allOf": branches, "$defs": {**schema["$defs"], **facts}}


def _facts(kind: str) -> str:
    return f"facts_of_{kind}"


def _examples(kind: str) -> Json:
    facts = {"items": {"properties": {"facts": {"$ref": f"#/$defs/{_facts(kind)}"}}}}
    return {"properties": {"silent": facts, "matches": facts}}


def _columns(kind: FactKind) -> Json:
    return {
        "type": "object",
        "description": f"Columns of the table of rows about: {kind.labels['en']}.",
        "properties": {field.name: _column(field) for field in kind.fields.values()},
        "additionalProperties": False,
    }


def _column(field: Field) -> Json:
    """A column: what it is, in which bounds or out of which words; null where it can be missing."""
    null = ["null"] if field.nullable else []
    said: Json = {"description": f"{field.labels['en']}. {field.description}".strip()}
    if field.type == "enum_list":
        said |= {"type": ["array", *null], "items": {"enum": list(field.values)}}
    elif field.values:
        said |= {"enum": [*field.values, *([None] if field.nullable else [])]}
    else:
        said |= {"type": [_TYPES[field.type], *null]}
    bounds = {"minimum": field.minimum, "maximum": field.maximum}
    return {**said, **{name: bound for name, bound in bounds.items() if bound is not None}}
