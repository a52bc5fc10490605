"""`/organizations/{org}/customers`, `…/scenarios/{id}/business-case`, `…/evidence`, as pages; on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.routers.examples import DOCUMENT
from app.web.body import YAML
from tests.http_client import Client
from tests.routers.stored_observations import SHORTER, observed
from tests.routers.visitors import Person

HERE = "/organizations/tallowmere"
AT = f"{HERE}/customers"
FIELDS = {
    "discount": "8",
    "business.margin": "240",
    "business.retention": "88",
    "others.margin": "60,5",
    "others.retention": "80",
}


@pytest.fixture
def telecom(tenant: Client) -> Client:
    """The company of the template is there."""
    body = Path("app/catalogue/templates/telecom.yaml").read_bytes()
    response = tenant.put(f"/v1{HERE}/document", content=body, headers={"Content-Type": YAML})
    assert response.status_code in (200, 201), response.text
    return tenant


def test_customers_are_valued_by_a_form(telecom: Client) -> None:
    """An empty page offers the fields of each segment; saved, it says what they are worth, in German as well."""
    person = Person(telecom)
    assert 'name="business.margin"' in person.look(AT).text

    sent = person.send(AT, {**FIELDS, "state": ""})

    assert (sent.status_code, sent.headers["location"].partition("?")[0].endswith(AT)) == (303, True)
    page = person.look(AT)
    assert "Customers are worth" in page.text
    assert "nobody" in page.text and "Save desk" in page.text and "Gupta &amp; Lehmann 2003" in page.text
    assert "Worth beside pressure and pay" in page.text
    assert 'value="60.5"' in page.text
    assert "Die Kunden sind" in person.look(AT, **{"Accept-Language": "de"}).text


def test_what_is_wrong_comes_back_with_what_was_typed(telecom: Client) -> None:
    """And nothing is kept; what somebody else changed meanwhile is not overwritten."""
    person = Person(telecom)

    wrong = person.send(AT, {**FIELDS, "business.retention": "880", "state": ""})
    assert wrong.status_code == 422
    assert 'value="880"' in wrong.text
    assert telecom.get(f"/v1{HERE}/customer-asset").status_code == 404
    person.send(AT, {**FIELDS, "state": ""})
    assert person.send(AT, {**FIELDS, "discount": "9", "state": ""}).status_code == 412


COSTS = {
    "cost_name": ["Training", "Support"],
    "cost_low": ["50000", "4000"],
    "cost_likely": ["80000", "6000,5"],
    "cost_high": ["150000", "9000"],
    "cost_paid": ["now", "quarterly"],
    "cost_source": ["An offer", "The head of service"],
    "quarters": "8",
}


def case_page(client: Client) -> str:
    """The page of the business case of a scenario in which nobody is paid by results any more."""
    said = {"name": "Unpaid", "patches": [{"patch": [{"op": "remove", "path": "/incentive_plans"}]}]}
    scenario = client.post(f"/v1{HERE}/scenarios", json=said).json()["id"]
    return f"{HERE}/scenarios/{scenario}/business-case"


@pytest.mark.slow
def test_a_scenario_has_a_business_case(telecom: Client) -> None:
    """Made of several costs with their sources; told with every assumption, by the names of outcomes."""
    at, person = case_page(telecom), Person(telecom)

    assert f'{at}"' in person.look(at.removesuffix("/business-case")).text
    assert person.send(at, COSTS).status_code == 303
    page = person.look(at).text
    assert "Net present value" in page
    assert "An offer" in page and "The head of service" in page
    assert "What the planned change of Customer churn rate is worth" in page
    assert page.count("<svg") >= 2
    wrong = person.send(at, {**COSTS, "cost_low": ["90000", "many"]})
    assert (wrong.status_code, 'value="many"' in wrong.text) == (422, True)


@pytest.mark.slow
def test_every_assumption_can_be_switched_and_replaced_on_the_page(telecom: Client) -> None:
    """Shares are written in percent; what stands as it was taken is not said again; a new case is made beside it when that is wanted."""
    at, person = case_page(telecom), Person(telecom)
    person.send(at, COSTS)
    better = {"discount.likely": "10", "discount.low": "10", "discount.high": "10", "discount.source": "The treasurer"}
    said = {**COSTS, **better, "share.stay.mode": "left_out", "worth.stay.low": "3600000", "do": "change"}

    sent = person.send(at, {**said, "state": person.hidden(at, "state")})
    page = person.follow(sent).text
    (short,) = telecom.get(f"/v1{HERE}/business-case").json()["items"]
    asked = telecom.get(f"/v1{HERE}/business-case/{short['id']}").json()["asked"]

    assert "It was drawn again." in page and "probability of loss 100%" in page
    assert asked["assumptions"]["share.stay"] == {"mode": "left_out"}
    assert asked["assumptions"]["discount"] == {"low": 0.1, "likely": 0.1, "high": 0.1, "source": "The treasurer"}
    assert set(asked["assumptions"]) == {"share.stay", "discount"}
    assert person.send(at, {**said, "state": "bcs_1-9"}).status_code == 412
    person.send(at, {**said, "do": "make"})
    assert len(telecom.get(f"/v1{HERE}/business-case").json()["items"]) == 2


def test_own_data_are_told_and_their_class_is_taken(tenant: Client) -> None:
    """A supported influence of another class has a button; once taken, the document has the entry."""
    tenant.put("/v1/organizations/acme/document", content=DOCUMENT, headers={"Content-Type": YAML})
    tenant.post("/v1/organizations/acme/observations", json=observed(72, 0.8))
    person = Person(tenant)

    assert "supported" in person.look("/organizations/acme/evidence").text
    assert person.send("/organizations/acme/evidence", {"influence": SHORTER}).status_code == 303
    (entry,) = tenant.get("/v1/organizations/acme/document").json()["influences"]
    assert entry["overrides"] == SHORTER


def test_whoever_may_only_read_sees_no_form(telecom: Client) -> None:
    """One that is sent is refused; nobody else's page is there at all."""
    reader = Person(telecom.another("read"))
    stranger = Person(telecom.another("read", "write", workspace="strangers"))

    looked = reader.look(AT)
    assert (looked.status_code, reader.send(AT, FIELDS).status_code, stranger.look(AT).status_code) == (200, 403, 404)
    assert 'method="post"' not in looked.text.partition("<main")[2]
