"""The JSON Schema (draft 2020-12) of the model document, made from its models, for editors and for other programs.

It says what one value alone must be like. References, sums and dates in order are checked when a document is read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from app.domain import document
from app.domain.document import Document
from app.domain.document.sentences import SENTENCES
from app.domain.parameters import BOUNDS, INTEGERS, Parameters

DOCUMENT_SCHEMA_ID = "/v1/schemas/document.json"

_BAD = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff"
"""Characters that documents do not hold."""

_TEXT = rf"^[^{_BAD}]*[^{_BAD}\s][^{_BAD}]*$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOST = {
    "departments": document.MOST_DEPARTMENTS,
    "outcomes": document.MOST_OUTCOMES,
    "kpis": document.MOST_KPIS,
    "incentive_plans": document.MOST_PLANS,
    "metrics": document.MOST_METRICS,
    "influences": document.MOST_INFLUENCES,
    "suppressions": document.MOST_SUPPRESSIONS,
}
_EXAMPLE = {
    "concord": 1,
    "organization": {"name": "Acme Telecom", "industry": "telecommunications", "currency": "EUR"},
    "departments": [{"key": "service", "name": "Customer Service", "function": "service"}],
    "outcomes": [{"key": "loyalty", "name": "Customer retention rate", "direction": "increase", "weight": 40}],
    "kpis": [
        {
            "key": "aht", "department": "service", "name": "Average handling time", "direction": "decrease", "weight": 40,
            "unit": "seconds", "baseline": 420, "target": 330, "horizon": "month",
        }
    ],
    "incentive_plans": [
        {
            "key": "agents-2026", "department": "service", "role": "Contact centre agent", "period": "month",
            "target_variable_pay_share": 0.15,
            "components": [
                {"key": "agents-2026-aht", "kpi": "aht", "weight": 1, "payout": {"kind": "linear", "threshold": 0.9, "cap": 1.5}}
            ],
            "effective": {"from": "2026-01-01", "to": "2027-01-01"},
        }
    ],
    "governance": {"executive_sponsor": "unknown", "single_customer_view": "none"},
}  # fmt: skip


_EXAMPLES: dict[str, list[Any]] = {
    "key": ["agents-2026"],
    "currency": ["EUR"],
    "metric": ["service.average_handle_time"],
    "weight": [0.4],
    "target_variable_pay_share": [0.15],
    "condition": [">= 4.2", "customer leaves within the notice period"],
    "shared_with": [["operations"]],
}


@lru_cache(maxsize=1)
def document_schema() -> dict[str, Any]:
    """The schema; every caller gets the same object, so treat it as read-only.

    What may be left out may be null, since people write null for what they do not know.
    """
    made = Document.model_json_schema(by_alias=True, mode="validation")
    parts: dict[str, dict[str, Any]] = {Document.__name__: made, **made["$defs"]}
    for name, part in parts.items():
        part["description"] = " ".join(part["description"].split())
        required = part.get("required", ())
        part["properties"] = {
            member: _member(member, schema, SENTENCES[name][member], is_required=member in required)
            for member, schema in part["properties"].items()
        }
    for name, most in _MOST.items():
        made["properties"][name]["maxItems"] = most
    parts["Customers"]["properties"]["segments"]["maxItems"] = document.MOST_SEGMENTS
    made["properties"]["parameters"] |= {"properties": _parameters(), "additionalProperties": False}
    definitions = made.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": DOCUMENT_SCHEMA_ID,
        **made,
        "title": "Model document of Concord",
        "examples": [_EXAMPLE],
        "$defs": dict(sorted(definitions.items())),
    }


def _member(name: str, schema: dict[str, Any], sentence: str, *, is_required: bool) -> dict[str, Any]:
    value = next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), schema)
    value = {said: what for said, what in value.items() if said not in ("title", "default")}
    if "items" in value:
        value["items"] = _exact(value["items"])
    whole = {
        "title": _title(name),
        "description": sentence,
        **(_exact(value) if is_required else _or_null(_exact(value))),
    }
    if schema.get("default") not in (None, [], {}):
        whole["default"] = schema["default"]
    if name in _EXAMPLES:
        whole["examples"] = _EXAMPLES[name]
    return whole


def _exact(value: dict[str, Any]) -> dict[str, Any]:
    """What the model says by code as a pattern: text of characters that can be written, days."""
    if "minLength" in value:
        return {**value, "pattern": _TEXT}
    return {**value, "pattern": _DAY, "examples": ["2026-01-31"]} if value.get("format") == "date" else value


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in value:
        return {"anyOf": [value, {"type": "null"}]}
    nullable = dict(value)
    if "type" in value:
        nullable["type"] = [value["type"], "null"]
    if "enum" in value:
        nullable["enum"] = [*value["enum"], None]
    return nullable


def _title(name: str) -> str:
    words = name.replace("_", " ").replace("kpi", "KPI")
    return words[0].upper() + words[1:]


def _parameters() -> dict[str, Any]:
    defaults = Parameters().as_dict()
    return {
        name: {
            "type": ["integer" if name in INTEGERS else "number", "null"],
            "minimum": low,
            "maximum": high,
            "default": defaults[name],
        }
        for name, (low, high) in BOUNDS.items()
    }
