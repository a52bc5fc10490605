"""`/v1/organizations`: made, changed, deleted, restored, erased, listed; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.services import erasing
from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import ANY, AT, MERGE, a_company, everything, put_company


def keys(response: Any) -> list[str]:
    return [item["key"] for item in response.json()["items"]]


def test_an_organization_is_made_and_read(tenant: Client) -> None:
    """With all that it says, and what the service sets."""
    made = tenant.post("/v1/organizations", json={"key": "acme", "name": "Acme", "customers": {"count": 3}})

    assert (made.status_code, made.headers["location"]) == (201, f"http://concord.test{AT}")
    assert tenant.get(AT).json() == made.json()
    assert (made.json()["revision"], made.json()["customers"]) == (1, {"count": 3})
    assert tenant.get(f"{AT}/document").json() == {
        "concord": 1, "organization": {"key": "acme", "name": "Acme", "customers": {"count": 3}},
    }  # fmt: skip


def test_an_organization_is_the_head_of_its_document(tenant: Client) -> None:
    """A change of one is a change of the other, under one tag; the rest of the document stays."""
    tag = put_company(tenant)

    patched = tenant.patch(AT, json={"industry": None, "employees": 9}, headers={**MERGE, "If-Match": tag})

    document = tenant.get(f"{AT}/document")
    assert patched.status_code == 200
    assert document.headers["etag"] == patched.headers["etag"] == tenant.get(AT).headers["etag"] != tag
    assert document.json() == {**a_company(), "organization": {"key": "acme", "name": "Acme", "employees": 9}}


@pytest.mark.parametrize(
    ("method", "body", "pointer"),
    [("PUT", {"nam": "Acme"}, "#/nam"), ("PUT", {"name": "A", "key": "b"}, "#/key"), ("PATCH", {"currency": "euro"}, "#/currency"),
     ("PATCH", {"key": "b"}, "#/key"), ("PATCH", {"id": "org_1"}, "#/id"), ("PUT", 5, "#"), ("PATCH", [], "#")],
)  # fmt: skip
def test_problems_have_their_place_in_the_body(tenant: Client, method: str, body: Any, pointer: str) -> None:
    """And not in the document around it."""
    put_company(tenant)
    headers = MERGE if method == "PATCH" else ANY

    problem: Any = check_problem(tenant.request(method, AT, json=body, headers=headers))

    assert problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("key", ["A", "a b", "%00", "-", "a" * 64, "ä"])
def test_a_key_that_is_none_names_nothing_that_could_be_made(tenant: Client, key: str) -> None:
    """Neither found nor made."""
    assert check_problem(tenant.get(f"/v1/organizations/{key}"))["status"] == 404
    assert check_problem(tenant.put(f"/v1/organizations/{key}", json={"name": "A"}))["status"] in (404, 422)
    assert keys(tenant.get("/v1/organizations")) == []


def test_a_deleted_organization_is_gone_until_it_is_restored(tenant: Client) -> None:
    """With all that belongs to it; the second time there is nothing to delete."""
    tag = put_company(tenant)
    shown = tenant.get(AT).json()

    assert tenant.delete(AT, headers={"If-Match": tag}).status_code == 204
    gone = [tenant.get(f"{AT}{path}").status_code for path in ("", "/document", "/kpis", "/kpis/aht", "/governance")]
    again = tenant.delete(AT, headers=ANY)
    listed = tenant.get("/v1/organizations?deleted=true").json()["items"]
    restored = tenant.post(f"{AT}/restore")

    assert gone == [404] * 5
    assert check_problem(again)["status"] == 404
    assert {**shown, "deleted_at": listed[0]["deleted_at"], "purge_after": listed[0]["purge_after"]} == listed[0]
    assert (restored.status_code, restored.json(), restored.headers["etag"]) == (200, shown, tag)
    assert tenant.get(f"{AT}/document").json() == a_company()


def test_a_put_on_a_deleted_key_makes_a_new_organization(tenant: Client) -> None:
    """Nothing of the old one is there; and the old one cannot come back while the new one has its key."""
    put_company(tenant)
    old = tenant.get(AT).json()["id"]
    tenant.delete(AT, headers=ANY)

    made = tenant.put(AT, json={"name": "New"})

    assert (made.status_code, made.json()["revision"]) == (201, 1)
    assert made.json()["id"] != old
    assert keys(tenant.get(f"{AT}/kpis")) == []
    assert check_problem(tenant.post(f"{AT}/restore"))["type"] == "http://concord.test/problems/already-exists"
    assert check_problem(tenant.post("/v1/organizations/nothing/restore"))["status"] == 404


def test_an_erased_organization_leaves_only_its_events(tenant: Client) -> None:
    """Not even what retries would be answered with; the chain of events still holds."""
    tenant.post("/v1/organizations", json={"key": "other", "name": "Other"})
    other = everything(tenant)
    tenant.post("/v1/organizations", json={"key": "acme", "name": "Secret"}, headers={"Idempotency-Key": "x"})
    tenant.put(f"{AT}/document", json=a_company(), headers=ANY)
    tenant.delete(f"{AT}/kpis/csat?cascade=true", headers=ANY)

    erased = tenant.delete(f"{AT}?purge=true", headers=ANY)

    left = everything(tenant)
    kept = ("AuditEventRow", "AuditHeadRow", "OutboxRow")
    assert erased.status_code == 204
    assert {name: rows for name, rows in left.items() if name not in kept} == {
        name: rows for name, rows in other.items() if name not in kept
    }
    assert left["AuditEventRow"][-1].action == "organization.purged"
    assert "Secret" not in repr(left)
    assert tenant.get("/v1/audit-events/verify").json()["holds"] is True


def test_purging_is_for_administrators(tenant: Client) -> None:
    """And so is seeing what was deleted. What is kept of an earlier deletion is erased by the key."""
    writer = tenant.another("write")
    put_company(tenant)

    assert check_problem(writer.delete(f"{AT}?purge=true", headers=ANY))["scope"] == "admin"
    assert check_problem(writer.get("/v1/organizations?deleted=true"))["status"] == 403
    assert writer.delete(AT, headers=ANY).status_code == 204
    assert tenant.delete(f"{AT}?purge=true").status_code == 204
    assert keys(tenant.get("/v1/organizations?deleted=true")) == []
    assert check_problem(tenant.delete(f"{AT}?purge=true"))["status"] == 404


def test_what_was_deleted_is_erased_in_the_end(stored: Client) -> None:
    """After thirty days it can neither be seen nor restored, and its rows go; what was deleted later stays."""
    store, now = stored.app.state.store, datetime.now(UTC)
    put_company(stored)
    stored.delete(f"{AT}/influences/sales.discount_rate-acme.deals", headers=ANY)
    stored.put("/v1/organizations/gone", json={"name": "Gone"})
    stored.delete("/v1/organizations/gone", headers=ANY)

    early = erasing.erase_due(store, now + timedelta(days=29))
    due = erasing.erase_due(store, now + timedelta(days=31))

    assert (early, due) == (0, 2)
    rows = everything(stored)
    assert [row.key for row in rows["OrganizationRow"]] == ["acme"]
    assert {row.deleted_at for row in rows["PartRow"]} == {None}


def test_a_key_for_some_organizations_sees_no_others(tenant: Client) -> None:
    """Neither in lists nor by name; what it must not see cannot be made either."""
    for key in ("acme", "beta", "gamma"):
        tenant.put(f"/v1/organizations/{key}", json={"name": key})
    asked = {"name": "some", "scopes": ["read", "write"], "organizations": ["beta", "delta"]}
    narrow = tenant.with_key(tenant.post("/v1/api-keys", json=asked).json()["key"])

    listed = narrow.get("/v1/organizations?count=true")

    assert (keys(listed), listed.json()["total"]) == (["beta"], 1)
    assert check_problem(narrow.get("/v1/organizations/acme"))["status"] == 404
    assert check_problem(narrow.put("/v1/organizations/omega", json={"name": "X"}))["status"] == 404
    assert narrow.put("/v1/organizations/delta", json={"name": "X"}).status_code == 201


def test_organizations_are_listed_page_by_page(tenant: Client) -> None:
    """Complete addresses lead on and back; the last page alone has no next."""
    for number in range(5):
        tenant.put(
            f"/v1/organizations/o{number}",
            json={"name": f"Ö {number}", "industry": "banking" if number % 2 else "retail"},
        )

    first = tenant.get("/v1/organizations?limit=2&sort=-name&count=true")
    second = tenant.get(first.json()["next"])
    third = tenant.get(second.json()["next"])

    assert [keys(page) for page in (first, second, third)] == [["o4", "o3"], ["o2", "o1"], ["o0"]]
    assert (first.json()["total"], "prev" in first.json(), "next" in third.json()) == (5, False, False)
    assert tenant.get(second.json()["prev"]).json()["items"] == first.json()["items"]
    assert f'<{first.json()["next"]}>; rel="next"' in first.headers["link"]
    assert keys(tenant.get("/v1/organizations?industry=banking&q=ö")) == ["o1", "o3"]


def test_a_cursor_fits_its_list_and_workspace_alone(tenant: Client) -> None:
    """Other filters, another order, another list, another workspace, another sign: refused by a type of its own."""
    for number in range(3):
        tenant.put(f"/v1/organizations/o{number}", json={"name": "O"})
    cursor = tenant.get("/v1/organizations?limit=1").json()["next"].partition("cursor=")[2]
    other = tenant.another(workspace="another")

    refused = [
        tenant.get(f"/v1/organizations?limit=1&sort=name&cursor={cursor}"),
        tenant.get(f"/v1/organizations?limit=1&q=o&cursor={cursor}"),
        tenant.get(f"/v1/organizations?limit=1&deleted=true&cursor={cursor}"),
        tenant.get(f"/v1/organizations/o0/kpis?cursor={cursor}"),
        tenant.get(f"/v1/organizations?cursor={cursor[:-4]}AAAA"),
        tenant.get("/v1/organizations?cursor=%E2%82%AC"),
        other.get(f"/v1/organizations?limit=1&cursor={cursor}"),
    ]

    assert {check_problem(response)["type"] for response in refused} == {"http://concord.test/problems/cursor-invalid"}
    assert keys(tenant.get(f"/v1/organizations?limit=200&fields=key&cursor={cursor}")) == ["o1", "o2"]
