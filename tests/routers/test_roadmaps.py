"""`/v1/organizations/{org}/roadmap`; on both databases."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.pilots import pilot_of_share
from app.web.body import MERGE_PATCH, YAML
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

pytestmark = pytest.mark.slow

HERE = "/v1/organizations/tallowmere"
AT = f"{HERE}/roadmap"
TRIED = "try_changed_goals"
ENTERED = {
    "owner": "Ada Park",
    "starts_on": "2027-02-01",
    "measure": {"name": "aht", "baseline": 70, "target": 75, "unit": "%"},
    "guardrails": [{"name": "fcr", "baseline": 66, "target": 64}],
}


@pytest.fixture
def telecom(tenant: Client) -> Client:
    """The company of the template was analysed."""
    body = Path("app/catalogue/templates/telecom.yaml").read_bytes()
    response = tenant.put(f"{HERE}/document", content=body, headers={"Content-Type": YAML})
    assert response.status_code in (200, 201), response.text
    assert tenant.post(f"{HERE}/analyses", json={}).status_code == 201
    assert tenant.post(AT, json={"starts_on": "2027-01-04"}).status_code == 201
    return tenant


def test_items_are_there_because_of_what_was_found(telecom: Client) -> None:
    """Four phases of five items; every ground can be looked up, the weightiest item of a phase comes first."""
    found = telecom.get(AT).json()

    assert [sum(item["phase"] == phase["key"] for item in found["items"]) for phase in found["phases"]] == [5, 5, 5, 5]
    assert found["items"][0]["key"] == "own_the_worst_conflicts"
    links = {ground["href"] for item in found["items"] for ground in item["grounds"]}
    assert {ground["kind"] for item in found["items"] for ground in item["grounds"]} == {"finding", "gap"}
    assert all(telecom.get(link).status_code == 200 for link in links)
    assert all(item["customers"] and item["exit"] for item in found["items"])


def test_the_end_waits_for_the_critical_path(telecom: Client) -> None:
    """Each critical item begins when the one before it ends; the last of them ends the road."""
    found = telecom.get(AT).json()
    items = {item["key"]: item for item in found["items"]}
    path = [items[key] for key in found["critical_path"]]

    assert [one["ends_on"] for one in path[:-1]] == [one["begins_on"] for one in path[1:]]
    assert (path[0]["begins_on"], path[-1]["ends_on"]) == ("2027-01-04", found["ends_on"])
    waiting = next(item for item in found["items"] if item["slack_days"] > 0)
    patched(telecom, waiting["key"], {"days": waiting["days"] + waiting["slack_days"] + 7})
    later = date.fromisoformat(found["ends_on"]) + timedelta(days=7)
    assert telecom.get(AT).json()["ends_on"] == later.isoformat()


def test_a_stage_is_left_only_when_all_is_so_that_has_to_be(telecom: Client) -> None:
    """What is missing is listed; what is entered along with the stage counts; daily business needs each criterion confirmed."""
    refused = patched(telecom, TRIED, {"owner": "Ada Park", "stage": "experiment"})
    assert refused.status_code == 409
    check_problem(refused)
    assert [one["criterion"] for one in refused.json()["missing"]] == ["dates", "measure", "guardrail"]
    assert "owner" not in telecom.get(f"{AT}/items/{TRIED}").json()

    assert patched(telecom, TRIED, {**ENTERED, "stage": "experiment"}).json()["stage"] == "experiment"
    for stage in ("implement", "daily_business"):
        shown = telecom.get(f"{AT}/items/{TRIED}").json()
        assert patched(telecom, TRIED, {"stage": stage}).status_code == 409
        evidence = {one["key"]: {"evidence": "Four weeks in two shops."} for one in shown["exit"]}
        moved = patched(telecom, TRIED, {"confirmed": evidence, "stage": stage})
        assert (moved.status_code, moved.json()["stage"]) == (200, stage)
        assert all(one["met"] and one["by"] for one in moved.json()["entry"])
    assert telecom.get(AT).json()["progress"] == pytest.approx(3 / 60)


def test_no_stage_is_passed_over_and_going_back_opens_what_was_confirmed(telecom: Client) -> None:
    """Two stages on are refused with those that are possible; back at the plan nothing is confirmed any more."""
    skipped = patched(telecom, TRIED, {**ENTERED, "stage": "implement"})
    assert (skipped.status_code, skipped.json()["possible"]) == (409, ["plan", "experiment"])

    patched(telecom, TRIED, {**ENTERED, "stage": "experiment"})
    patched(telecom, TRIED, {"confirmed": {"ran": {"evidence": "Four weeks."}}})
    back = patched(telecom, TRIED, {"stage": "plan"})

    assert (back.json()["stage"], back.json()["confirmed"], back.json()["owner"]) == ("plan", {}, "Ada Park")


def test_building_again_keeps_what_people_entered_and_renews_grounds(telecom: Client) -> None:
    """A conflict that was waived is no ground any more; owner, dates and stage stay."""
    patched(telecom, TRIED, {**ENTERED, "stage": "experiment"})
    worst = telecom.get(f"{AT}/items/own_the_worst_conflicts").json()["grounds"]
    gone = next(ground["key"] for ground in worst if ground["kind"] == "finding")
    waiver = {"owner": "Ada", "reason": "Agreed until the new plan.", "expires": "2099-12-31"}
    changed(telecom, f"{HERE}/conflicts/{gone}", {"status": "waived", "waiver": waiver})

    again = telecom.post(AT, json={})

    assert (again.status_code, again.json()["starts_on"]) == (200, "2027-01-04")
    items = {item["key"]: item for item in again.json()["items"]}
    assert (items[TRIED]["owner"], items[TRIED]["stage"]) == ("Ada Park", "experiment")
    assert gone not in {ground["key"] for item in items.values() for ground in item["grounds"]}


def test_what_people_answered_counts_before_what_facts_say(telecom: Client) -> None:
    """The gaps of the newest assessment are grounds; building does not ask facts what people answered."""
    answers = [{"respondent": "1", "group": "employees", "question": "sponsor", "score": 1}]
    body = {"instrument": "seven-principles", "name": "First look", "answers": answers}
    assert telecom.post(f"{HERE}/assessments", json=body).status_code == 201

    items = {item["key"]: item for item in telecom.post(AT, json={}).json()["items"]}

    asked = {ground["key"]: ground for ground in items["board_first"]["grounds"]}
    assert (asked["sponsor"]["kind"], asked["sponsor"]["weight"]) == ("gap", 100)


def test_what_facts_say_is_a_ground(telecom: Client) -> None:
    """The document says that nobody answers for the outcomes; once somebody does, it weighs less."""
    before = grounds(telecom, "owner_of_the_base")
    named = {"outcome_owner": "service"}
    telecom.patch(f"{HERE}/governance", json=named, headers={"Content-Type": MERGE_PATCH, "If-Match": "*"})
    telecom.post(AT, json={})

    assert (before["owner"]["kind"], before["owner"]["weight"]) == ("gap", 100)
    assert before["owner"]["href"].endswith("/v1/instruments/obstacles")
    assert grounds(telecom, "owner_of_the_base")["owner"]["weight"] == 25


def test_an_accepted_recommendation_is_a_ground(telecom: Client) -> None:
    """Of the items that try and scale changes: with its title, and the address under which it can be looked up."""
    analysis = telecom.get(f"{HERE}/analyses?limit=1&sort=-created_at").json()["items"][0]["id"]
    at = f"{HERE}/analyses/{analysis}/recommendations"
    first = telecom.get(f"{at}?limit=1").json()["items"][0]
    before = {item["key"]: item for item in telecom.get(AT).json()["items"]}
    state = telecom.get(f"{HERE}/document").headers["etag"]
    accepted = telecom.post(f"{at}/{first['id']}/accept", json={"into": "model"}, headers={"If-Match": state})
    assert accepted.status_code == 200, accepted.text

    items = {item["key"]: item for item in telecom.post(AT, json={}).json()["items"]}

    for key in ("try_changed_goals", "scale_or_stop"):
        assert first["id"] not in {one["key"] for one in before[key]["grounds"]}
        (ground,) = (one for one in items[key]["grounds"] if one["kind"] == "recommendation")
        assert (ground["key"], ground["title"]) == (first["id"], first["title"])
        assert telecom.get(ground["href"]).json()["status"] == "accepted"


def test_items_that_wait_for_one_another_are_refused_and_named(telecom: Client) -> None:
    """The whole circle is told; and everything else that is wrong, at once."""
    circle = patched(telecom, TRIED, {"after": ["review"]})
    assert (circle.status_code, circle.json()["errors"][0]["code"]) == (422, "items_in_circle")
    assert "try_changed_goals → review" in circle.json()["errors"][0]["detail"]

    wrong = patched(
        telecom, TRIED, {"after": ["revue"], "confirmed": {"owner": {"evidence": "Me."}, "luck": {"evidence": "Yes."}}}
    )
    assert {(one["pointer"], one["code"]) for one in wrong.json()["errors"]} == {
        ("#/after/0", "unknown_item"),
        ("#/confirmed/owner", "shown_by_item"),
        ("#/confirmed/luck", "unknown_member"),
    }
    assert "review" in next(one["hint"] for one in wrong.json()["errors"] if one["code"] == "unknown_item")


def test_an_experiment_has_a_pilot_with_the_lag_of_its_measure(telecom: Client) -> None:
    """As many people as the change needs, for as long as it takes to show; an item at another stage has none."""
    at = f"{AT}/items/{TRIED}/pilot"
    assert telecom.get(at).status_code == 409
    patched(telecom, TRIED, {**ENTERED, "stage": "experiment"})

    by_influences = telecom.get(at, params={"people_of_unit": 12}).json()
    asked = telecom.get(at, params={"people_of_unit": 12, "lag": 30}).json()

    assert by_influences["lag_from"] == "influences" and by_influences["lag_days"] > 0
    pilot = pilot_of_share(0.7, 0.75, 12, 30)
    assert (asked["people_of_each_half"], asked["units_of_each_half"], asked["days"]) == pilot[:3]
    assert (asked["begins_on"], asked["guardrails_on"], asked["ends_on"]) == ("2027-02-01", "2027-03-18", "2027-04-02")
    patched(telecom, TRIED, {"measure": {"name": "Calls", "unit": "seconds"}})
    assert telecom.get(at, params={"lag": 30}).status_code == 409
    assert telecom.get(at, params={"lag": 30, "deviation": 20}).status_code == 200


def test_the_calendar_is_one_that_others_read(telecom: Client) -> None:
    """Lines end in CRLF and have at most 75 octets, events the same names each time; unfolded they say what the roadmap says."""
    read = telecom.get(AT, params={"format": "ics", "lang": "de"})
    lines = read.content.split(b"\r\n")

    assert read.headers["content-disposition"] == 'attachment; filename="tallowmere-roadmap.ics"'
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)
    unfolded = read.content.replace(b"\r\n ", b"").decode()
    titles = [item["title"].replace(",", "\\,") for item in telecom.get(AT, params={"lang": "de"}).json()["items"]]
    assert [line[8:] for line in unfolded.split("\r\n") if line.startswith("SUMMARY:")] == titles
    patched(telecom, TRIED, {"days": 21})
    again = telecom.get(AT, headers={"Accept": "text/calendar"}).text
    assert {line for line in again.split("\r\n") if line.startswith("UID")} == {
        line for line in read.text.split("\r\n") if line.startswith("UID")
    }


def test_the_sheet_and_the_text_have_every_item(telecom: Client) -> None:
    """A row for each; a name that a spreadsheet would take for a formula is guarded, and Markdown reads names as text."""
    patched(telecom, TRIED, {"owner": "=HYPERLINK(1)*x*"})
    rows = list(csv.DictReader(io.StringIO(telecom.get(AT, params={"format": "csv"}).text)))
    text = telecom.get(AT, params={"format": "md"}).text

    assert len(rows) == 20
    assert next(row["owner"] for row in rows if row["key"] == TRIED) == "'=HYPERLINK(1)*x*"
    assert text.count("\n### ") == 20 and r"\*x\*" in text


def test_the_day_on_which_it_starts_can_move_and_the_whole_can_go(telecom: Client) -> None:
    """A change names the state that it is made on; a dry run changes nothing; what is gone is missing, for foreign ones, too."""
    assert telecom.patch(AT, content="{}", headers={"Content-Type": MERGE_PATCH}).status_code == 428
    moved = changed(telecom, AT, {"starts_on": "2027-03-01"})
    assert moved.json()["items"][0]["begins_on"] == "2027-03-01"
    old = {"If-Match": '"rmp-1-1-en"'}
    assert telecom.delete(AT, headers=old).status_code == 412
    tag = {"If-Match": moved.headers["etag"]}
    assert telecom.delete(AT, params={"dry_run": "true"}, headers=tag).status_code == 204
    assert telecom.another("read", workspace="other").get(AT).status_code == 404
    assert telecom.delete(AT, headers=tag).status_code == 204
    assert telecom.get(AT).status_code == 404
    noted = {event["action"] for event in telecom.get("/v1/audit-events").json()["items"]}
    assert {"roadmap.built", "roadmap.changed", "roadmap.deleted"} <= noted


def grounds(client: Client, key: str) -> dict[str, Any]:
    """Why an item is there, by what each ground is about."""
    return {one["key"]: one for one in client.get(f"{AT}/items/{key}").json()["grounds"]}


def patched(client: Client, key: str, changes: Any) -> httpx.Response:
    """An item with changes, whatever its state is."""
    return changed(client, f"{AT}/items/{key}", changes)


def changed(client: Client, at: str, changes: Any) -> httpx.Response:
    """A thing with changes, whatever its state is."""
    return client.patch(at, content=json.dumps(changes), headers={"Content-Type": MERGE_PATCH, "If-Match": "*"})
