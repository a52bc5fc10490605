"""The JSON Schema of `concord.toml`, for editors: what `configuration` checks, with the names of all rules and packs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.configuration import ALL, SENTENCES
from app.domain.overrides import GRADES
from app.domain.rules.rule import Rule
from app.domain.selection import packs_of
from app.domain.terms import LEVELS

_LIST: dict[str, Any] = {"type": "array", "items": {"type": "string", "pattern": r"\S"}}
_TYPES: dict[str, dict[str, Any]] = {
    "fail_on": {"enum": list(LEVELS), "default": "high"},
    "select": _LIST,
    "ignore": _LIST,
    "baseline": {"type": "string", "pattern": r"\S"},
    "strict_baseline": {"type": "boolean", "default": False},
    "new_only": {"type": "boolean", "default": False},
    "waivers": _LIST,
    "rule_files": _LIST,
    "rules": {"$ref": "#/$defs/rules"},
    "departments": {"$ref": "#/$defs/by_key"},
    "incentive_plans": {"$ref": "#/$defs/by_key"},
}


def configuration_schema(rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The schema (draft 2020-12) without its id."""
    grade = {"$ref": "#/$defs/grade"}
    return {
        "title": "Settings of Concord's audits (concord.toml)",
        "type": "object",
        "properties": {name: {"description": said, **_TYPES[name]} for name, said in SENTENCES.items()},
        "additionalProperties": False,
        "$defs": {
            "grade": {"description": "A level, or `off`: not reported.", "enum": list(GRADES)},
            "rules": {
                "type": "object",
                "properties": {
                    ALL: {"description": "Every rule.", **grade},
                    **{pack: {"description": f"The rules of the pack {pack}.", **grade} for pack in packs_of(rules)},
                    **{id_: {"description": rules[id_].name.replace("-", " "), **grade} for id_ in sorted(rules)},
                },
                "patternProperties": {_beginnings(rules): grade},
                "additionalProperties": False,
            },
            "by_key": {"type": "object", "additionalProperties": {"anyOf": [grade, {"$ref": "#/$defs/rules"}]}},
        },
    }


def _beginnings(rules: Mapping[str, Rule]) -> str:
    """Beginnings of the ids of rules, of three letters and up to two digits."""
    return f"^({'|'.join(sorted({id_[:length] for id_ in rules for length in (3, 4, 5)}))})$"
