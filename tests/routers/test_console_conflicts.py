"""`/organizations/{org}/conflicts/{fingerprint}`: what people make of a conflict on its page, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.test_embeds import TEMPLATE
from tests.routers.visitors import Person

HERE = "/v1/organizations/tallowmere"
LIST = "/organizations/tallowmere/conflicts"
LATER = "2999-12-31"


class Desk:
    """Somebody's page of a conflict, and what the API says of it."""

    def __init__(self, client: Client, fingerprint: str) -> None:
        self.client, self.fingerprint = client, fingerprint
        self.person = Person(client)
        self.at = f"{LIST}/{fingerprint}"

    @property
    def said(self) -> dict[str, Any]:
        """The conflict as the API shows it."""
        return dict(self.client.get(f"{HERE}/conflicts/{self.fingerprint}").json())

    @property
    def tag(self) -> str:
        """What forms say of the state that they were made on."""
        return self.person.hidden(self.at, "tag")

    def send(self, part: str, **fields: str) -> Any:
        return self.person.send(f"{self.at}/{part}", {"tag": self.tag, **fields})


@pytest.fixture(scope="module")
def owner(shared: Client) -> Iterator[Client]:
    """Somebody with a company that was analysed, and a colleague."""
    client = shared.another("read", "write", "admin", workspace="deciders")
    with open(TEMPLATE, encoding="utf-8") as file:
        client.put(f"{HERE}/document", content=file.read(), headers={"Content-Type": "application/yaml"})
    assert client.post(f"{HERE}/analyses", json={}).status_code == 201
    client.post("/v1/members", json={"name": "Ines <Pay>", "email": "ines@tallowmere.example"})
    yield client


@pytest.fixture
def desk(owner: Client) -> Iterator[Desk]:
    """The page of the worst conflict, open."""
    desk = Desk(owner, owner.get(f"{HERE}/conflicts?limit=1").json()["items"][0]["fingerprint"])
    if desk.said["status"] != "open":
        desk.send("standing", status="open")
    if "assignee" in desk.said:
        desk.send("assignee", assignee="")
    yield desk


@pytest.mark.slow
def test_a_conflict_is_acknowledged_disputed_accepted_and_opened_again(desk: Desk) -> None:
    """Each form leads back to the page, which says what was done, how it stands, and what happened."""
    told = []
    for status, fields in (
        ("acknowledged", {}),
        ("disputed", {"text": "Calls are not shortened by it."}),
        ("waived", {"reason": "Handling time leaves the plan in spring", "expires": LATER}),
        ("open", {}),
    ):
        page = desk.person.follow(desk.send("standing", status=status, **fields))
        told.append((desk.said["status"], 'role="status"' in page.text))

    page = desk.person.look(desk.at).text
    assert told == [(status, True) for status in ("acknowledged", "disputed", "waived", "open")]
    for said in ("Acknowledged.", "Disputed.", "Handling time leaves the plan in spring", "Opened again."):
        assert said in page
    assert "Calls are not shortened by it." in page


@pytest.mark.slow
def test_the_page_says_when_a_waiver_ends(desk: Desk) -> None:
    """Who accepts it until when and why, and what ends it sooner."""
    desk.send("standing", status="waived", reason="We know", expires=LATER)

    page = desk.person.look(desk.at).text

    assert "accepts it until 31 December 2999, that day included: “We know”" in page
    assert "It ends sooner when the chain" in page


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(desk: Desk) -> None:
    """A waiver needs a reason and a day that is still to come; a dispute and a comment need words."""
    waived = desk.send("standing", status="waived", reason="", expires="2001-01-01")
    disputed = desk.send("standing", status="disputed", text=" ")
    commented = desk.send("comments", text="")

    assert (waived.status_code, disputed.status_code, commented.status_code) == (422, 422, 422)
    assert 'aria-invalid="true"' in waived.text
    assert 'id="wrong-reason"' in waived.text
    assert 'value="2001-01-01"' in waived.text
    assert 'id="wrong-text"' in disputed.text
    assert desk.said["status"] == "open"


def test_what_its_state_does_not_allow_is_told(desk: Desk) -> None:
    """Nobody makes a conflict resolved."""
    refused = desk.send("standing", status="resolved")

    assert refused.status_code == 409
    assert "cannot be made &#39;resolved&#39;" in refused.text


@pytest.mark.parametrize(
    ("part", "fields"),
    [("standing", {"status": "waived"}), ("standing", {"status": "disputed"}), ("standing", {}), ("comments", {})],
)
def test_forms_that_lack_a_field_are_shown_again(desk: Desk, part: str, fields: dict[str, str]) -> None:
    """With what is missing."""
    assert desk.send(part, **fields).status_code == 422


def test_whoever_comes_late_sees_how_it_stands_now(desk: Desk) -> None:
    """What they typed is kept, and sent again it counts."""
    before = desk.tag
    desk.send("standing", status="acknowledged")
    fields = {"status": "waived", "reason": "Typed & kept", "expires": LATER}

    late = desk.person.send(f"{desk.at}/standing", {"tag": before, **fields})
    again = desk.send("standing", **fields)

    assert late.status_code == 412
    assert "Somebody changed this meanwhile" in late.text
    assert "Typed &amp; kept</textarea>" in late.text
    assert f'name="tag" value="{before}"' not in late.text
    assert (again.status_code, desk.said["status"]) == (303, "waived")


def test_a_form_without_the_state_that_it_was_made_on_changes_nothing(desk: Desk) -> None:
    """As over the API."""
    refused = desk.person.send(f"{desk.at}/standing", {"status": "acknowledged"})

    assert (refused.status_code, desk.said["status"]) == (428, "open")


@pytest.mark.slow
def test_a_member_looks_after_it(desk: Desk) -> None:
    """The list and its filter say so; what is no member is refused."""
    member = desk.client.get("/v1/members").json()["items"][0]["id"]
    desk.send("assignee", assignee=member)
    nobodys, hers = (desk.person.look(f"{LIST}?assignee={one}").text for one in ("none", member))

    stranger = desk.send("assignee", assignee="mem_nobody")

    assert desk.said["assignee"] == member
    assert (desk.at in nobodys, desk.at in hers) == (False, True)
    assert "Ines &lt;Pay&gt; looks after it" in hers
    assert "nobody looks after it" in nobodys
    assert (stranger.status_code, 'id="wrong-assignee"' in stranger.text) == (422, True)
    desk.send("assignee", assignee="")
    assert "assignee" not in desk.said


def test_comments_are_shown_as_they_were_written(desk: Desk) -> None:
    """With who and when, escaped, counted in the list."""
    page = desk.person.follow(desk.send("comments", text="<b>Two</b>\nlines")).text

    count = desk.said["comment_count"]
    assert "&lt;b&gt;Two&lt;/b&gt;\nlines" in page
    assert ">tests</strong>, <time datetime=" in page
    assert (f"{count} comments" if count > 1 else "1 comment") in desk.person.look(LIST).text


def test_the_recommendations_that_clear_it_are_one_click_away(desk: Desk) -> None:
    """Each leads to the page of the change, which is one of what to change."""
    page = desk.person.look(desk.at).text
    listed = desk.person.look("/organizations/tallowmere/recommendations").text
    linked = [part.split('"')[0] for part in page.split("/recommendations/")[1:]]

    assert linked
    assert all(f'id="{one}"' in listed for one in linked)
    assert desk.person.look(f"/organizations/tallowmere/recommendations/{linked[0]}").status_code == 200


def test_whoever_may_only_read_sees_no_forms_and_sends_none(desk: Desk) -> None:
    """Nor does anybody from another workspace learn that it is there."""
    reader = Person(desk.client.another("read"))
    stranger = Person(desk.client.another("read", "write", workspace="deciders-strangers"))
    page = reader.look(desk.at).text

    refused = [
        reader.send(f"{desk.at}/{part}", {"tag": desk.tag}).status_code for part in ("standing", "assignee", "comments")
    ]
    foreign = [
        stranger.send(f"{desk.at}/{part}", {"tag": "x", "text": "x", "status": "open"}).status_code
        for part in ("standing", "assignee", "comments")
    ]

    assert "/standing" not in page
    assert "nobody looks after it" in page
    assert refused == [403, 403, 403]
    assert foreign == [404, 404, 404]


def test_a_form_of_no_page_of_the_session_does_nothing(desk: Desk) -> None:
    """Whoever sends it."""
    for fields, headers in (({"form": "0" * 32}, {}), ({}, {"Sec-Fetch-Site": "cross-site"})):
        refused = desk.person.send(
            f"{desk.at}/standing", {"tag": desk.tag, "status": "acknowledged", **fields}, **headers
        )
        assert refused.status_code == 403

    assert desk.said["status"] == "open"
