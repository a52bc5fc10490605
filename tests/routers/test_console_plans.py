"""`/organizations/{org}/plans…`: a plan is asked for, looked at, and taken into a scenario on pages; on both databases."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from app.services.sealing import Sealer
from app.worker import Worker
from tests.http_client import Client
from tests.routers.stored_analyses import AT, analysed, at
from tests.routers.visitors import Person

LIST = "/organizations/acme/plans"


class Desk:
    """Somebody with the call centre analysed."""

    def __init__(self, client: Client) -> None:
        self.client, self.person = client, Person(client)
        self.analysis = analysed(client, with_recommendations=False)

    def asked(self, **fields: Any) -> str:
        """The path of the page that a plan leads to which keeps to this."""
        came = self.person.send(LIST, {"analysis": self.analysis["id"], **fields})
        assert came.status_code == 303, came.text
        self.work()
        return str(self.person.look(came.headers["location"]).headers["location"])

    def work(self) -> None:
        """Do what was asked for."""
        worker = Worker(self.client.app.state.store, Sealer(["tests"]))
        workspace = str(self.client.get("/v1/me").json()["workspace"])
        while worker.do_one(workspace):
            pass


@pytest.fixture
def desk(tenant: Client) -> Desk:
    """The desk of a company of its own."""
    return Desk(tenant)


@pytest.mark.slow
def test_a_plan_is_asked_for_and_taken_into_a_scenario(desk: Desk) -> None:
    """The page waits, shows the front, and a step of it goes into a scenario, as one patch for each change."""
    page = desk.person.look(desk.asked(max_changes="2"))
    path = page.url.path

    taken = desk.person.send(f"{path}/take", {"step": "1", "into": "new", "name": "One step"})
    scenario = taken.headers["location"].partition("?")[0].rpartition("/")[2]
    more = desk.person.send(f"{path}/take", {"step": "9", "into": "new", "name": "Too far"})

    kept = desk.client.get(f"{AT}/scenarios/{scenario}").json()
    assert page.status_code == 200
    assert 'id="front-title"' in page.text
    assert (taken.status_code, more.status_code) == (303, 422)
    assert (kept["name"], len(kept["patches"])) == ("One step", 1)
    assert kept["patches"][0]["source"]["step"] == 1
    assert path in desk.person.look(LIST).text


def test_what_cannot_be_kept_to_is_told_at_its_field(desk: Desk) -> None:
    """Every fault at once, with what was typed; nothing is begun."""
    fields = {"analysis": desk.analysis["id"], "max_changes": "many", "min_weight": "130", "budget": "-1"}

    refused = desk.person.send(LIST, {**fields, "freeze": ["agents", "nobody"]})
    unknown = desk.person.send(LIST, {"analysis": desk.analysis["id"], "freeze": ["agents", "nobody"]})

    assert (refused.status_code, unknown.status_code) == (422, 422)
    assert [name for name in ("max_changes", "min_weight") if f'id="wrong-{name}"' not in refused.text] == []
    assert 'value="many"' in refused.text
    assert 'value="agents" checked' in unknown.text
    assert 'id="wrong-freeze"' in unknown.text


@pytest.mark.slow
def test_where_there_is_no_plan_what_stands_in_the_way_can_be_left_out(desk: Desk) -> None:
    """By a form of its own, which plans without it; then there is one."""
    worst = desk.client.get(at(desk.analysis, "/findings?limit=1")).json()["items"][0]
    everything = ["service", "sales", "finance", "agents", "sellers"]

    blocked = desk.person.look(desk.asked(must_go=[worst["fingerprint"]], freeze=everything, max_changes="2"))
    forms = re.findall(r'<form class="actions" method="post" action="[^"]*/plans">(.*?)</form>', blocked.text)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', forms[-1]):
        fields.setdefault(name, []).append(unescape(value))
    relaxed = desk.person.send(LIST, {name: value for name, value in fields.items() if name != "form"})

    assert "No plan keeps all of these constraints." in blocked.text
    assert relaxed.status_code == 303
    kept = sum(map(len, (fields.get("must_go", []), fields.get("freeze", []))))
    assert kept == len(everything) or "allow" in fields


@pytest.mark.slow
def test_a_plan_lends_its_constraints_to_the_form(desk: Desk) -> None:
    """What it kept to stands in the fields."""
    path = desk.asked(time_limit_seconds="1", max_changes="1", min_weight="5", allow=["claims"], freeze=["cost"])

    form = desk.person.look(f"{LIST}?like={path.partition('?')[0].rpartition('/')[2]}").text

    assert re.search(r'name="min_weight" value="5"', form)
    assert 'name="allow" value="claims" checked' in form
    assert 'name="freeze" value="cost" checked' in form


def test_whoever_may_only_read_plans_nothing(desk: Desk) -> None:
    """There is no form, and one that is sent is refused; nobody else's page is there at all."""
    reader = Person(desk.client.another("read"))
    stranger = Person(desk.client.another("read", "write", workspace="strangers"))

    looked, sent = reader.look(LIST), reader.send(LIST, {"analysis": desk.analysis["id"]})

    assert (looked.status_code, sent.status_code, stranger.look(LIST).status_code) == (200, 403, 404)
    assert "/plans" not in re.sub(r'href="[^"]*"', "", looked.text.partition("<main")[2])
