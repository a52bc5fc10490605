"""`/organizations/{org}/recommendations…`: changes are looked at, taken over and dismissed on pages; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.stored_analyses import AT, analysed, at, put, ran, the_company, without
from tests.routers.visitors import Person

LIST = "/organizations/acme/recommendations"


class Desk:
    """Somebody with the call centre analysed, and the first recommendation that is about agents."""

    def __init__(self, client: Client) -> None:
        self.client, self.person = client, Person(client)
        self.analysis = analysed(client)
        self.every: list[dict[str, Any]] = client.get(at(self.analysis, "/recommendations")).json()["items"]
        self.one = next(one for one in self.every if "agents" in str(one["patch"]))
        self.here = f"{LIST}/{self.one['id']}"

    @property
    def said(self) -> dict[str, Any]:
        """The recommendation as the API shows it."""
        return dict(self.client.get(at(self.analysis, f"/recommendations/{self.one['id']}")).json())

    def send(self, what: str, **fields: str) -> Any:
        return self.person.send(f"{self.here}/{what}", {"analysis": self.analysis["id"], **fields})


@pytest.fixture
def desk(tenant: Client) -> Desk:
    """The desk of a company of its own."""
    return Desk(tenant)


@pytest.mark.slow
def test_each_that_is_listed_has_a_page(desk: Desk) -> None:
    """With the change as a patch, what becomes of each finding, and the address that needs no analysis."""
    listed = desk.person.look(LIST)
    page = desk.person.look(desk.here)

    assert listed.status_code == page.status_code == 200
    assert [one["id"] for one in desk.every if f"{one['id']}?analysis={desk.analysis['id']}" not in listed.text] == []
    assert "&#34;op&#34;: &#34;add&#34;" in page.text
    assert f"Gone: {len(desk.one['effect']['removed'])}" in page.text
    assert f"Weaker: {len(desk.one['effect']['weakened'])}" in page.text


@pytest.mark.slow
def test_one_is_accepted_into_a_scenario_that_is_made_for_it(desk: Desk) -> None:
    """It leads to the scenario, which has it as its only patch; a second one joins it there."""
    first = desk.send("accept", into="new", name="Fair calls")
    scenario = first.headers["location"].partition("?")[0].rpartition("/")[2]
    other = next(one for one in desk.every if one["id"] != desk.one["id"])
    second = desk.person.send(
        f"{LIST}/{other['id']}/accept", {"analysis": desk.analysis["id"], "into": scenario, "name": ""}
    )

    kept = desk.client.get(f"{AT}/scenarios/{scenario}").json()
    assert (first.status_code, second.status_code) == (303, 303)
    assert kept["name"] == "Fair calls"
    assert [one["note"] for one in kept["patches"]] == [desk.one["title"], other["title"]]
    assert "Fair calls" in desk.person.follow(first).text
    assert (desk.said["status"], desk.said["scenario"]) == ("accepted", scenario)


@pytest.mark.slow
def test_a_scenario_is_not_made_without_what_it_is_made_for(desk: Desk) -> None:
    """No name, or a model that says other things now: the page says so, with what was typed, and nothing is made."""
    unnamed = desk.send("accept", into="new", name=" ")
    put(desk.client, without(the_company(), "kpis", "aht"))
    clashing = desk.send("accept", into="new", name="Fair calls")

    assert (unnamed.status_code, clashing.status_code) == (422, 409)
    assert 'aria-invalid="true"' in unnamed.text
    assert 'value="Fair calls"' in clashing.text
    assert desk.client.get(f"{AT}/scenarios").json()["items"] == []


@pytest.mark.slow
def test_accepting_into_the_model_needs_the_state_that_was_looked_at(desk: Desk) -> None:
    """One that has changed since is told on the page; the state that is shown there makes the next revision."""
    state = desk.person.hidden(desk.here, "state")
    put(desk.client, the_company(organization={"key": "acme", "name": "Acme & Sons"}))

    old = desk.send("accept", into="model", state=state)
    outdated = desk.person.look(desk.here).text
    new = desk.send("accept", into="model", state=desk.person.hidden(desk.here, "state"))

    assert old.status_code == 412
    assert "This was worked out on revision 1 of the model, which is at revision 2 by now." in outdated
    assert (new.status_code, desk.said["status"], desk.said["revision"]) == (303, "accepted", 3)
    assert "part of the model since revision 3" in desk.person.follow(new).text


def test_one_that_does_not_fit_any_more_shows_where(desk: Desk) -> None:
    """The places where the model says something else, and no way to write it there."""
    put(desk.client, without(the_company(), "kpis", "aht"))

    page = desk.person.look(desk.here).text

    assert "says something else where the change would write" in page
    assert 'name="into" value="model"' not in page


@pytest.mark.slow
def test_one_is_dismissed_with_a_reason(desk: Desk) -> None:
    """Without one the page asks for it; then the list says why, also after the next analysis, as text."""
    empty = desk.send("dismiss", reason="")
    gone = desk.send("dismiss", reason="Not <b>this</b> year.")
    ran(desk.client)

    listed = desk.person.look(LIST).text
    assert (empty.status_code, gone.status_code) == (422, 303)
    assert "Not &lt;b&gt;this&lt;/b&gt; year." in listed.partition("Dismissed, and why")[2]
    assert "This change was dismissed" in desk.person.look(desk.here).text


@pytest.mark.slow
def test_whoever_may_only_read_decides_nothing(desk: Desk) -> None:
    """The page has no form, and one that is sent is refused; nobody else's page is there at all."""
    reader = Person(desk.client.another("read"))
    stranger = Person(desk.client.another("read", "write", workspace="strangers"))
    fields = {"analysis": desk.analysis["id"], "into": "new", "name": "Mine", "reason": "No."}

    looked = reader.look(desk.here)
    sent = [reader.send(f"{desk.here}/{what}", fields).status_code for what in ("accept", "dismiss")]
    foreign = [stranger.look(desk.here).status_code, stranger.send(f"{desk.here}/accept", fields).status_code]

    assert looked.status_code == 200
    assert "/accept" not in looked.text
    assert (sent, foreign) == ([403, 403], [404, 404])
    assert desk.said["status"] == "open"
