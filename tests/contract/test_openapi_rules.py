"""The linter of the OpenAPI document: it finds nothing in it, and would find what it is there for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.openapi_rules import RULES, findings
from tests.contract.the_document import document

Json = dict[str, Any]

KPI, KPIS, RUN = (
    "/v1/organizations/{org}/kpis/{key}",
    "/v1/organizations/{org}/kpis",
    "/v1/organizations/{org}/analyses",
)


def _get(document: Json) -> Json:
    found: Json = document["paths"][KPI]["get"]
    return found


def _schema(document: Json, name: str) -> Json:
    found: Json = document["components"]["schemas"][name]
    return found


SLIPS: dict[str, Callable[[Json], object]] = {
    "fits_the_meta_schema": lambda d: d["info"].pop("title"),
    "schemas_are_schemas": lambda d: _schema(d, "Kpi").update(type="thing"),
    "references_lead_somewhere": lambda d: d["components"]["schemas"].update(Forgotten={"type": "object"}),
    "components_are_named_in_one_way": lambda d: d["components"]["schemas"].update(app__Kpi=_schema(d, "Kpi")),
    "operations_have_names": lambda d: _get(d).update(operationId="list_kpis"),
    "operations_are_told": lambda d: _get(d).update(summary="Show a KPI."),
    "tags_are_used": lambda d: d["tags"].append({"name": "weather", "description": "What falls."}),
    "access_is_said": lambda d: _get(d).pop("x-required-scopes"),
    "paths_are_plain": lambda d: d["paths"].update({KPI + "/": d["paths"][KPI]}),
    "parameters_are_told": lambda d: _get(d)["parameters"][0].pop("description"),
    "answers_are_told": lambda d: _get(d)["responses"]["200"].pop("content"),
    "contents_have_examples": lambda d: _get(d)["responses"]["200"]["content"]["application/json"].pop("examples"),
    "defaults_are_valid": lambda d: _schema(d, "Kpi")["properties"]["inverted"].update(default="no"),
    "what_may_be_left_out_is_never_null": lambda d: _schema(d, "Kpi")["properties"].update(
        unit={"anyOf": [{"type": "string"}, {"type": "null"}]}
    ),
    "what_is_made_can_be_read": lambda d: d["paths"][RUN]["post"]["responses"]["202"].pop("links"),
    "headers_follow_from_answers": lambda d: _get(d)["parameters"].pop(),
    "patches_are_patches": lambda d: d["paths"][KPI]["patch"]["requestBody"]["content"].update({"application/json": {}}),
    "lists_are_pages": lambda d: _schema(d, "StoredKpiList")["properties"].pop("next"),
}  # fmt: skip
"""Rule → a slip that it is there for."""


@pytest.mark.slow
def test_there_is_nothing_to_find() -> None:
    """In the document as it is."""
    assert findings(document()) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_slip_is_found(rule: Any) -> None:
    """Each rule finds what it is there for."""
    slipped = copy.deepcopy(document())

    SLIPS[rule.__name__](slipped)

    assert list(rule(slipped)) != []
