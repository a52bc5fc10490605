"""`/v1/organizations/{org}/assessments`: begun, answered by people and by the model, traced; on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.visitors import Person

AT = "/v1/organizations/tallowmere"
LIST = f"{AT}/assessments"
PAGES = "/organizations/tallowmere/assessments"
TELECOM = Path("app/catalogue/templates/telecom.yaml")
SHEET = "respondent,group,department,question,score,about,note\n"
MERGE = {"Content-Type": "application/merge-patch+json"}


def company(client: Client) -> None:
    """The telecom company of the templates."""
    client.put(f"{AT}/document", content=TELECOM.read_bytes(), headers={"Content-Type": "application/yaml"})


def begun(client: Client, instrument: str = "seven-principles", **said: Any) -> dict[str, Any]:
    """An assessment."""
    response = client.post(LIST, json={"instrument": instrument, "name": "First look", **said})
    assert response.status_code == 201, response.text
    return dict(response.json())


def answer(respondent: str, score: float, **said: Any) -> dict[str, Any]:
    """What somebody thinks of the sponsor."""
    return {"respondent": respondent, "group": "employees", "question": "sponsor", "score": score, **said}


def score_of(assessment: dict[str, Any], question: str) -> dict[str, Any]:
    """What a question came to."""
    sections = assessment["result"]["sections"]
    return next(one for section in sections for one in section["questions"] if one["question"] == question)


@pytest.mark.slow
def test_an_assessment_lives(stored: Client) -> None:
    """Begun, the model answers; people answer; the name changes only for who knows the state; the list is the history; then it goes."""
    company(stored)
    one = begun(stored, as_of="2026-11-01")
    at = f"{LIST}/{one['id']}"
    answered = stored.post(f"{at}/answers", json={"items": [answer("1", 2), answer("2", 4)]})
    blind = stored.patch(at, json={"name": "Later"}, headers=MERGE)
    named = stored.patch(at, json={"name": "Later"}, headers={**MERGE, "If-Match": answered.headers["etag"]})
    stale = stored.delete(at, headers={"If-Match": answered.headers["etag"]})
    listed = stored.get(f"{LIST}?instrument=seven-principles").json()["items"]
    gone = stored.delete(at, headers={"If-Match": named.headers["etag"]})

    assert one["result"]["answered_by_model"] == 1
    assert score_of(answered.json(), "sponsor")["people"]["mean"] == 3
    assert (blind.status_code, named.status_code, stale.status_code) == (428, 200, 412)
    assert [(each["name"], each["people"], each["score"]) for each in listed] == [("Later", 2, named.json()["score"])]
    assert (gone.status_code, stored.get(at).status_code) == (204, 404)
    actions = [event["action"] for event in stored.get("/v1/audit-events").json()["items"]]
    assert {"assessment.added", "assessment.answered", "assessment.changed", "assessment.removed"} <= set(actions)


def every_kind(client: Client) -> list[dict[str, Any]]:
    """An assessment with each instrument, answered by people, by counts, and by the model."""
    company(client)
    seen = {"respondent": "1", "group": "employees", "question": "seen_here", "score": 3, "about": "Shop"}
    asked = {"group": "executives", "question": "customer_centric"}
    return [
        begun(client, answers=[answer("1", 1), answer("2", 2), {**answer("1", 5), "question": "leaders_seen"}]),
        begun(client, "five-processes"),
        begun(client, "obstacles"),
        begun(client, "single-view", answers=[seen]),
        begun(
            client,
            "perception-gap",
            answers=[{"respondent": "1", **asked, "score": 4}],
            counts=[{**asked, "counts": [5, 10, 10, 50, 25]}],
        ),
    ]


def rests_on(traced: dict[str, Any]) -> float | None:
    """The score that answers, or else the facts of the model, come to."""
    scores = [each["score"] for each in traced["answers"]]
    return sum(scores) / len(scores) if scores else traced.get("model", {}).get("score")


def test_every_score_is_traced_by_one_call(tenant: Client) -> None:
    """Of each instrument: the answers that the call shows, or else the facts, come to the score; a share to those who agree.

    The call without a question has what all of them, and so the sections and the whole, rest on.
    """
    for one in every_kind(tenant):
        at = f"{LIST}/{one['id']}/answers"
        whole = tenant.get(at).json()
        assert whole["answers"] == one["answers"] and whole["counts"] == one["counts"]
        for score in (each for section in one["result"].get("sections", ()) for each in section["questions"]):
            traced = tenant.get(f"{at}?question={score['question']}").json()
            assert rests_on(traced) == (None if score["score"] is None else pytest.approx(score["score"]))
            if score["by"] == "model":
                found = {"question": score["question"], **traced["model"]}
                assert traced["model"]["facts"] and found in whole["answered_by_model"]
        for asked in one["result"].get("perception", {}).get("questions", ()):
            traced = tenant.get(f"{at}?question={asked['question']}").json()
            agreed = sum(each["score"] > 3 for each in traced["answers"])
            agreed += sum(sum(each["counts"][3:]) for each in traced["counts"])
            assert [each["agreeing"] for each in asked["seen"]] == [agreed]


@pytest.mark.slow
def test_every_score_is_traced_on_its_page(tenant: Client) -> None:
    """By a link to the answers, or by the facts of the model beside it; counts stand as they were entered."""
    person = Person(tenant)
    for one in every_kind(tenant):
        here = f"{PAGES}/{one['id']}"
        page = person.look(here).text
        scores = [each for section in one["result"].get("sections", ()) for each in section["questions"]]
        answered = [each["question"] for each in scores if each["by"] == "people"]
        answered += [each["question"] for each in one["result"].get("perception", {}).get("questions", ())]

        assert [key for key in answered if f"{here}/answers.csv?question={key}" not in page] == []
        assert page.count("The model: ") == sum("model" in each for each in scores)
        assert all(" · ".join(map(str, each["counts"])) in page for each in one["counts"])


def test_a_sheet_answers_and_says_what_is_wrong_by_cell(tenant: Client) -> None:
    """Rows without a score were not answered; every fault is told with its cell and the nearest valid value, and nothing is kept."""
    company(tenant)
    at = f"{LIST}/{begun(tenant)['id']}/answers"
    csv = {"Content-Type": "text/csv"}
    wrong = tenant.post(
        at, content=SHEET + "1,employes,servise,sponsr,2,,\n1,employees,,sponsor,9,Shop,\n", headers=csv
    )
    right = tenant.post(
        at, content=SHEET + "1,employees,service,sponsor,2,,named\n1,employees,,top_first,,,\n", headers=csv
    )
    again = tenant.post(at, content=SHEET + "1,employees,service,sponsor,3,,\n", headers=csv)

    told = {(one["cell"], one["code"]): one.get("hint") for one in wrong.json()["errors"]}
    assert told == {
        ("B2", "not_one_of"): "did you mean 'employees'?",
        ("C2", "unknown_department"): "did you mean 'service'?",
        ("D2", "unknown_question"): "did you mean 'sponsor'?",
        ("E3", "not_one_of"): None,
        ("F3", "about_nothing"): None,
    }
    assert (right.json()["answer_count"], again.json()["answer_count"]) == (1, 1)
    assert [one["score"] for one in again.json()["answers"]] == [3]
    assert tenant.get(f"{at}?format=csv").text.splitlines()[1] == "1,employees,service,sponsor,3,,"


def test_the_published_gap_is_found_in_answers_like_those(tenant: Client) -> None:
    """75 of 100 chief executives against 41 of 100 customers: 34 points, more than chance, beside the published figures."""
    company(tenant)
    counts = [
        {"group": "executives", "question": "customer_centric", "counts": [5, 10, 10, 50, 25]},
        {"group": "customers", "question": "customer_centric", "counts": [19, 20, 20, 31, 10]},
    ]
    perception = begun(tenant, "perception-gap", counts=counts)["result"]["perception"]
    (gap,) = perception["questions"][0]["gaps"]
    refused = tenant.post(LIST, json={"instrument": "obstacles", "name": "x", "counts": counts})

    assert (gap["gap"], gap["holds"]) == (0.34, True)
    assert gap["interval"][0] > 0.2
    assert perception["benchmarks"][0]["first_share"] - perception["benchmarks"][0]["second_share"] == pytest.approx(
        0.34
    )
    assert [one["code"] for one in refused.json()["errors"]] == ["not_by_counts"]


def test_the_single_view_is_told_by_place(tenant: Client) -> None:
    """Two touch points, one with part of the view and one with nothing, are half and half; the published figures stand beside."""
    company(tenant)
    seen = {"respondent": "1", "group": "employees", "question": "seen_here"}
    answers = [{**seen, "about": "Shop", "score": 3}, {**seen, "about": "Hotline", "score": 1}]
    result = begun(tenant, "single-view", answers=answers)["result"]

    assert result["views"][0]["shares"] == {"none": 0.5, "partial": 0.5, "full": 0}
    assert result["published"]["shares"]["full"] == 0.02


@pytest.mark.slow
def test_gaps_lead_to_what_helps(tenant: Client) -> None:
    """A recommendation of the newest analysis stands with each gap that its remedy betters."""
    company(tenant)
    tenant.post(f"{AT}/analyses", json={})
    gaps = begun(tenant, "obstacles")["result"]["gaps"]
    helped = [one for one in gaps if one["recommendations"]]

    assert helped
    assert all(each["remedy"] in one["remedies"] for one in helped for each in one["recommendations"])


@pytest.mark.slow
def test_the_way_by_pages(tenant: Client) -> None:
    """Begun on the list, answered in the form, read on its page with what it rests on; what is wrong is told with what was typed."""
    company(tenant)
    person = Person(tenant)
    nothing = person.look(PAGES).text
    came = person.send(PAGES, {"instrument": "seven-principles", "name": "Board <2027>"})
    here = came.headers["location"].split("?")[0].replace("http://concord.test", "")
    form = person.look(f"{here}/answers").text
    said = {
        "respondent": "Ada",
        "group": "executives",
        "department": "service",
        "score:sponsor": "2",
        "note:sponsor": "No name.",
    }
    wrong = person.send(f"{here}/answers", {**said, "department": "nobody"})
    page = person.follow(person.send(f"{here}/answers", said)).text

    assert "There is no assessment yet." in nothing
    assert "Does a member of the board stand for the change by name?" in form
    assert wrong.status_code == 422
    assert 'value="No name."' in wrong.text
    assert "Board &lt;2027&gt;" in page
    assert "People: 2.0 on average; answers: 1" in page
    assert (
        person.look(f"{here}/answers.csv?question=sponsor")
        .text.splitlines()[1]
        .startswith("Ada,executives,service,sponsor,2")
    )
    assert "asked,anchors" in person.look(f"{here}/form.csv").text


def test_counts_are_entered_on_the_page(tenant: Client) -> None:
    """Group by group; what is no number is told, with what was typed, and changes nothing."""
    company(tenant)
    person = Person(tenant)
    id_ = begun(tenant, "perception-gap")["id"]
    here = f"{PAGES}/{id_}"
    cells = {
        f"count:customer_centric:{score}": count for score, count in zip("12345", (19, 20, 20, 31, 10), strict=True)
    }
    wrong = person.send(
        f"{here}/counts",
        {"group": "customers", "state": person.hidden(here, "state"), **cells, "count:customer_centric:2": "many"},
    )
    page = person.follow(
        person.send(f"{here}/counts", {"group": "customers", "state": person.hidden(here, "state"), **cells})
    )

    assert wrong.status_code == 422
    assert 'value="many"' in wrong.text
    assert "41%" in page.text


def test_one_person_has_one_name(tenant: Client) -> None:
    """Blanks around it, and how its letters are put together, make no other person."""
    company(tenant)
    at = f"{LIST}/{begun(tenant)['id']}/answers"
    tenant.post(at, json={"items": [answer("Zo\u00eb", 2)]})
    again = tenant.post(at, json={"items": [answer(" Zoe\u0308 ", 4.0)]})

    assert [one["score"] for one in again.json()["answers"]] == [4]


def test_whoever_may_only_read_sees_no_forms(tenant: Client) -> None:
    """And is refused when they send one; in another workspace there is nothing."""
    company(tenant)
    id_ = begun(tenant)["id"]
    reader = Person(tenant.another("read"))
    stranger = tenant.another("read", "write", workspace="others")

    page = reader.look(f"{PAGES}/{id_}").text
    assert '<form class="form"' not in page
    assert reader.send(f"{PAGES}/{id_}/answers", {"respondent": "x"}).status_code == 403
    assert stranger.get(f"{LIST}/{id_}").status_code == 404
