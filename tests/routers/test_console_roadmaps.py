"""`/organizations/{org}/roadmap…`: the road is built, items are entered, confirmed and moved on pages; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.stored_analyses import AT, put
from tests.routers.visitors import Person

LIST = "/organizations/acme/roadmap"
HERE = f"{LIST}/try_changed_goals"
ENTERED = {
    "owner": "Ada <Park>",
    "starts_on": "2027-02-01",
    "days": "30",
    "measure_name": "aht",
    "measure_baseline": "66,5",
    "measure_target": "72",
    "measure_unit": "%",
    "guardrail_name": "fcr",
    "guardrail_baseline": "66",
    "guardrail_target": "64",
    "guardrail_unit": "",
}


class Desk:
    """Somebody with the roadmap of the call centre."""

    def __init__(self, client: Client) -> None:
        self.client, self.person = client, Person(client)
        put(client)

    @property
    def item(self) -> dict[str, Any]:
        """The item as the API shows it."""
        return dict(self.client.get(f"{AT}/roadmap/items/try_changed_goals").json())

    def send(self, what: str = "", **fields: str) -> Any:
        return self.person.send(f"{HERE}{what}", {"state": self.person.hidden(HERE, "state"), **fields})


@pytest.fixture
def desk(tenant: Client) -> Desk:
    """The desk of a company with a roadmap."""
    made = Desk(tenant)
    assert made.person.send(LIST, {"starts_on": "2027-01-04"}).status_code == 303
    return made


def test_the_road_is_saved_as_a_calendar_a_sheet_and_a_text(desk: Desk) -> None:
    """The page leads to each, and each is what the API answers, in the language of whoever asks."""
    page = desk.person.look(LIST).text
    files = {form: desk.person.look(f"{LIST}/files/{form}") for form in ("ics", "csv", "md")}

    for form, file in files.items():
        assert f'{LIST}/files/{form}"' in page
        assert file.headers["content-disposition"] == f'attachment; filename="acme-roadmap.{form}"'
        assert file.content == desk.client.get(f"{AT}/roadmap", params={"format": form}).content
    german = desk.person.look(f"{LIST}/files/md", **{"Accept-Language": "de"})
    assert german.text.startswith("# Roadmap von ")


def test_the_page_says_how_to_begin_and_then_draws_the_road(tenant: Client) -> None:
    """Without one it has the form; built, there is a bar and a row of the table for each item, in German, too."""
    desk = Desk(tenant)
    nothing = desk.person.look(LIST).text
    built = desk.person.send(LIST, {"starts_on": "2027-01-04"})
    page = desk.person.follow(built).text

    assert "There is no roadmap yet." in nothing
    assert built.status_code == 303
    assert page.count('scope="row"') == 20 and 'class="mark"' in page
    assert "4 January 2027 to" in page


def test_an_item_goes_on_when_what_is_missing_was_entered_and_confirmed(desk: Desk) -> None:
    """The button comes when nothing is missing; evidence is shown with who gave it."""
    before = desk.person.look(HERE).text
    assert desk.send(**ENTERED).status_code == 303
    ready = desk.person.look(HERE).text
    assert desk.send("/stage", stage="experiment").status_code == 303
    confirmed = desk.send("/confirm", criterion="ran", evidence="Four weeks in <two> shops.")
    page = desk.person.follow(confirmed).text

    assert "Go on to" not in before and "Go on to “Experiment”" in ready
    assert (desk.item["stage"], desk.item["days"], desk.item["measure"]["baseline"]) == ("experiment", 30, 66.5)
    assert "Measure of success: aht 66.5 → 72 %" in desk.person.look(HERE).text
    assert "Four weeks in &lt;two&gt; shops." in page and "Ada &lt;Park&gt;" in page


def test_a_pilot_is_designed_on_the_page_of_an_experiment(desk: Desk) -> None:
    """With what is asked; what cannot be reckoned is told, and every guardrail that was entered stays."""
    desk.send(**ENTERED)
    again = desk.person.look(HERE).text
    desk.send("/stage", stage="experiment")

    pilot = desk.person.look(f"{HERE}?people_of_unit=12&lag=30").text
    wrong = desk.person.look(f"{HERE}?people_of_unit=many&lag=-1").text

    assert again.count('name="guardrail_name"') == 2
    assert "of which the first 30 tell nothing yet" in pilot and "stop when it is worse" in pilot
    assert 'value="many"' in wrong and 'role="alert"' in wrong


def test_what_is_wrong_is_told_beside_what_was_typed(desk: Desk) -> None:
    """Numbers that are none, a stage that is not ready, a state that is old; nothing is changed."""
    wrong = desk.send(**{**ENTERED, "days": "soon"})
    early = desk.send("/stage", stage="experiment")
    stale = desk.send(**{**ENTERED, "state": "rmp-1-1"})

    assert (wrong.status_code, early.status_code, stale.status_code) == (422, 409, 412)
    assert 'value="soon"' in wrong.text and "Ada &lt;Park&gt;" in stale.text
    assert "It has a measure of success" in early.text
    assert "owner" not in desk.item


def test_who_may_only_read_sees_no_form(desk: Desk) -> None:
    """And a form that is sent all the same does nothing."""
    reader = Person(desk.client.another("read"))

    assert "road" in reader.look(LIST).text and 'name="state"' not in reader.look(HERE).text
    assert reader.send(HERE, ENTERED).status_code == 403
    assert reader.look(f"{LIST}/nothing").status_code == 404
