"""`/v1/organizations/{org}/customer-asset`; on both databases."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from app.domain.lifetime_value import lifetime_value
from app.web.body import YAML
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

AT = "/v1/organizations/tallowmere/customer-asset"
SAID = {
    "discount": 0.08,
    "segments": {
        "business": {"margin": 240, "retention": 0.88, "cost_to_serve": 70, "acquisition_cost": 180},
        "others": {"customers": 570_400, "margin": 60, "retention": 0.8},
    },
}


@pytest.fixture
def telecom(tenant: Client) -> Client:
    """The company of the template is there."""
    body = Path("app/catalogue/templates/telecom.yaml").read_bytes()
    response = tenant.put("/v1/organizations/tallowmere/document", content=body, headers={"Content-Type": YAML})
    assert response.status_code in (200, 201), response.text
    return tenant


def _refused(response: httpx.Response, status: int) -> None:
    assert response.status_code == status, response.text
    check_problem(response)


def test_what_customers_are_worth_follows_from_what_is_said(telecom: Client) -> None:
    """Made, read, worth by segment: of those whose number nobody said the share is the document's."""
    made = telecom.put(AT, json=SAID)

    assert made.status_code == 201, made.text
    read = telecom.get(AT)
    assert read.json() == made.json() and read.headers["etag"] == made.headers["etag"]
    business = next(one for one in read.json()["segment_worth"] if one["segment"] == "business")
    each = lifetime_value(240, 0.88, 0.08)
    assert business["customers"] == 49_600
    assert float(business["each"]) == pytest.approx(each, abs=0.01)
    assert float(business["worth"]) == pytest.approx(49_600 * each, abs=0.01)
    assert read.json()["currency"] == "EUR"


def test_pay_pushes_acquisition_beyond_what_it_is_worth_and_nobody_answers_for_penetration(telecom: Client) -> None:
    """Beside each other stand what a driver is worth, how hard it is pushed, and who answers for it."""
    found = telecom.put(AT, json=SAID).json()
    drivers = {one["driver"]: one for one in found["drivers"]}

    assert found["drivers"][0]["driver"] == "retention"
    assert drivers["retention"]["share_of_worth"] > drivers["retention"]["share_of_pressure"]
    assert drivers["acquisition"]["share_of_pay"] > 2 * drivers["acquisition"]["share_of_worth"]
    assert {one["department"] for one in drivers["acquisition"]["answerable"]} >= {"sales"}
    assert drivers["penetration"]["answerable"] == []


def test_what_conflicts_with_the_churn_rate_cost_is_a_range_of_lifetime_value(telecom: Client) -> None:
    """Four planned points, the share of them at stake, and what the base is worth less without them."""
    found = telecom.put(AT, json=SAID).json()["at_stake"]

    (stay,) = found["outcomes"]
    assert (stay["outcome"], stay["planned_points"]) == ("stay", 4.0)
    assert 0 < float(stay["worth"]["low"]) < float(stay["worth"]["high"])
    assert all(0 <= one["points"]["low"] <= one["points"]["high"] <= 4 for one in stay["findings"])


def test_every_figure_names_what_it_rests_on(telecom: Client) -> None:
    """Formulas with their citations, which can be looked up; in German as well."""
    telecom.put(AT, json=SAID)
    found = telecom.get(AT, params={"lang": "de"})

    assert found.headers["content-language"] == "de"
    cited = {citation for one in found.json()["assumptions"] for citation in one["citations"]}
    assert cited == {"gupta_lehmann2003", "berger_nasr1998"}
    assert all(telecom.get(f"/v1/citations/{one}").status_code == 200 for one in cited)
    assert "Deckungsbeitr" in found.json()["assumptions"][0]["text"]


def test_everything_that_is_wrong_is_told_at_once(telecom: Client) -> None:
    """Bounds, members that nobody knows, and what is missing; nothing is kept."""
    wrong = {"discount": 2, "segments": {"business": {"margin": 1, "retention": 1.5, "churn": 1}, "others": {}}}
    refused = telecom.put(AT, json=wrong)

    _refused(refused, 422)
    assert {one["pointer"] for one in refused.json()["errors"]} == {
        "#/discount",
        "#/segments/business/retention",
        "#/segments/business/churn",
        "#/segments/others/margin",
        "#/segments/others/retention",
    }
    assert telecom.get(AT).status_code == 404


def test_segments_that_do_not_fit_the_document_are_told_with_the_nearest_that_does(telecom: Client) -> None:
    """A segment that nobody named, a number and a share at once, and customers who are worth no end."""
    one = {"margin": 1, "retention": 1}
    wrong = {"discount": 0, "segments": {"busines": one, "others": {**one, "customers": 4, "share": 0.1}}}
    refused = telecom.put(AT, json=wrong)

    _refused(refused, 422)
    codes = [(one["pointer"], one["code"], one.get("hint")) for one in refused.json()["errors"]]
    assert ("#/segments/busines", "unknown_member", "did you mean 'business'?") in codes
    assert ("#/segments/others/share", "customers_or_share", None) in codes
    assert ("#/segments/others/retention", "worth_no_end", None) in codes


def test_nobody_overwrites_what_they_have_not_seen(telecom: Client) -> None:
    """A change names the state that it is made on; a dry run changes nothing; what is removed is gone."""
    tag = telecom.put(AT, json=SAID).headers["etag"]
    other = {**SAID, "discount": 0.1}

    _refused(telecom.put(AT, json=other), 428)
    tried = telecom.put(AT, json=other, params={"dry_run": "true"}, headers={"If-Match": tag})
    assert (tried.status_code, tried.json()["discount"], telecom.get(AT).json()["discount"]) == (200, 0.1, 0.08)
    sent_back = {**telecom.get(AT).json(), "discount": 0.1}
    assert telecom.put(AT, json=sent_back, headers={"If-Match": tag}).status_code == 200
    _refused(telecom.put(AT, json=SAID, headers={"If-Match": tag}), 412)
    assert telecom.delete(AT, headers={"If-Match": "*"}).status_code == 204
    assert telecom.get(AT).status_code == 404
    actions = [one["action"] for one in telecom.get("/v1/audit-events", params={"limit": 100}).json()["items"]]
    assert {f"customer_asset.{how}" for how in ("created", "replaced", "deleted")} <= set(actions)
