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


def test_every_fault_of_what_is_sent_is_told_at_its_place(tenant: Client) -> None:
    """In the body where it lies there, else in the document; nothing is made."""
    put(tenant)
    neither = [{"note": "nothing"}, {"patch": [], "plan": "pln_x", "step": 1}, {"plan": "pln_x"}]
    misfit = [{"patch": [WEIGHT]}, {"patch": [{"op": "replace", "path": "/kpis/9/weight", "value": 1}]}]
    half = [{"patch": [{"op": "replace", "path": "/incentive_plans/0/components/0/weight", "value": 0.5}]}]

    problems = [
        check_problem(tenant.post(SCENARIOS, json={"name": "x", "patches": patches}))
        for patches in (*([one] for one in neither), misfit, half)
    ]
    assert [one["status"] for one in problems] == [422] * 5
    assert [one["errors"][0]["pointer"] for one in problems] == [
        "#/patches/0",
        "#/patches/0",
        "#/patches/0/step",
        "#/patches/1/patch/0/path",
        "#/document/incentive_plans/0/components",
    ]
    assert tenant.get(SCENARIOS).json()["items"] == []


def test_a_stack_is_edited_whole(tenant: Client) -> None:
    """Patches are added, taken out, reordered and noted; those that stay keep id, author and what they set."""
    put(tenant)
    scenario = made(tenant, LESS_PAY, WEIGHT, GATE)
    first, second, third = (one["id"] for one in scenario["patches"])

    edited = changed(
        tenant,
        scenario,
        name="Fairer calls",
        patches=[{"id": third, "note": "Quality first."}, {"id": first}, {"patch": [{**WEIGHT, "value": 50}]}],
    )
    said = edited.json()
    assert edited.status_code == 200
    assert [one["id"] for one in said["patches"][:2]] == [third, first]
    assert said["patches"][0]["note"] == "Quality first."
    assert said["name"] == "Fairer calls"
    assert [kpi["weight"] for kpi in said["document"]["kpis"] if kpi["key"] == "aht"] == [50]
    assert plan_of(said["document"])["target_variable_pay_share"] == 0.1
    assert second not in {one["id"] for one in said["patches"]}


def test_what_was_read_can_be_sent_back(tenant: Client) -> None:
    """Whole, as it was read, it changes nothing but its version; a patch cannot be rewritten under its id."""
    put(tenant)
    scenario = made(tenant, LESS_PAY, GATE)

    back = changed(tenant, scenario, **scenario)
    rewritten = [{**scenario["patches"][0], "patch": [WEIGHT]}]
    refused = check_problem(changed(tenant, scenario, patches=rewritten))
    same = {name: value for name, value in back.json().items() if name != "updated_at"}
    assert back.status_code == 200
    assert same == {name: value for name, value in scenario.items() if name != "updated_at"}
    assert refused["errors"][0]["pointer"] == "#/patches/0/patch"


def test_a_patch_does_not_stand_on_what_is_taken_out(tenant: Client) -> None:
    """What changes a component that only another patch brought cannot stay without it: 409, and the stack stays."""
    put(tenant)
    scenario = made(
        tenant, QUALITY, {"op": "replace", "path": "/incentive_plans/0/components/1/payout/cap", "value": 1.2}
    )

    refused = changed(tenant, scenario, patches=[{"id": scenario["patches"][1]["id"]}])
    assert check_problem(refused)["status"] == 409
    assert tenant.get(of(scenario)).json() == scenario


def test_a_change_names_the_state_that_it_is_made_on(tenant: Client) -> None:
    """Without it 428, with an old one 412; a patch on top may do without, and is refused with an old one as well."""
    put(tenant)
    scenario = made(tenant, LESS_PAY)
    old = tag(tenant, scenario)
    added = tenant.post(of(scenario, "/patches"), json={"patch": [WEIGHT], "note": "Half."})

    without_one = tenant.patch(of(scenario), json={"name": "y"}, headers=MERGE)
    with_old = tenant.patch(of(scenario), json={"name": "y"}, headers={**MERGE, **old})
    on_old = tenant.post(of(scenario, "/patches"), json={"patch": [GATE]}, headers=old)
    assert added.status_code == 200
    assert added.json()["patches"][-1]["note"] == "Half."
    assert [check_problem(one)["status"] for one in (without_one, with_old, on_old)] == [428, 412, 412]


def test_a_scenario_is_put_aside_and_taken_up_again(tenant: Client) -> None:
    """It leaves the list, stays readable, takes no change meanwhile, and is there again when it is restored."""
    put(tenant)
    scenario = made(tenant, LESS_PAY)

    gone = tenant.delete(of(scenario), headers=ANY)
    read = tenant.get(of(scenario))
    again = check_problem(tenant.delete(of(scenario), headers=ANY))
    refused = check_problem(tenant.patch(of(scenario), json={"name": "y"}, headers={**MERGE, **ANY}))
    listed = tenant.get(SCENARIOS).json()["items"], tenant.get(f"{SCENARIOS}?status=discarded").json()["items"]
    back = tenant.post(of(scenario, "/restore"))
    assert gone.status_code == 204
    assert (read.json()["status"], read.json()["decided_by"]) == ("discarded", "tests")
    assert read.json()["document"] == scenario["document"]
    assert (again["status"], refused["status"]) == (404, 409)
    assert [len(items) for items in listed] == [0, 1]
    assert back.json()["status"] == "open"
    assert len(tenant.get(SCENARIOS).json()["items"]) == 1


@pytest.mark.slow
def test_an_analysis_of_a_scenario_leaves_the_model_alone(tenant: Client) -> None:
    """It is kept and marked; conflicts over time, the list of analyses, the next comparison and what webhooks hear take no note of it."""
    analysis = analysed(tenant)
    before = tenant.get(f"{AT}/conflicts").json()["items"]
    scenario = made(tenant, QUALITY, GATE)

    response = tenant.post(of(scenario, "/analyses"), json={"as_of": DAY})
    said = response.json()
    read = tenant.get(response.headers["Location"]).json()
    next_ = tenant.post(f"{AT}/analyses", json={"as_of": DAY}).json()
    report = tenant.get(at(said, "/report")).json()
    assert response.status_code == 201
    assert read == said
    assert (said["scenario"], said["current"], said["revision"]) == (scenario["id"], False, 1)
    assert said["content_hash"] == scenario["content_hash"] != analysis["content_hash"]
    assert said["summary"]["levels"] != analysis["summary"]["levels"]
    assert [one["key"] for one in tenant.get(at(said, "/matrix")).json()["rows"]] == ["finance", "sales", "service"]
    assert report["content_hash"] == scenario["content_hash"]
    assert tenant.post(at(said, "/verify")).json()["reproduced"]
    assert tenant.get(f"{AT}/conflicts").json()["items"] == before
    assert [one["id"] for one in tenant.get(f"{AT}/analyses").json()["items"]] == [analysis["id"], next_["id"]]
    assert next_["previous"] == analysis["id"]
    assert [one["id"] for one in tenant.get(of(scenario, "/analyses")).json()["items"]] == [said["id"]]


def test_a_comparison_says_what_a_scenario_changes(tenant: Client) -> None:
    """Findings, index, pay that moves, and a role's curve and weights before and after; the figures are those of analyses."""
    analysis = analysed(tenant, with_recommendations=False)
    scenario = made(tenant, QUALITY, GATE)
    after = tenant.post(of(scenario, "/analyses"), json={"as_of": DAY, "with_recommendations": False}).json()

    said = tenant.get(of(scenario, f"/compare/model?as_of={DAY}")).json()
    by_analyses = tenant.get(f"{AT}/analyses/{after['id']}/compare/{analysis['id']}").json()
    (role,) = said["roles"]
    assert [said[side]["alignment_index"] for side in ("before", "after")] == [
        one["summary"]["alignment_index"] for one in (analysis, after)
    ]
    assert said["after"]["levels"] == after["summary"]["levels"]
    assert {name: said[name] for name in ("counts", "new", "worse", "better", "fixed", "changes")} == {
        name: by_analyses[name] for name in ("counts", "new", "worse", "better", "fixed", "changes")
    }
    assert said["pay_moved"] == [
        {"incentive_plan": "agents", "department": "service", "role": "Agent", "headcount": 260, "share": 0.1,
         "amount": {"amount": "1040000.00"}}
    ]  # fmt: skip
    assert (role["incentive_plan"], role["before"]["variable_pay"]) == ("agents", {"amount": "8000.00"})
    assert [(mark["attainment"], mark["pay"]) for mark in role["before"]["marks"]] == [(0.8, 0), (1.0, 1.0), (1.2, 1.0)]
    assert [(mark["attainment"], mark["pay"], mark["lowest"]) for mark in role["after"]["marks"]] == [
        (0.8, 0.4, 0.4),
        (1.0, 1.0, 0.5),
        (1.2, 1.1, 0.6),
    ]
    assert role["after"]["measures"][0] == {
        "kpi": "fcr", "stated": 0.5, "effective": 0.7143, "gates": ["agents-aht"], "modifies": []
    }  # fmt: skip


def test_two_scenarios_are_compared(tenant: Client) -> None:
    """Each with the other, and with what it stands on; what does not exist is 404."""
    put(tenant)
    one, other = made(tenant, LESS_PAY), made(tenant, LESS_PAY, WEIGHT, name="More")

    said = tenant.get(of(other, f"/compare/{one['id']}?as_of={DAY}")).json()
    base = tenant.get(of(other, f"/compare/base?as_of={DAY}")).json()
    absent = check_problem(tenant.get(of(other, "/compare/scn_0")))
    assert said["before"]["scenario"] == one["id"]
    assert [change["path"] for change in said["changes"]] == ["/kpis/aht"]
    assert [change["path"] for change in base["changes"]] == ["/kpis/aht", "/incentive_plans/agents"]
    assert absent["status"] == 404


def test_a_scenario_is_brought_to_the_model_as_it_stands(tenant: Client) -> None:
    """What the model changed elsewhere stays, and the stack with it; where both changed the same somebody chooses."""
    put(tenant)
    scenario = made(tenant, LESS_PAY, WEIGHT)
    company = the_company(organization={"key": "acme", "name": "Acme & Sons"})
    company["kpis"][0]["weight"] = 45
    put(tenant, company)

    preview = tenant.get(of(scenario, "/rebase")).json()
    refused = tenant.post(of(scenario, "/rebase"), json={}, headers=tag(tenant, scenario))
    wrong = tenant.post(
        of(scenario, "/rebase"), json={"choices": [{"pointer": "/kpis/x", "take": "model"}]}, headers=ANY
    )
    taken = {
        side: tenant.post(
            of(scenario, "/rebase?dry_run=true"),
            json={"choices": [{"pointer": "/kpis/aht/weight", "take": side}]},
            headers=ANY,
        ).json()
        for side in ("model", "scenario")
    }
    (conflict,) = preview["conflicts"]
    assert (preview["revision"], preview["onto"], preview["needed"]) == (1, 2, True)
    assert conflict == {
        "pointer": "/kpis/aht/weight", "patch": scenario["patches"][1]["id"], "base": 60, "model": 45, "scenario": 30
    }  # fmt: skip
    assert (check_problem(refused)["status"], refused.json()["conflicts"]) == (409, [conflict])
    assert check_problem(wrong)["errors"][0]["pointer"] == "#/choices/0/pointer"
    for side, weight in (("model", 45), ("scenario", 30)):
        document = taken[side]["document"]
        assert document["organization"]["name"] == "Acme & Sons"
        assert plan_of(document)["target_variable_pay_share"] == 0.1
        assert [kpi["weight"] for kpi in document["kpis"] if kpi["key"] == "aht"] == [weight]
        assert [one["id"] for one in taken[side]["patches"]] == [one["id"] for one in scenario["patches"]]
    assert taken["model"]["patches"][1]["patch"] == []
    assert tenant.get(of(scenario)).json() == scenario


def test_the_weights_of_a_plan_are_chosen_together(tenant: Client) -> None:
    """Both sides gave the agents other components: either whole set is valid, a mixture is not offered."""
    put(tenant)
    scenario = made(tenant, QUALITY)
    company = the_company()
    company["incentive_plans"][0]["components"][0]["weight"] = 0.7
    company["incentive_plans"][0]["components"].append(
        {"key": "agents-cost", "kpi": "cost", "weight": 0.3, "payout": {"kind": "linear", "cap": 1.2}}
    )
    put(tenant, company)

    preview = tenant.get(of(scenario, "/rebase")).json()
    taken = {
        side: tenant.post(
            of(scenario, "/rebase?dry_run=true"),
            json={"choices": [{"pointer": "/incentive_plans/agents/components", "take": side}]},
            headers=ANY,
        ).json()["document"]
        for side in ("model", "scenario")
    }
    (conflict,) = preview["conflicts"]
    assert (conflict["pointer"], conflict["model"], conflict["scenario"]) == (
        "/incentive_plans/agents/components",
        {"agents-aht": 0.7, "agents-cost": 0.3},
        {"agents-aht": 0.5, "agents-fcr": 0.5},
    )
    for side in ("model", "scenario"):
        weights = {one["key"]: one["weight"] for one in plan_of(taken[side])["components"]}
        assert weights == conflict[side]


def test_what_the_model_no_longer_has_can_be_brought_back_or_left(tenant: Client) -> None:
    """The scenario changes a KPI that somebody has taken out meanwhile."""
    put(tenant)
    scenario = made(tenant, WEIGHT, LESS_PAY)
    company = without(the_company(), "kpis", "aht")
    company["incentive_plans"].append({**the_company()["incentive_plans"][0], "components": [
        {"key": "agents-fcr", "kpi": "fcr", "weight": 1, "payout": {"kind": "linear", "cap": 1.5}}]})  # fmt: skip
    put(tenant, company)

    preview = tenant.get(of(scenario, "/rebase")).json()
    taken = {
        side: tenant.post(
            of(scenario, "/rebase?dry_run=true"),
            json={"choices": [{"pointer": "/kpis/aht", "take": side}]},
            headers=ANY,
        ).json()["document"]
        for side in ("model", "scenario")
    }
    (conflict,) = preview["conflicts"]
    assert (conflict["pointer"], conflict["part_gone"], conflict.get("model")) == ("/kpis/aht", True, None)
    assert conflict["scenario"]["weight"] == 30
    assert [one["key"] for one in taken["model"]["kpis"]] == ["cost", "fcr", "new"]
    assert [one["key"] for one in taken["scenario"]["kpis"]] == ["aht", "cost", "fcr", "new"]


def test_promoting_makes_one_revision_of_a_scenario(tenant: Client) -> None:
    """On the state that was read, and on the model that it stands on; then it is closed and stays readable."""
    put(tenant)
    scenario = made(tenant, LESS_PAY, GATE)

    without_one = check_problem(tenant.post(of(scenario, "/promote")))
    dry = tenant.post(of(scenario, "/promote?dry_run=true"), headers=tag(tenant, scenario))
    still = tenant.get(f"{AT}/document").json()
    promoted = tenant.post(of(scenario, "/promote"), headers=tag(tenant, scenario))
    document = tenant.get(f"{AT}/document")
    revisions = tenant.get(f"{AT}/revisions").json()["items"]
    again = check_problem(tenant.post(of(scenario, "/promote"), headers=ANY))
    said = promoted.json()
    assert without_one["status"] == 428
    assert (dry.status_code, dry.headers["dry-run"], plan_of(still)["target_variable_pay_share"]) == (200, "true", 0.2)
    assert promoted.status_code == 200
    assert document.json() == scenario["document"]
    assert promoted.headers["etag"] == document.headers["etag"]
    assert (said["revision"], said["scenario"]["status"], said["scenario"]["promoted_revision"]) == (2, "promoted", 2)
    assert [one["action"] for one in revisions] == ["organization.created", "scenario.promoted"]
    assert again["status"] == 409
    assert tenant.get(of(scenario)).json() == said["scenario"]


def test_a_scenario_behind_the_model_is_not_promoted(tenant: Client) -> None:
    """First it is brought to the model: what is promoted is what was looked at."""
    put(tenant)
    scenario = made(tenant, LESS_PAY)
    put(tenant, the_company(organization={"key": "acme", "name": "Acme & Sons"}))

    refused = check_problem(tenant.post(of(scenario, "/promote"), headers=ANY))
    tenant.post(of(scenario, "/rebase"), headers=ANY)
    promoted = tenant.post(of(scenario, "/promote"), headers=ANY).json()
    document = tenant.get(f"{AT}/document").json()
    assert refused["status"] == 409
    assert promoted["revision"] == 3
    assert document["organization"]["name"] == "Acme & Sons"
    assert plan_of(document)["target_variable_pay_share"] == 0.1


def test_a_request_that_is_sent_again_adds_one_patch(tenant: Client) -> None:
    """With its `Idempotency-Key`, and is answered as the first time."""
    put(tenant)
    scenario = made(tenant)
    key = {"Idempotency-Key": "once"}

    answers = [tenant.post(of(scenario, "/patches"), json={"patch": [WEIGHT]}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert tenant.get(of(scenario)).json()["patch_count"] == 1


@pytest.mark.parametrize(
    "path", ["", "/rebase", "/analyses", "/compare/model"], ids=["itself", "rebase", "analyses", "compare"]
)
def test_what_nobody_has_made_is_not_found(tenant: Client, path: str) -> None:
    """Under every address below it."""
    put(tenant)

    assert check_problem(tenant.get(f"{SCENARIOS}/scn_0{path}"))["status"] == 404
