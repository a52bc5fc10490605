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


def _refused(telecom: Client, said: dict[str, Any], *pointers: str) -> httpx.Response:
    response = telecom.post(AT, json=said)
    assert response.status_code == 422, response.text
    check_problem(response)
    assert {one["pointer"] for one in response.json()["errors"]} == {f"#{one}" for one in pointers}
    return response
