"""`/v1/organizations/{org}/revisions`: who changed what, what differs between any two states, and the way back; on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.json_patch import apply
from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import ANY, AT, MERGE, a_company, everything, put_company

REVISIONS = f"{AT}/revisions"


@pytest.fixture
def changed(tenant: Client) -> Client:
    """A company at its third revision: a KPI was made heavier, another one went."""
    put_company(tenant)
    tenant.patch(f"{AT}/kpis/aht", json={"weight": 50}, headers=MERGE)
    tenant.delete(f"{AT}/kpis/deals", headers=ANY)
    return tenant


def test_every_accepted_change_is_listed(changed: Client) -> None:
    """Who, what, and how much, the first one first."""
    items = changed.get(REVISIONS).json()["items"]

    assert [(i["number"], i["actor"], i["action"]) for i in items] == [
        (1, "tests", "organization.created"),
        (2, "tests", "kpis.replaced"),
        (3, "tests", "kpis.deleted"),
    ]
    assert items[1]["counts"] == {"added": 0, "changed": 1, "removed": 0}
    assert items[2]["counts"] == {"added": 0, "changed": 0, "removed": 1}


def test_revisions_are_paged_and_filtered(changed: Client) -> None:
    """The latest with a limit; by action."""
    latest = changed.get(f"{REVISIONS}?limit=2&sort=-number&count=true").json()
    rest = changed.get(latest["next"].removeprefix("http://concord.test")).json()
    deleted = changed.get(f"{REVISIONS}?action=kpis.deleted").json()

    assert [i["number"] for i in latest["items"]] == [3, 2] and latest["total"] == 3
    assert [i["number"] for i in rest["items"]] == [1] and "next" not in rest
    assert [i["number"] for i in deleted["items"]] == [3]


def test_a_revision_tells_what_it_changed(changed: Client) -> None:
    """In a sentence of the caller's language, part by part, and as a JSON Patch."""
    english = changed.get(f"{REVISIONS}/2").json()
    german = changed.get(f"{REVISIONS}/3", headers={"Accept-Language": "de"})

    assert english["changes"] == [
        {
            "action": "changed",
            "kind": "kpi",
            "path": "/kpis/aht",
            "key": "aht",
            "members": [{"name": "weight", "before": 40, "after": 50}],
            "text": "KPI aht (“Handling time”): weight 40 → 50",
        }
    ]
    assert english["patch"][-1] == {"op": "replace", "path": "/kpis/0/weight", "value": 50}
    assert [change["text"] for change in german.json()["changes"]] == ["KPI deals („Deals“) entfällt"]
    assert german.headers["content-language"] == "de"


def test_the_patches_of_all_revisions_lead_from_nothing_to_the_document(changed: Client) -> None:
    """One after the other."""
    raw: Any = {}

    for number in (1, 2, 3):
        raw = apply(raw, changed.get(f"{REVISIONS}/{number}").json()["patch"])

    assert raw == changed.get(f"{AT}/document").json()


def test_a_past_document_can_be_read_in_any_form(changed: Client) -> None:
    """With the revision, or as the document itself."""
    first = changed.get(f"{REVISIONS}/1?include=document").json()["document"]
    same = changed.get(f"{AT}/document?revision=1")
    yaml = changed.get(f"{AT}/document?revision=1&format=yaml")

    assert first == same.json() == a_company()
    assert same.headers["content-location"] == f"http://concord.test{REVISIONS}/1"
    assert "weight: 40" in yaml.text
    assert check_problem(changed.get(f"{AT}/document?revision=9"))["status"] == 404


@pytest.mark.parametrize(("number", "against"), [(3, 1), (1, 3), (2, 2), (2, 0), (3, None)])
def test_any_two_revisions_can_be_compared(changed: Client, number: int, against: int | None) -> None:
    """The patch makes this document of the other, whichever came first."""
    other = number - 1 if against is None else against
    query = "" if against is None else f"?against={against}"

    found = changed.get(f"{REVISIONS}/{number}/diff{query}").json()

    before = changed.get(f"{AT}/document?revision={other}").json() if other else {}
    assert (found["number"], found["against"]) == (number, other)
    assert apply(before, found["patch"]) == changed.get(f"{AT}/document?revision={number}").json()
    assert sum(found["counts"].values()) == len(found["changes"])


def test_what_a_client_has_is_not_sent_again(changed: Client) -> None:
    """Revisions and comparisons have a tag for each language and each width."""
    for path in (f"{REVISIONS}/2", f"{REVISIONS}/2?include=document", f"{REVISIONS}/3/diff?against=1", REVISIONS):
        tag = changed.get(path).headers["etag"]
        assert changed.get(path, headers={"If-None-Match": tag}).status_code == 304

    tags = {changed.get(f"{REVISIONS}/2{query}").headers["etag"] for query in ("", "?lang=de", "?include=document")}
    assert len(tags) == 3


@pytest.mark.parametrize("path", ["/9", "/0", "/01", "/-1", "/x", "/99999999999", "/2/diff?against=7", "/9/diff"])
def test_a_revision_that_there_is_not(changed: Client, path: str) -> None:
    """Whatever its number looks like."""
    assert check_problem(changed.get(f"{REVISIONS}{path}"))["status"] == 404


def test_what_cannot_be_asked_is_told(changed: Client) -> None:
    """Before anything is looked up."""
    problem: Any = check_problem(changed.get(f"{REVISIONS}/2/diff?against=-1&agianst=1"))
    unknown: Any = check_problem(changed.get(f"{REVISIONS}/2?include=documents"))

    assert problem["status"] == unknown["status"] == 400
    assert {error["parameter"] for error in problem["errors"]} == {"against", "agianst"}
    assert unknown["errors"][0]["hint"] == "did you mean 'document'?"


def test_a_past_document_becomes_the_present_one(changed: Client) -> None:
    """As a new revision; what came between stays readable, and who did it is noted."""
    tag = changed.get(f"{AT}/document").headers["etag"]

    restored = changed.post(f"{REVISIONS}/1/restore", headers={"If-Match": tag})

    assert restored.status_code == 200 and restored.json() == a_company()
    assert restored.headers["content-location"] == f"http://concord.test{REVISIONS}/4"
    assert changed.get(f"{AT}/document").json() == a_company()
    assert changed.get(f"{AT}/kpis/deals").status_code == 200
    latest = changed.get(f"{REVISIONS}/4").json()
    assert latest["action"] == "document.restored"
    assert latest["content_hash"] == changed.get(f"{REVISIONS}/1").json()["content_hash"]
    event = changed.get("/v1/audit-events?limit=1").json()["items"][0]
    assert (event["action"], event["target"]) == ("document.restored", "organizations/acme/revisions/1")


def test_restoring_says_on_which_state(changed: Client) -> None:
    """As every change of a document; a refused one changes nothing."""
    before = everything(changed)
    old = changed.get(f"{AT}/document?revision=2").headers["etag"]

    without = changed.post(f"{REVISIONS}/1/restore")
    outdated = changed.post(f"{REVISIONS}/1/restore", headers={"If-Match": old})
    absent = changed.post(f"{REVISIONS}/8/restore", headers={"If-Match": old})

    assert [r.status_code for r in (without, outdated, absent)] == [428, 412, 404]
    assert outdated.headers["etag"] == changed.get(f"{AT}/document").headers["etag"]
    assert everything(changed) == before


def test_restoring_can_be_tried(changed: Client) -> None:
    """The answer says what would change, and nothing does."""
    before = everything(changed)

    tried = changed.post(f"{REVISIONS}/1/restore?dry_run=true", headers=ANY)

    assert tried.headers["dry-run"] == "true"
    assert [change["path"] for change in tried.json()["changes"]] == ["/kpis/aht", "/kpis/deals"]
    assert everything(changed) == before


def test_restoring_what_is_there_makes_no_revision(changed: Client) -> None:
    """There is nothing to accept."""
    assert changed.post(f"{REVISIONS}/3/restore", headers=ANY).status_code == 200
    assert len(changed.get(REVISIONS).json()["items"]) == 3


def test_restoring_is_done_once(changed: Client) -> None:
    """A repeated request is answered as the first."""
    headers = {**ANY, "Idempotency-Key": "again"}
    first = changed.post(f"{REVISIONS}/1/restore", headers=headers)

    second = changed.post(f"{REVISIONS}/1/restore", headers=headers)

    assert second.headers["idempotency-replayed"] == "true"
    assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])
    assert len(changed.get(REVISIONS).json()["items"]) == 4


def test_revisions_of_others_do_not_exist(changed: Client) -> None:
    """Foreign, absent and without the right scope."""
    other = changed.another(workspace="revisions-other")
    reader = changed.another("read", workspace="revisions-other")

    for path in ("", "/1", "/1/diff"):
        assert check_problem(other.get(f"{REVISIONS}{path}"))["status"] == 404
    assert check_problem(other.post(f"{REVISIONS}/1/restore", headers=ANY))["status"] == 404
    assert check_problem(reader.post(f"{REVISIONS}/1/restore", headers=ANY))["status"] == 403
    assert json.loads(other.get("/v1/organizations").content)["items"] == []
