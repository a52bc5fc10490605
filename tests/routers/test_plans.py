"""`…/analyses/{id}/plan`: the optimiser under constraints, kept, by a job where it takes long; its steps in scenarios."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from app.services.sealing import Sealer
from app.worker import Worker
from tests.contract.problem_shape import check_problem
from tests.databases import KINDS
from tests.http_client import Client, serving
from tests.routers.stored_analyses import AT, DAY, analysed, at, put, the_company

Raw = dict[str, Any]


class Planned(NamedTuple):
    """The call centre in a service, analysed, with a plan; tests that share it only read, or make scenarios."""

    client: Client
    analysis: Raw
    plan: Raw


@pytest.fixture(scope="module", params=KINDS)
def planned(request: pytest.FixtureRequest) -> Iterator[Planned]:
    with serving(request.param) as client:
        analysis = analysed(client, with_recommendations=False)
        response = client.post(at(analysis, "/plan"), json={"max_changes": 2})
        assert response.status_code == 201, response.text
        assert client.get(response.headers["Location"]).json() == response.json()
        yield Planned(client, analysis, response.json())


@pytest.mark.slow
def test_a_plan_is_kept_with_what_it_keeps_to(planned: Planned) -> None:
    """Its document is that which an audit finds what it says of; the list shows it in short."""
    client, analysis, plan = planned

    audited = client.audit(json.dumps(plan["document"]), "application/json", params={"as_of": DAY}).json()
    found = sum(one["severity"] for entry in audited["findings"] for one in (entry, *entry["also"]))
    listed = client.get(at(analysis, "/plans")).json()["items"]
    assert plan["constraints"] == {"max_changes": 2, "min_weight": 0.0, "max_weight": 1.0}
    assert 1 <= len(plan["changes"]) == plan["change_count"] <= 2
    assert found == pytest.approx(plan["effect"]["severity_after"], abs=0.1)
    assert plan["severity"]["after"] < plan["severity"]["before"]
    assert [point["count"] for point in plan["front"]] == [0, 1, 2]
    assert [one["id"] for one in listed] == [plan["id"]]
    assert "document" not in listed[0]


@pytest.mark.slow
def test_each_step_of_the_front_can_be_put_into_a_scenario(planned: Planned) -> None:
    """In one call, as one patch for each change; what it makes is what the front says of it."""
    client, _, plan = planned

    left = []
    for point in plan["front"]:
        sent = {"name": f"Step {point['count']}", "patches": [{"plan": plan["id"], "step": point["count"]}]}
        scenario = client.post(f"{AT}/scenarios", json=sent).json()
        found = client.get(f"{AT}/scenarios/{scenario['id']}/compare/base?as_of={DAY}").json()
        left.append(found["after"]["severity"])
        assert len(scenario["patches"]) == point["count"]
        assert all(one["note"] and one["source"]["plan"] == plan["id"] for one in scenario["patches"])
    unknown = client.post(f"{AT}/scenarios", json={"name": "x", "patches": [{"plan": plan["id"], "step": 9}]})
    assert left == pytest.approx([point["total"] for point in plan["front"]], abs=0.02)
    assert check_problem(unknown)["errors"][0]["pointer"] == "#/patches/0/step"


def test_constraints_that_name_what_is_not_there_are_refused_at_once(planned: Planned) -> None:
    """Each at its place, with what may have been meant; whether a job would do it or not."""
    client, analysis, _ = planned
    body = {
        "freeze": ["agent"],
        "must_go": ["0" * 16],
        "min_weight": 0.6,
        "max_weight": 0.4,
        "budget": {"amount": "1000", "currency": "EUR"},
    }

    told = [
        check_problem(client.post(at(analysis, "/plan"), json=body, headers=headers))
        for headers in ({}, {"Prefer": "respond-async"})
    ]
    shapes = [
        check_problem(client.post(at(analysis, "/plan"), json=wrong))["errors"][0]["pointer"]
        for wrong in ({"max_changes": -1}, {"budget": {"amount": "much"}}, {"allow": ["all"]}, {"freeze": "agents"})
    ]
    assert [one["status"] for one in told] == [422, 422]
    assert {error["pointer"] for error in told[0]["errors"]} == {
        "#/budget/currency", "#/freeze/0", "#/min_weight", "#/must_go/0"
    }  # fmt: skip
    assert any("agents" in error.get("hint", "") for error in told[0]["errors"])
    assert shapes == ["#/max_changes", "#/budget/amount", "#/allow/0", "#/freeze"]


@pytest.mark.slow
def test_what_stands_in_the_way_of_a_plan_is_named(planned: Planned) -> None:
    """A flaw that must go, and no change that may be made: nothing is changed, and the constraint is told in the caller's language."""
    client, analysis, _ = planned
    found = client.get(at(analysis, "/findings?limit=100")).json()["items"]
    worst = next(one["fingerprint"] for one in found if one["kind"] == "incentive_flaw")

    plan = client.post(at(analysis, "/plan?lang=de"), json={"max_changes": 0, "must_go": [worst]}).json()
    assert plan["changes"] == []
    assert plan["language"] == "de"
    assert [(one["constraint"], one["said"]) for one in plan["blockers"]] == [
        ("max_changes", "es werden höchstens 0 Änderungen gemacht")
    ]


@pytest.mark.slow
def test_a_plan_for_a_scenario_goes_on_top_of_it(planned: Planned) -> None:
    """For the document that an analysis of the scenario looked at; its steps fit there."""
    client, _, _ = planned
    gate = {"op": "add", "path": "/incentive_plans/0/components/0/gate", "value": {"kpi": "fcr", "condition": ">= 80"}}
    scenario = client.post(f"{AT}/scenarios", json={"name": "Gated", "patches": [{"patch": [gate]}]}).json()
    here = f"{AT}/scenarios/{scenario['id']}"
    analysis = client.post(f"{here}/analyses", json={"as_of": DAY, "with_recommendations": False}).json()

    plan = client.post(at(analysis, "/plan"), json={"max_changes": 1}).json()
    after = client.post(f"{here}/patches", json={"plan": plan["id"], "step": 1})
    assert after.status_code == 200, after.text
    assert after.json()["patch_count"] == 2
    assert after.json()["document"]["incentive_plans"][0]["components"][0]["gate"]["kpi"] == "fcr"


@pytest.mark.slow
def test_a_job_plans_where_that_is_preferred_and_tells_how_far_it_is() -> None:
    """202 and the job; when it has succeeded, its result is the plan. One that was cancelled keeps nothing."""
    with serving("sqlite") as client:
        analysis = analysed(client, with_recommendations=False)
        asked = client.post(at(analysis, "/plan"), json={"max_changes": 1}, headers={"Prefer": "respond-async"})
        cancelled = client.post(at(analysis, "/plan"), json={}, headers={"Prefer": "respond-async"})
        client.post(f"/v1/jobs/{cancelled.json()['id']}/cancel")
        worker = Worker(client.app.state.store, Sealer(["tests"]))
        while worker.do_one(_workspace(client)):
            pass

        job = client.get(f"/v1/jobs/{asked.json()['id']}").json()
        plan = client.get(job["result"]).json()
        ids = [one["id"] for one in client.get(at(analysis, "/plans")).json()["items"]]
        assert (asked.status_code, asked.headers["preference-applied"]) == (202, "respond-async")
        assert (job["kind"], job["status"], job["progress"]["unit"]) == ("plan", "succeeded", "runs")
        assert job["progress"]["done"] == job["progress"]["total"] > 0
        assert plan["change_count"] == 1
        assert client.get(f"/v1/jobs/{cancelled.json()['id']}").json()["status"] == "cancelled"
        assert ids == [plan["id"]]


@pytest.mark.slow
def test_larger_documents_are_planned_for_by_a_job_unless_time_is_short() -> None:
    """Without a limit of ten seconds nobody waits; with one the best so far is the answer, and says that it is not all."""
    with serving("sqlite") as client:
        company = the_company()
        company["kpis"] += [
            {"key": f"more-{n}", "department": "finance", "name": name, "direction": "increase"}
            for n, name in enumerate(("Cash flow", "Margin", "Days sales outstanding"))
        ]
        put(client, company)
        analysis = client.post(f"{AT}/analyses", json={"as_of": DAY, "with_recommendations": False}).json()

        by_job = client.post(at(analysis, "/plan"), json={})
        at_once = client.post(at(analysis, "/plan"), json={"time_limit_seconds": 0.1})
        assert (by_job.status_code, by_job.json()["kind"]) == (202, "plan")
        assert at_once.status_code == 201
        assert not at_once.json()["search"]["complete"]


def _workspace(client: Client) -> str:
    return str(client.get("/v1/me").json()["workspace"])
