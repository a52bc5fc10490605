"""`/organizations/{org}/scenarios…`: stacks are looked at, changed, compared, rebased and promoted on pages; on both databases."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.stored_analyses import AT, put, the_company
from tests.routers.test_scenarios import GATE, LESS_PAY, WEIGHT, made
from tests.routers.visitors import Person

LIST = "/organizations/acme/scenarios"


class Desk:
    """Somebody with the call centre, and a scenario of three patches on it."""

    def __init__(self, client: Client) -> None:
        self.client, self.person = client, Person(client)
        put(client)
        self.id = made(client, LESS_PAY, WEIGHT, GATE)["id"]
        self.here = f"{LIST}/{self.id}"

    @property
    def said(self) -> dict[str, Any]:
        """The scenario as the API shows it."""
        return dict(self.client.get(f"{AT}/scenarios/{self.id}").json())

    @property
    def paths(self) -> list[str]:
        """What its patches write."""
        return [one["patch"][-1]["path"].rpartition("/")[2] for one in self.said["patches"]]

    def send(self, what: str, *, page: str = "", **fields: str) -> Any:
        state = {"state": self.person.hidden(self.here + page, "state")} if "state" not in fields else {}
        return self.person.send(f"{self.here}/{what}", {**state, **fields})


@pytest.fixture
def desk(tenant: Client) -> Desk:
    """The desk of a company of its own."""
    return Desk(tenant)


def test_a_scenario_is_begun_on_the_page_of_all(tenant: Client) -> None:
    """Where there is none it says the next step; a name that is missing is asked for, with what was typed."""
    put(tenant)
    person = Person(tenant)
    nothing = person.look(LIST).text

    unnamed = person.send(LIST, {"name": "", "description": "For May."})
    begun = person.send(LIST, {"name": "Fair <calls>", "description": "For May."})

    assert "There is no scenario yet." in nothing
    assert (unnamed.status_code, begun.status_code) == (422, 303)
    assert "For May.</textarea>" in unnamed.text
    assert "Fair &lt;calls&gt;" in person.follow(begun).text
    assert "Fair &lt;calls&gt;" in person.look(LIST).text


def test_patches_are_moved_and_taken_out(desk: Desk) -> None:
    """By the buttons of each; one that was made on an older state is refused, and changes nothing."""
    first, second, third = (one["id"] for one in desk.said["patches"])
    old = desk.person.hidden(desk.here, "state")

    moved = desk.send("stack", patch=third, move="up")
    order = desk.paths
    taken = desk.send("stack", patch=first, move="out")
    stale = desk.send("stack", state=old, patch=second, move="out")

    assert (moved.status_code, taken.status_code, stale.status_code) == (303, 303, 412)
    assert order == ["target_variable_pay_share", "gate", "weight"]
    assert desk.paths == ["gate", "weight"]


def test_a_scenario_is_compared_with_the_model_and_with_another(desk: Desk) -> None:
    """What becomes of findings, whose pay moves, and what it hangs on; beside another scenario its name is told."""
    other = made(desk.client, name="Nothing <yet>")["id"]

    model, beside = (desk.person.look(f"{desk.here}/compare?other={one}") for one in ("model", other))

    assert (model.status_code, beside.status_code) == (200, 200)
    assert "What becomes of the findings" in model.text
    assert "Pay of " in model.text
    assert 'id="pay-0-title"' in model.text
    assert "Nothing &lt;yet&gt;" in beside.text
    assert desk.person.look(f"{desk.here}/compare?other=nothing").status_code == 404


@pytest.mark.slow
def test_a_scenario_behind_the_model_is_brought_to_it_first(desk: Desk) -> None:
    """Each place that both changed has to be chosen; then it is promoted, and the model says what it says."""
    company = copy.deepcopy(the_company())
    company["incentive_plans"][0]["target_variable_pay_share"] = 0.3
    put(desk.client, company)
    place = "/incentive_plans/agents/target_variable_pay_share"

    behind = desk.person.look(desk.here).text
    early = desk.send("promote")
    unchosen = desk.send("rebase", page="/rebase")
    chosen = desk.send("rebase", page="/rebase", **{f"take {place}": "scenario"})
    promoted = desk.send("promote", page="/promote")

    model = desk.client.get(f"{AT}/document").json()
    assert "Bring it to the model" in behind
    assert (early.status_code, unchosen.status_code, chosen.status_code, promoted.status_code) == (409, 409, 303, 303)
    assert f"take {place}" in desk.person.look(f"{desk.here}/rebase").text or desk.said["status"] == "promoted"
    assert model["incentive_plans"][0]["target_variable_pay_share"] == 0.1
    assert (desk.said["status"], desk.said["promoted_revision"]) == ("promoted", 3)
    assert "This scenario is the model since revision 3." in desk.person.follow(promoted).text


def test_what_becomes_of_the_model_is_shown_before_it_is_promoted(desk: Desk) -> None:
    """Part by part; a scenario that changed meanwhile is not promoted."""
    page = desk.person.look(f"{desk.here}/promote").text
    old = desk.person.hidden(f"{desk.here}/promote", "state")
    desk.send("name", name="Fairer calls")

    stale = desk.send("promote", state=old)

    assert "Variable pay at target" in page
    assert stale.status_code == 412
    assert desk.said["status"] == "open"


def test_a_scenario_is_named_put_aside_and_taken_up_again(desk: Desk) -> None:
    """It leaves the open ones, and comes back; a name that is too long is shown once more."""
    long = desk.send("name", name="x" * 201, description="Kept.")
    named = desk.send("name", name="Fairer calls", description="")
    aside = desk.send("discard")
    listed = desk.person.look(LIST).text
    back = desk.person.send(f"{desk.here}/restore")

    assert (long.status_code, named.status_code, aside.status_code, back.status_code) == (422, 303, 303, 303)
    assert "Kept.</textarea>" in long.text
    assert "Put aside: 1" in listed
    assert (desk.said["name"], desk.said["status"]) == ("Fairer calls", "open")


@pytest.mark.slow
def test_an_analysis_of_a_scenario_leads_back_to_it(desk: Desk) -> None:
    """Its recommendations start from there, and go there unless something else is chosen."""
    asked = desk.person.send(f"{desk.here}/analyses")
    desk.client.post(f"{AT}/scenarios/{desk.id}/analyses", json={})

    page = desk.person.look(desk.here).text
    analysis = desk.client.get(f"{AT}/scenarios/{desk.id}/analyses").json()["items"][0]["id"]
    recommended = desk.person.look(f"/organizations/acme/recommendations?analysis={analysis}")
    assert asked.headers["location"].partition("/jobs/")[1] == "/jobs/"
    assert f"recommendations?analysis={analysis}" in page
    assert recommended.status_code == 200
    assert f"{LIST}/{desk.id}" in recommended.text


def test_whoever_may_only_read_changes_no_scenario(desk: Desk) -> None:
    """No page has a form to change it, and each that is sent is refused; nobody else's scenario is there at all."""
    reader = Person(desk.client.another("read"))
    stranger = Person(desk.client.another("read", "write", workspace="strangers"))
    pages = [LIST, desk.here, *(f"{desk.here}/{part}" for part in ("compare", "rebase", "promote"))]
    forms = ("stack", "name", "rebase", "promote", "discard", "restore", "analyses")

    looked = [reader.look(page) for page in pages]
    sent = {reader.send(f"{desk.here}/{form}", {"state": "x"}).status_code for form in forms}
    foreign = {stranger.look(page).status_code for page in pages}

    assert [page.status_code for page in looked] == [200] * len(pages)
    assert not [page for page in looked if 'method="post"' in page.text.partition("<main")[2]]
    assert (sent, foreign) == ({403}, {404})
