"""`…/scenarios`: stacks of patches, edited, analysed, compared, rebased, promoted; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_analyses import AT, DAY, analysed, at, put, the_company, without

Raw = dict[str, Any]

SCENARIOS = f"{AT}/scenarios"
ANY = {"If-Match": "*"}
MERGE = {"Content-Type": "application/merge-patch+json"}

LESS_PAY = {"op": "replace", "path": "/incentive_plans/0/target_variable_pay_share", "value": 0.1}
GATE = {"op": "add", "path": "/incentive_plans/0/components/0/gate", "value": {"kpi": "fcr", "condition": ">= 80"}}
WEIGHT = {"op": "replace", "path": "/kpis/0/weight", "value": 30}
QUALITY = [
    {"op": "replace", "path": "/incentive_plans/0/components/0/weight", "value": 0.5},
    {"op": "add", "path": "/incentive_plans/0/components/-",
     "value": {"key": "agents-fcr", "kpi": "fcr", "weight": 0.5, "payout": {"kind": "linear", "cap": 1.5}}},
]  # fmt: skip


def made(client: Client, *patches: Any, **said: Any) -> Raw:
    """A scenario with these patches."""
    sent = [{"patch": one if isinstance(one, list) else [one]} for one in patches]
    response = client.post(SCENARIOS, json={"name": "Fair calls", "patches": sent, **said})
    assert response.status_code == 201, response.text
    scenario: Raw = response.json()
    return scenario


def of(scenario: Raw, path: str = "") -> str:
    return f"{SCENARIOS}/{scenario['id']}{path}"


def tag(client: Client, scenario: Raw) -> dict[str, str]:
    return {"If-Match": client.get(of(scenario)).headers["etag"]}


def changed(client: Client, scenario: Raw, **said: Any) -> Any:
    return client.patch(of(scenario), json=said, headers={**MERGE, **tag(client, scenario)})


def plan_of(document: Raw, key: str = "agents") -> Raw:
    return next(plan for plan in document["incentive_plans"] if plan["key"] == key)


def test_a_scenario_is_a_stack_of_patches_and_the_document_that_it_makes(tenant: Client) -> None:
    """Each with its note and author; the model stays as it is."""
    put(tenant)
    before = tenant.get(f"{AT}/document").json()

    response = tenant.post(
        SCENARIOS,
        json={
            "name": "Fair calls",
            "description": "Before the works council.",
            "patches": [{"patch": [LESS_PAY], "note": "Less depends on speed."}, {"patch": [GATE]}],
        },
    )
    scenario = response.json()
    read = tenant.get(response.headers["Location"])
    assert response.status_code == 201
    assert read.json() == scenario
    assert read.headers["etag"] == response.headers["etag"]
    assert (scenario["status"], scenario["revision"], scenario["patch_count"]) == ("open", 1, 2)
    assert [one["author"] for one in scenario["patches"]] == ["tests", "tests"]
    assert scenario["patches"][0]["note"] == "Less depends on speed."
    assert plan_of(scenario["document"])["target_variable_pay_share"] == 0.1
    assert plan_of(scenario["document"])["components"][0]["gate"] == {"kpi": "fcr", "condition": ">= 80"}
    assert [one["path"] for one in scenario["changes"]] == [
        "/incentive_plans/agents",
        "/incentive_plans/agents/components/agents-aht",
    ]
    assert tenant.get(f"{AT}/document").json() == before
    assert tenant.get(SCENARIOS).json()["items"] == [
        {name: value for name, value in scenario.items() if name not in ("patches", "changes", "document")}
    ]
