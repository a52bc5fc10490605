"""`POST /v1/rule-analyses`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.exchange.read import read
from app.routers.examples import OWN_RULES
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

PATH = "/v1/rule-analyses"
TELECOM = read(Path("app/catalogue/templates/telecom.yaml").read_bytes(), "telecom.yaml", "yaml").raw
RULE = OWN_RULES["rules"][0]


def remarks(client: Client, body: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    return list(client.post(PATH, json=body, headers=headers).json()["remarks"])


def test_nothing_is_to_be_said_of_the_built_in_rules(client: Client) -> None:
    """An empty body asks about them alone."""
    told = client.post(PATH, json={}).json()

    assert told["remarks"] == told["coverage"] == []
    assert told["rules"] >= 60


def test_two_rules_that_grade_otherwise_are_told_with_a_row(client: Client) -> None:
    """Both levels, and facts on which both fire."""
    (remark,) = remarks(client, {"rules": [RULE]})

    assert (remark["kind"], remark["rule"], remark["other"], remark["how"]) == (
        "overlap",
        "ACM101",
        "INC103",
        "reasoning",
    )
    assert len(set(remark["levels"])) == 2
    assert remark["row"]["accelerator_max"] > 2


def test_an_organization_is_told_what_its_rules_wait_for(client: Client) -> None:
    """And what they look at, department by department."""
    told = client.post(PATH, json={"document": TELECOM}).json()

    assert {remark["kind"] for remark in told["remarks"]} == {"never_assessable"}
    assert {entry.get("department") for entry in told["coverage"]} > {d["key"] for d in TELECOM["departments"]}


def test_remarks_are_in_the_language_that_is_asked_for(client: Client) -> None:
    """By header, or by `lang`, which wins."""
    (german,) = remarks(client, {"rules": [RULE]}, **{"Accept-Language": "de"})
    english = client.post(f"{PATH}?lang=en", json={"rules": [RULE]}, headers={"Accept-Language": "de"}).json()

    assert "melden dasselbe" in german["text"]
    assert "report the same" in english["remarks"][0]["text"]


def test_the_same_rules_draw_the_same_bytes(client: Client) -> None:
    """Samples are drawn alike each time."""
    body = {"rules": [RULE], "document": TELECOM}

    assert client.post(PATH, json=body).content == client.post(PATH, json=body).content


def test_everything_wrong_with_rules_and_document_is_told_at_once(client: Client) -> None:
    """Each with its place in the body."""
    wrong = {**RULE, "id": "ACM102", "name": "wrong", "condition": "accelerator_mx > 2"}
    body = {"rules": [RULE, wrong, RULE], "document": {**TELECOM, "departments": []}}

    problem = check_problem(client.post(PATH, json=body))

    assert problem["status"] == 422
    pointers = [error["pointer"] for error in problem["errors"]]  # type: ignore[attr-defined]
    assert "#/rules/1/condition" in pointers
    assert "#/rules/2/id" in pointers
    assert any(pointer.startswith("#/document/") for pointer in pointers)


def test_members_that_are_not_known_are_refused(client: Client) -> None:
    """With the nearest that is."""
    problem = check_problem(client.post(PATH, json={"rule": []}))

    assert problem["errors"][0]["pointer"] == "#/rule"  # type: ignore[index]


def test_too_many_rules_are_refused(client: Client) -> None:
    """Before any of them is looked at."""
    problem = check_problem(client.post(PATH, json={"rules": [RULE] * 101}))

    assert [error["code"] for error in problem["errors"]] == ["too_many"]  # type: ignore[attr-defined]


def test_the_verdicts_of_a_rule_are_explained(client: Client) -> None:
    """Matches, near misses and what cannot be judged, in words; what is clear is counted."""
    told = client.post(PATH, json={"document": TELECOM, "explain": ["INC103", "GOV102"]}).json()

    accelerator, sponsor = told["explained"]
    assert accelerator["counts"] == {"match": 1, "near_miss": 5, "not_assessable": 0, "clear": 2}
    assert accelerator["verdicts"][0]["verdict"] == "match"
    assert "pay has no gate" in accelerator["verdicts"][0]["because"]
    assert accelerator["verdicts"][1] == {
        "about": ["Shops and telesales", "Sales adviser", "advisers-cancellations", "Early cancellations"],
        "verdict": "near_miss",
        "because": ["largest accelerator: at most 1 (1)"],
    }
    assert [one["verdict"] for one in sponsor["verdicts"]] == ["not_assessable"]


def test_verdicts_are_explained_in_german(client: Client) -> None:
    """With the same facts."""
    body = {"document": TELECOM, "explain": ["GOV102"]}

    (sponsor,) = client.post(f"{PATH}?lang=de", json=body).json()["explained"]

    assert sponsor["verdicts"][0]["because"][0].startswith("ob dies gilt, ist nicht zu sagen: ")


def test_only_rules_that_there_are_are_explained_on_a_document(client: Client) -> None:
    """An unknown id is told with the nearest; without a document there is nothing to judge."""
    unknown = check_problem(client.post(PATH, json={"document": TELECOM, "explain": ["GOV102", "INC130"]}))
    nothing = check_problem(client.post(PATH, json={"explain": ["GOV102"]}))

    assert [error["pointer"] for error in unknown["errors"]] == ["#/explain/1"]  # type: ignore[attr-defined]
    assert [(error["pointer"], error["code"]) for error in nothing["errors"]] == [("#/document", "missing")]  # type: ignore[attr-defined]
