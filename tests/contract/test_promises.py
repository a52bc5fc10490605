"""Within `/v1` the API only grows."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.the_document import document
from tools.promises import breaks, promised, promises_of

Json = dict[str, Any]

KPIS, KPI = "/v1/organizations/{org}/kpis", "/v1/organizations/{org}/kpis/{key}"


def _schema(document: Json, name: str) -> Json:
    found: Json = document["components"]["schemas"][name]
    return found


def _members(document: Json, name: str) -> Json:
    found: Json = _schema(document, name)["properties"]
    return found


BREAKS: dict[str, Callable[[Json], object]] = {
    "an operation is gone": lambda d: d["paths"][KPI].pop("delete"),
    "an operation has another name": lambda d: d["paths"][KPI]["get"].update(operationId="show_kpi"),
    "an operation needs another scope": lambda d: d["paths"][KPI]["get"].update({"x-required-scopes": ["admin"]}),
    "a parameter is gone": lambda d: d["paths"][KPIS]["get"]["parameters"].pop(),
    "a parameter is required": lambda d: d["paths"][KPIS]["get"]["parameters"][1].update(required=True),
    "a new parameter is required": lambda d: d["paths"][KPIS]["get"]["parameters"].append(
        {"name": "why", "in": "query", "required": True, "schema": {"type": "string"}}
    ),
    "a member is gone": lambda d: _members(d, "StoredKpi").pop("revision"),
    "a member has another type": lambda d: _members(d, "StoredKpi").update(weight={"type": "string"}),
    "a member that was always there may be missing": lambda d: _schema(d, "Job")["required"].remove("kind"),
    "a member has to be sent": lambda d: _schema(d, "StoredKpi")["required"].append("unit"),
    "a new member has to be sent": lambda d: (
        _members(d, "StoredKpi").update(mentor={"type": "string"}),
        _schema(d, "StoredKpi")["required"].append("mentor"),
    ),
    "a value is gone": lambda d: _members(d, "StoredKpi")["direction"]["enum"].pop(),
    "a bound is tighter": lambda d: _members(d, "StoredKpi")["weight"].update(maximum=100),
    "there is a bound where there was none": lambda d: _members(d, "StoredKpi")["department"].update(maxLength=10),
    "a format is not read any more": lambda d: d["paths"][KPIS]["post"]["requestBody"]["content"].pop("application/yaml"),
    "an answer is another": lambda d: d["paths"][KPI]["get"]["responses"]["200"]["content"]["application/json"].update(
        schema={"$ref": "#/components/schemas/Kpi"}
    ),
}  # fmt: skip

ADDITIONS: dict[str, Callable[[Json], object]] = {
    "an operation": lambda d: d["paths"][KPI].update(post={**d["paths"][KPI]["get"], "operationId": "look_at_kpi"}),
    "an operation that wants a state": lambda d: d["paths"][KPI].update(
        post={**d["paths"][KPI]["patch"], "operationId": "mend_kpi"}
    ),
    "a parameter": lambda d: d["paths"][KPIS]["get"]["parameters"].append(
        {"name": "why", "in": "query", "required": False, "schema": {"type": "string", "maxLength": 5}}
    ),
    "a member": lambda d: _members(d, "StoredKpi").update(mentor={"type": "string", "maxLength": 5}),
    "a value": lambda d: _members(d, "StoredKpi")["direction"]["enum"].append("hold"),
    "a looser bound": lambda d: _members(d, "StoredKpi")["name"].update(maxLength=1000),
    "a bound that is gone": lambda d: _members(d, "StoredKpi")["weight"].pop("maximum"),
    "a member that need not be sent any more": lambda d: _schema(d, "NewApiKey")["required"].remove("name"),
}


def test_nothing_that_was_promised_is_broken() -> None:
    """Whoever works with the last release works with this. A release writes the promises anew: `python -m tools.promises`."""
    assert breaks(promised(), promises_of(document())) == []


@pytest.mark.parametrize("case", BREAKS)
def test_a_break_is_found(case: str) -> None:
    """Each of those that the rules of versions name."""
    changed = copy.deepcopy(document())

    BREAKS[case](changed)

    assert breaks(promises_of(document()), promises_of(changed)) != []


@pytest.mark.parametrize("case", ADDITIONS)
def test_an_addition_is_no_break(case: str) -> None:
    """Clients accept what they do not know."""
    changed = copy.deepcopy(document())

    ADDITIONS[case](changed)

    assert changed != document()
    assert breaks(promises_of(document()), promises_of(changed)) == []
