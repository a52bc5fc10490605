"""`…/analyses/{id}/recommendations`: accepted into the document, or dismissed; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_analyses import AT, Kept, analysed, at, put, ran, the_company, without
from tests.routers.stored_analyses import kept as kept

Raw = dict[str, Any]


def every(client: Client, analysis: Raw) -> list[Raw]:
    items: list[Raw] = client.get(at(analysis, "/recommendations")).json()["items"]
    return items


def tag(client: Client) -> dict[str, str]:
    return {"If-Match": client.get(f"{AT}/document").headers["etag"]}


@pytest.mark.slow
def test_recommendations_are_listed_as_the_report_has_them(kept: Kept) -> None:
    """In its order and language, each open to begin with."""
    client, analysis = kept
    report = client.get(at(analysis, "/report?lang=de")).json()["recommendations"]

    listed = client.get(at(analysis, "/recommendations?lang=de")).json()["items"]
    one = client.get(at(analysis, f"/recommendations/{report[0]['id']}?lang=de")).json()
    assert listed == [{**said, "analysis": analysis["id"], "status": "open"} for said in report]
    assert one == listed[0]
    assert analysis["recommendation_count"] == len(report) > 1


@pytest.mark.slow
def test_accepting_one_makes_it_part_of_the_document(tenant: Client) -> None:
    """One revision, one event; the next analysis shows what it was said to do."""
    analysis = analysed(tenant)
    first = every(tenant, analysis)[0]

    accepted = tenant.post(
        at(analysis, f"/recommendations/{first['id']}/accept"), json={"into": "model"}, headers=tag(tenant)
    )
    document = tenant.get(f"{AT}/document")
    event = tenant.get("/v1/audit-events").json()["items"][0]
    after = ran(tenant, with_recommendations=False)
    said = accepted.json()
    assert accepted.status_code == 200
    assert (said["revision"], said["recommendation"]["status"], said["recommendation"]["revision"]) == (
        2,
        "accepted",
        2,
    )
    assert accepted.headers["etag"] == document.headers["etag"]
    assert said["changes"]
    assert (event["action"], event["after"]) == ("recommendation.accepted", said["content_hash"])
    assert after["summary"]["alignment_index"] == first["effect"]["alignment_after"]
    assert tenant.get(at(analysis, f"/recommendations/{first['id']}")).json()["status"] == "accepted"


def test_accepting_needs_the_state_of_the_document(tenant: Client) -> None:
    """Without it 428, with an old one 412; nothing changes."""
    analysis = analysed(tenant)
    address = at(analysis, f"/recommendations/{every(tenant, analysis)[0]['id']}/accept")
    old = tag(tenant)
    put(tenant, the_company(organization={"key": "acme", "name": "Acme & Sons"}))

    assert check_problem(tenant.post(address, json={"into": "model"}))["status"] == 428
    assert check_problem(tenant.post(address, json={"into": "model"}, headers=old))["status"] == 412
    assert tenant.get(f"{AT}/document").json()["organization"]["name"] == "Acme & Sons"


def test_what_changed_since_the_analysis_stays(tenant: Client) -> None:
    """The change finds its place by keys, though others stand before it now."""
    analysis = analysed(tenant)
    first = every(tenant, analysis)[0]
    company = the_company()
    company["incentive_plans"].append(
        {"key": "aaa", "department": "finance", "period": "year", "target_variable_pay_share": 0.1,
         "components": [{"key": "aaa-cost", "kpi": "cost", "weight": 1, "payout": {"kind": "linear"}}]}
    )  # fmt: skip
    company["kpis"].append(
        {"key": "aaa", "department": "finance", "name": "Days sales outstanding", "direction": "decrease"}
    )
    put(tenant, company)

    accepted = tenant.post(
        at(analysis, f"/recommendations/{first['id']}/accept"), json={"into": "model"}, headers=tag(tenant)
    ).json()
    document = tenant.get(f"{AT}/document").json()
    assert {change["action"] for change in accepted["changes"]} <= {"added", "changed"}
    assert [one["key"] for one in document["incentive_plans"]] == ["aaa", "agents", "sellers"]
    assert {one["key"] for one in document["kpis"]} >= {"aaa", "aht", "cost", "fcr", "new"}


def test_what_the_document_no_longer_says_cannot_be_changed(tenant: Client) -> None:
    """The answer is 409, and the document stays as it is."""
    analysis = analysed(tenant)
    about_aht = [one for one in every(tenant, analysis) if "agents" in str(one["patch"])]
    put(tenant, without(the_company(), "kpis", "aht"))
    before = tag(tenant)

    for one in about_aht:
        refused = tenant.post(
            at(analysis, f"/recommendations/{one['id']}/accept"), json={"into": "model"}, headers=before
        )
        assert check_problem(refused)["type"].endswith("/wrong-state")
    assert about_aht
    assert tag(tenant) == before


def test_where_to_is_told_when_it_is_not_there(kept: Kept) -> None:
    """The answer names what there is: the model, or a scenario by its id."""
    client, analysis = kept
    address = at(analysis, f"/recommendations/{every(client, analysis)[0]['id']}/accept")

    problem: Any = check_problem(client.post(address, json={"into": "scenario"}, headers=tag(client)))
    assert problem["status"] == 422
    assert [(e["pointer"], e["value"], e["expected"]) for e in problem["errors"]] == [
        ("#/into", "scenario", "one of model, scn_…")
    ]


def test_a_dry_run_of_accepting_shows_what_it_would_change(kept: Kept) -> None:
    """And changes nothing."""
    client, analysis = kept
    first, before = every(client, analysis)[0], tag(client)
    address = at(analysis, f"/recommendations/{first['id']}/accept")

    tried = client.post(f"{address}?dry_run=true", json={"into": "model"}, headers=before)
    assert (tried.status_code, tried.headers["dry-run"]) == (200, "true")
    assert tried.json()["changes"]
    assert tag(client) == before
    assert every(client, analysis)[0]["status"] == "open"


@pytest.mark.slow
def test_a_dismissed_one_stays_away_while_the_ground_is_the_same(tenant: Client) -> None:
    """Later analyses have it as dismissed, with the reason; it is back when what it answers has changed."""
    analysis = analysed(tenant)
    first = every(tenant, analysis)[0]

    dismissed = tenant.post(at(analysis, f"/recommendations/{first['id']}/dismiss"), json={"reason": " Works council "})
    later = {one["id"]: one for one in every(tenant, ran(tenant))}
    open_ = tenant.get(at(ran(tenant), "/recommendations?status=open")).json()["items"]
    assert (dismissed.status_code, dismissed.json()["status"], dismissed.json()["reason"]) == (
        200,
        "dismissed",
        "Works council",
    )
    assert (later[first["id"]]["status"], later[first["id"]]["reason"]) == ("dismissed", "Works council")
    assert first["id"] not in {one["id"] for one in open_}
    assert tenant.get("/v1/audit-events").json()["items"][2]["action"] == "recommendation.dismissed"


def test_a_dismissal_needs_a_reason(kept: Kept) -> None:
    """An empty one is none, nor is one that no database keeps."""
    client, analysis = kept
    address = at(analysis, f"/recommendations/{every(client, analysis)[0]['id']}/dismiss")

    for body in ({}, {"reason": "  "}, {"reason": 5}, {"reason": "a\0b"}):
        assert check_problem(client.post(address, json=body))["status"] == 422


def test_an_accepted_one_is_not_dismissed(tenant: Client) -> None:
    """It is in the document."""
    analysis = analysed(tenant)
    address = at(analysis, f"/recommendations/{every(tenant, analysis)[0]['id']}")
    tenant.post(f"{address}/accept", json={"into": "model"}, headers=tag(tenant))

    assert check_problem(tenant.post(f"{address}/dismiss", json={"reason": "late"}))["status"] == 409


def test_a_decision_that_is_sent_again_is_made_once(tenant: Client) -> None:
    """The same answer, one revision."""
    analysis = analysed(tenant)
    address = at(analysis, f"/recommendations/{every(tenant, analysis)[0]['id']}/accept")
    headers = {**tag(tenant), "Idempotency-Key": "k"}

    first, again = (tenant.post(address, json={"into": "model"}, headers=headers) for _ in range(2))
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert tenant.get(AT).json()["revision"] == 2


def scenario_of(client: Client, *patches: Raw) -> Raw:
    sent = {"name": "Try", "patches": [{"patch": [one]} for one in patches]}
    response = client.post(f"{AT}/scenarios", json=sent)
    assert response.status_code == 201, response.text
    made: Raw = response.json()
    return made


@pytest.mark.slow
def test_one_is_accepted_into_scenarios_as_well(tenant: Client) -> None:
    """As a patch with its title as the note, into as many as one likes; the model stays as it is."""
    analysis = analysed(tenant)
    first = every(tenant, analysis)[0]
    weight = {"op": "replace", "path": "/kpis/3/weight", "value": 7}
    one, other = scenario_of(tenant), scenario_of(tenant, weight)
    before = tenant.get(f"{AT}/document").json()
    address = at(analysis, f"/recommendations/{first['id']}/accept")

    answers = [tenant.post(address, json={"into": each["id"]}) for each in (one, other)]
    said = answers[1].json()
    after = tenant.get(f"{AT}/scenarios/{other['id']}")
    patch = after.json()["patches"][-1]
    again = check_problem(tenant.post(address, json={"into": other["id"]}))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (said["scenario"], said["revision"]) == (other["id"], 1)
    assert said["recommendation"]["scenario"] == other["id"]
    assert answers[1].headers["etag"] == after.headers["etag"]
    assert (patch["note"], patch["source"]) == (
        first["title"], {"analysis": analysis["id"], "recommendation": first["id"]}
    )  # fmt: skip
    assert again["status"] == 409
    assert tenant.get(f"{AT}/document").json() == before
    assert tenant.post(address, json={"into": "model"}, headers=tag(tenant)).status_code == 200


@pytest.mark.slow
def test_a_scenario_to_accept_into_exists_and_is_open(tenant: Client) -> None:
    """Else 404 and 409; a state that is named and old is 412, and what names neither 422."""
    analysis = analysed(tenant)
    address = at(analysis, f"/recommendations/{every(tenant, analysis)[0]['id']}/accept")
    scenario = scenario_of(tenant)
    here = f"{AT}/scenarios/{scenario['id']}"

    absent = tenant.post(address, json={"into": f"scn_{'0' * 26}"})
    neither = tenant.post(address, json={"into": "somewhere"})
    old = tenant.post(address, json={"into": scenario["id"]}, headers={"If-Match": '"old"'})
    tenant.delete(here, headers={"If-Match": "*"})
    closed = tenant.post(address, json={"into": scenario["id"]})
    assert [check_problem(one)["status"] for one in (absent, neither, old, closed)] == [404, 422, 412, 409]


def fewer_outcomes(client: Client, analysis: Raw, one: Raw) -> Raw:
    """Customers are owed less, so that it answers fewer findings."""
    return the_company(outcomes=the_company()["outcomes"][:1])


def other_evidence(client: Client, analysis: Raw, one: Raw) -> Raw:
    """The organization knows the first influence of a chain from an experiment of its own."""
    link = client.get(at(analysis, f"/findings/{one['addresses'][0]}")).json()["chain"][0]
    ends = {end: link[end]["metric"] for end in ("source", "target")}
    (known,) = client.get("/v1/influences", params=ends).json()["items"]
    said = {name: known[name] for name in ("sign", "kind", "strength", "lag_days", "source_direction") if name in known}
    own = {**ends, **said, "evidence": "experiment", "source_note": "Seen here.", "overrides": known["id"]}
    return the_company(influences=[own])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "because"), [(fewer_outcomes, "findings"), (other_evidence, "grounds")], ids=["findings", "grounds"]
)
def test_one_that_was_dismissed_says_so_when_it_comes_back_on_other_ground(
    tenant: Client, change: Callable[[Client, Raw, Raw], Raw], because: str
) -> None:
    """It stays dismissed while nothing of its ground changes; then it is open, with what was decided before and what is new."""
    analysis = analysed(tenant)
    first = next(one for one in every(tenant, analysis) if one["addresses"])
    tenant.post(at(analysis, f"/recommendations/{first['id']}/dismiss"), json={"reason": "Not in this year."})
    stays = next(one for one in every(tenant, ran(tenant)) if one["id"] == first["id"])
    put(tenant, change(tenant, analysis, first))

    back = next(one for one in every(tenant, ran(tenant)) if one["id"] == first["id"])
    assert (stays["status"], stays["reason"], stays.get("returned")) == ("dismissed", "Not in this year.", None)
    assert back["status"] == "open"
    assert back["returned"] == {
        "because": because,
        "analysis": stays["analysis"],
        "recommendation": first["id"],
        "dismissed_at": stays["decided_at"],
        "dismissed_by": "tests",
        "reason": "Not in this year.",
    }


@pytest.mark.slow
def test_one_on_an_outdated_document_says_so_and_what_becomes_of_it(tenant: Client) -> None:
    """A patch that fits where nothing is in its way; else the places that say something else now."""
    analysis = analysed(tenant)
    gate = next(one for one in every(tenant, analysis) if "/incentive_plans/0/components/0" in str(one["patch"]))
    address = at(analysis, f"/recommendations/{gate['id']}")
    fresh = tenant.get(address)
    company = the_company()
    company["kpis"].append({"key": "aaa", "department": "finance", "name": "Margin", "direction": "increase"})
    company["incentive_plans"].append(
        {"key": "aaa", "department": "finance", "period": "year", "target_variable_pay_share": 0.1,
         "components": [{"key": "aaa-cost", "kpi": "cost", "weight": 1, "payout": {"kind": "linear"}}]}
    )  # fmt: skip
    put(tenant, company)

    moved = tenant.get(address, headers={"If-None-Match": fresh.headers["etag"]})
    outdated = moved.json()["outdated"]
    listed = next(one for one in every(tenant, analysis) if one["id"] == gate["id"])
    patched = tenant.patch(
        f"{AT}/document?dry_run=true", json=outdated["patch"],
        headers={"If-Match": "*", "Content-Type": "application/json-patch+json"},
    )  # fmt: skip
    put(tenant, without(company, "kpis", "aht"))
    gone = tenant.get(address).json()["outdated"]
    assert "outdated" not in fresh.json()
    assert moved.status_code == 200
    assert outdated["revision"] == 2
    assert {name: outdated[name] for name in listed["outdated"]} == listed["outdated"]
    assert patched.status_code == 200, patched.text
    assert gone["conflicts"][0]["part_gone"]
    assert "patch" not in gone
