"""`/v1/organizations/{org}/business-case`; on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from app.web.body import YAML
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

HERE = "/v1/organizations/tallowmere"
AT = f"{HERE}/business-case"
MERGE = {"Content-Type": "application/merge-patch+json"}
TRAINING = {"low": 50_000, "likely": 80_000, "high": 150_000, "source": "An offer of spring"}


@pytest.fixture
def telecom(tenant: Client) -> Client:
    """The company of the template is there."""
    body = Path("app/catalogue/templates/telecom.yaml").read_bytes()
    response = tenant.put(f"{HERE}/document", content=body, headers={"Content-Type": YAML})
    assert response.status_code in (200, 201), response.text
    return tenant


def asked(telecom: Client, **said: Any) -> dict[str, Any]:
    """A scenario in which nobody is paid by results any more, and what is asked of it."""
    patch = [{"op": "remove", "path": "/incentive_plans"}]
    made = telecom.post(f"{HERE}/scenarios", json={"name": "Fixed pay", "patches": [{"patch": patch}]})
    assert made.status_code == 201, made.text
    return {"scenario": made.json()["id"], "draws": 500, "costs": {"training": TRAINING}, **said}


def test_a_case_is_computed_and_kept_as_it_was(telecom: Client) -> None:
    """Made, read, listed, with the revision that it stands on; the same seed gives the same figures."""
    said = asked(telecom)
    made = telecom.post(AT, json=said)

    assert made.status_code == 201, made.text
    case = made.json()
    assert telecom.get(made.headers["Location"]).json() == case
    assert [one["id"] for one in telecom.get(AT).json()["items"]] == [case["id"]]
    assert (case["scenario"], case["revision"], case["currency"]) == (said["scenario"], 1, "EUR")
    again = telecom.post(AT, json=said, params={"dry_run": "true"}).json()
    assert again["net_present_value"] == case["net_present_value"]
    other = telecom.post(AT, json={**said, "seed": 1}, params={"dry_run": "true"}).json()
    assert other["net_present_value"] != case["net_present_value"]


def test_every_figure_can_be_traced(telecom: Client) -> None:
    """Each quarter has its bands, each assumption its range, basis and source, and what decides is one of them."""
    case = telecom.post(AT, json=asked(telecom, quarters=8)).json()
    assumptions = {one["key"]: one for one in case["assumptions"]}

    assert [one["quarter"] for one in case["cash_flow"]] == list(range(1, 9))
    assert assumptions["cost.training"]["source"] == TRAINING["source"]
    assert assumptions["worth.stay"]["likely"] == 3_600_000
    assert assumptions["share.stay"]["basis"] == "analysis"
    assert {one["assumption"] for one in case["tornado"]} <= set(assumptions)
    assert float(case["cash_flow"][-1]["cumulated"]["middle"]) > float(case["now"]["middle"])
    assert {one["outcome"] for one in case["lacking"]} <= {"solved", "easy", "trusted"}
    german = telecom.get(f"{AT}/{case['id']}", params={"lang": "de"}).json()
    assert any("Zinssatz" in one["text"] for one in german["assumptions"])


def test_assumptions_can_be_replaced_held_and_left_out(telecom: Client) -> None:
    """What is said counts, with its source; without the benefit only the cost is left, and every draw is a loss."""
    known = {"likely": 0.1, "source": "The treasurer"}
    said = asked(
        telecom, assumptions={"discount": known, "growth": {"mode": "held"}, "share.stay": {"mode": "left_out"}}
    )
    case = telecom.post(AT, json=said).json()
    assumptions = {one["key"]: one for one in case["assumptions"]}

    assert (assumptions["discount"]["low"], assumptions["discount"]["basis"]) == (0.1, "given")
    assert assumptions["growth"]["mode"] == "held"
    assert case["probability_of_loss"] == 1
    assert case["payback_quarters"] == {}


def test_what_is_said_of_a_case_can_change(telecom: Client) -> None:
    """A cost and a mode by themselves, drawn again with the same seed on the same documents; null takes back what was said."""
    case = telecom.post(AT, json=asked(telecom, assumptions={"growth": {"mode": "held"}})).json()
    at = f"{AT}/{case['id']}"
    telecom.put(f"{HERE}/governance", json={"outcome_owner": "The board"}, headers={"If-Match": "*"})

    changed = patched(
        telecom, at, {"assumptions": {"share.stay": {"mode": "left_out"}}, "costs": {"training": {"paid": "quarterly"}}}
    )
    assert changed.status_code == 200, changed.text
    after = changed.json()
    back = patched(telecom, at, {"assumptions": {"share.stay": None}, "costs": {"training": {"paid": "now"}}}).json()

    assert (after["probability_of_loss"], after["costs"][0]["paid"], after["revision"]) == (1, "quarterly", 1)
    assert after["asked"]["assumptions"] == {"growth": {"mode": "held"}, "share.stay": {"mode": "left_out"}}
    assert back["asked"] == case["asked"]
    assert (back["net_present_value"], back["as_of"]) == (case["net_present_value"], case["as_of"])
    noted = [event["action"] for event in telecom.get("/v1/audit-events").json()["items"]]
    assert noted.count("business_case.changed") == 2


def test_a_change_names_the_state_that_it_is_made_on(telecom: Client) -> None:
    """As every change does; a dry run keeps nothing, nor does what changes nothing.

    What is wrong is told with its place, and what was read may be sent back.
    """
    case = telecom.post(AT, json=asked(telecom)).json()
    at, tag = f"{AT}/{case['id']}", telecom.get(f"{AT}/{case['id']}").headers["etag"]
    longer = {"quarters": 20}

    assert telecom.patch(at, json=longer, headers=MERGE).status_code == 428
    assert patched(telecom, at, longer, tag.replace("-1-", "-9-")).status_code == 412
    assert len(patched(telecom, f"{at}?dry_run=true", longer, tag).json()["cash_flow"]) == 20
    assert patched(telecom, at, {"quarters": 12}, tag).headers["etag"] == tag
    assert telecom.get(at).headers["etag"] == tag
    wrong = patched(
        telecom, at, {"costs": {"training": {"low": 90_000}, "rent": {"low": 1}}, "probability_of_loss": 0}, tag
    )
    assert {one["pointer"] for one in wrong.json()["errors"]} == {"#/probability_of_loss"}
    wrong = patched(telecom, at, {"costs": {"rent": {"low": 1}}}, tag)
    assert {one["pointer"] for one in wrong.json()["errors"]} == {
        "#/costs/rent/likely",
        "#/costs/rent/high",
        "#/costs/rent/source",
    }
    assert patched(telecom, at, {**case, "name": "By another name"}, tag).json()["name"] == "By another name"


@pytest.mark.slow
def test_a_report_tells_the_case_of_what_was_promoted(telecom: Client) -> None:
    """Before that the newest one, and never that of a scenario that was put aside."""
    analysis = telecom.post(f"{HERE}/analyses", json={"with_recommendations": False}).json()["id"]
    one, other, aside = (asked(telecom, name=name) for name in ("First", "Second", "Aside"))
    for said in (one, other, aside):
        assert telecom.post(AT, json=said).status_code == 201
    at = {said["name"]: f"{HERE}/scenarios/{said['scenario']}" for said in (one, other, aside)}
    assert telecom.delete(at["Aside"], headers={"If-Match": "*"}).status_code == 204

    newest = told_case(telecom, analysis)
    promoted = telecom.post(f"{at['First']}/promote", headers={"If-Match": telecom.get(at["First"]).headers["etag"]})
    assert promoted.status_code in (200, 201), promoted.text

    assert (newest, told_case(telecom, analysis)) == ("Second", "First")


def test_everything_that_is_wrong_is_told_at_once(telecom: Client) -> None:
    """Ranges that fall, rates beyond bounds, assumptions that there are none of; nothing is kept."""
    falling = {"training": {**TRAINING, "low": 90_000}}
    _refused(
        telecom,
        asked(telecom, costs=falling, assumptions={"discount": {"likely": 1.5}}),
        "/costs/training",
        "/assumptions/discount/high",
    )
    refused = _refused(telecom, asked(telecom, assumptions={"share.sty": {"likely": 0.1}}), "/assumptions/share.sty")
    _refused(telecom, asked(telecom, draws=10_000_000, quarters=0), "/quarters", "/draws")

    assert "share.stay" in refused.json()["errors"][0]["hint"]
    assert telecom.get(AT).json()["items"] == []


def test_a_scenario_that_is_not_there_is_not_found(telecom: Client) -> None:
    """As everywhere."""
    response = telecom.post(AT, json={"scenario": "scn_01m8c5b3mrfs8rebgnj7tqbqng"})

    assert response.status_code == 404
    check_problem(response)


def told_case(client: Client, analysis: str) -> str:
    """The name of the case in the report of an analysis."""
    report = client.get(f"{HERE}/analyses/{analysis}/report", params={"format": "board"}).text
    return report.partition("What a change gives back: ")[2].partition("\n")[0]


def patched(client: Client, at: str, changes: dict[str, Any], tag: str = "*") -> httpx.Response:
    """A case with changes."""
    return client.patch(at, json=changes, headers={**MERGE, "If-Match": tag})


def _refused(telecom: Client, said: dict[str, Any], *pointers: str) -> httpx.Response:
    response = telecom.post(AT, json=said)
    assert response.status_code == 422, response.text
    check_problem(response)
    assert {one["pointer"] for one in response.json()["errors"]} == {f"#{one}" for one in pointers}
    return response
