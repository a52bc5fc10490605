"""`/organizations/{org}/sensitivities…`: samples are drawn and told on pages; on both databases."""

from __future__ import annotations

import pytest

from tests.http_client import Client
from tests.routers.test_console_plans import Desk
from tests.routers.visitors import Person

LIST = "/organizations/acme/sensitivities"


@pytest.fixture
def desk(tenant: Client) -> Desk:
    """The desk of a company of its own."""
    return Desk(tenant)


@pytest.mark.slow
def test_samples_are_drawn_and_told(desk: Desk) -> None:
    """By a job, whose page leads to the findings, the least sure first, with the influences that they hang on."""
    came = desk.person.send(LIST, {"analysis": desk.analysis["id"], "samples": "100"})
    desk.work()

    page = desk.person.follow(desk.person.look(came.headers["location"]))
    german = desk.person.look(page.url.path, **{"Accept-Language": "de"})
    assert page.status_code == german.status_code == 200
    assert "hold their level in at least 90% of them" in page.text
    assert "100 samples, seed 0." in page.text
    assert "halten ihre Stufe" in german.text
    assert page.url.path in desk.person.look(LIST).text


def test_what_is_no_number_of_samples_is_told(desk: Desk) -> None:
    """Nothing is begun."""
    refused = [
        desk.person.send(LIST, {"analysis": desk.analysis["id"], "samples": samples}) for samples in ("many", "0")
    ]

    assert [one.status_code for one in refused] == [422, 422]
    assert desk.client.get("/v1/jobs").json()["items"] == []


def test_whoever_may_only_read_draws_none(desk: Desk) -> None:
    """There is no form, and one that is sent is refused; nobody else's page is there at all."""
    reader = Person(desk.client.another("read"))
    stranger = Person(desk.client.another("read", "write", workspace="strangers"))

    looked, sent = reader.look(LIST), reader.send(LIST, {"analysis": desk.analysis["id"]})

    assert (looked.status_code, sent.status_code, stranger.look(LIST).status_code) == (200, 403, 404)
    assert 'method="post"' not in looked.text.partition("<main")[2]
