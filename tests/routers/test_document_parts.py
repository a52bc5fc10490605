"""Parts of a document by key: lists, writes, references, deletion and restoring; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import ANY, AT, MERGE, Raw, a_company, everything, put_company

READ_ONLY = ("revision", "created_at", "updated_at")
NEW: dict[str, tuple[str, Raw]] = {
    "departments": ("it", {"key": "it", "name": "IT", "function": "it"}),
    "outcomes": ("trust", {"key": "trust", "name": "Trust", "direction": "increase", "weight": 1}),
    "kpis": ("effort", {"key": "effort", "department": "service", "name": "Effort", "direction": "decrease"}),
    "incentive-plans": (
        "sellers",
        {**a_company()["incentive_plans"][0], "key": "sellers",
         "components": [{"key": "sellers-deals", "kpi": "deals", "weight": 1, "payout": {"kind": "linear"}}]},
    ),
    "metrics": ("acme.calls", {"id": "acme.calls", "name": "Calls", "family": "activity_count", "good_direction": "increase"}),
    "influences": (
        "sales.discount_rate-customer.trust", {"source": "sales.discount_rate", "target": "customer.trust", "sign": "-"},
    ),
}  # fmt: skip


def said(shown: Raw) -> Raw:
    return {name: value for name, value in shown.items() if name not in READ_ONLY}


def keys(response: Any) -> list[str]:
    return [item["key"] for item in response.json()["items"]]


def document(client: Client) -> Raw:
    found: Raw = client.get(f"{AT}/document").json()
    return found


@pytest.mark.parametrize("name", NEW)
def test_a_part_is_made_read_replaced_patched_and_deleted(tenant: Client, name: str) -> None:
    """The same for every list; the document says what the parts say, all along."""
    put_company(tenant)
    key, new = NEW[name]
    list_, at = name.replace("-", "_"), f"{AT}/{name}/{key}"
    before = document(tenant)

    made = tenant.post(f"{AT}/{name}", json=new)
    assert (made.status_code, made.headers["location"]) == (201, f"http://concord.test{at}")
    assert tenant.get(at).json() == made.json()
    assert tenant.get(at, headers={"If-None-Match": made.headers["etag"]}).status_code == 304
    assert new in document(tenant)[list_] and key in keys(tenant.get(f"{AT}/{name}"))

    again = tenant.put(at, json=made.json(), headers={"If-Match": made.headers["etag"]})
    assert (again.status_code, again.json(), again.headers["etag"]) == (200, made.json(), made.headers["etag"])

    renamed = (
        {"mechanism": "As always"}
        if name == "influences"
        else {"role": "Seller"}
        if "plans" in name
        else {"name": "Renamed"}
    )
    patched = tenant.patch(at, json=renamed, headers={**MERGE, "If-Match": made.headers["etag"]})
    assert patched.status_code == 200 and {**new, **renamed} in document(tenant)[list_]
    assert patched.json()["revision"] == made.json()["revision"] + 1
    assert tenant.delete(at, headers={"If-Match": made.headers["etag"]}).status_code == 412

    assert tenant.delete(at, headers={"If-Match": patched.headers["etag"]}).status_code == 204
    assert (tenant.get(at).status_code, tenant.delete(at, headers=ANY).status_code) == (404, 404)
    assert document(tenant) == before


@pytest.mark.parametrize("name", NEW)
def test_a_page_shows_of_each_part_what_reading_it_alone_shows(tenant: Client, name: str) -> None:
    """Byte for byte: what is kept as text goes out as it is."""
    put_company(tenant)
    tenant.post(f"{AT}/{name}", json=NEW[name][1])
    page = tenant.get(f"{AT}/{name}")
    alone = [tenant.get(f"{AT}/{name}/{key}").content for key in keys(page)]
    links = f'"self":"http://concord.test{AT}/{name}","first":"http://concord.test{AT}/{name}"'
    assert page.content == b'{"items":[' + b",".join(alone) + b"]," + links.encode() + b"}\n"


@pytest.mark.parametrize(
    ("name", "key"), [("kpis", "aht"), ("metrics", "acme.deals"), ("influences", "sales.discount_rate-acme.deals")]
)
def test_the_key_of_the_address_is_the_keys_of_the_body(tenant: Client, name: str, key: str) -> None:
    """It may be said again, and is never changed."""
    put_company(tenant)
    at = f"{AT}/{name}/{key}"
    shown = tenant.get(at).json()
    other = (
        {**shown, "target": "customer.trust"}
        if name == "influences"
        else {**shown, "id" if name == "metrics" else "key": "acme.other"}
    )

    assert shown["key"] == key
    assert check_problem(tenant.put(at, json=other, headers=ANY))["errors"][0]["code"] == "other_key"  # type: ignore[index]
    assert check_problem(tenant.patch(at, json={"key": "x"}, headers=MERGE))["status"] == 422
    assert tenant.patch(at, json={"key": key}, headers=MERGE).status_code == 200


def test_what_the_service_sets_may_be_sent_back_and_not_changed(tenant: Client) -> None:
    """All that differs is told."""
    put_company(tenant)
    wrong = {**tenant.get(f"{AT}/kpis/aht").json(), "revision": 9, "created_at": "2020-01-01T00:00:00.000Z"}

    problem: Any = check_problem(tenant.put(f"{AT}/kpis/aht", json=wrong, headers=ANY))

    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [
        ("#/revision", "read_only"),
        ("#/created_at", "read_only"),
    ]


def test_problems_in_the_body_and_elsewhere_have_different_places(tenant: Client) -> None:
    """Those in the body are told as such, with their lines; those elsewhere from the document's root."""
    raw = a_company()
    raw["kpis"][0]["family"] = "work_speed"
    raw["incentive_plans"][0]["components"][0]["family"] = "work_speed"
    put_company(tenant, raw)
    body = "department: service\nname: Handling time\ndirection: up\nfamily: waiting_time\n"

    problem: Any = check_problem(
        tenant.put(f"{AT}/kpis/aht", content=body, headers={"Content-Type": "application/yaml", **ANY})
    )

    assert {(e["pointer"], e["code"], e.get("line")) for e in problem["errors"]} == {
        ("#/direction", "not_one_of", 3), ("#/document/incentive_plans/0/components/0/family", "said_by_kpi", None),
    }  # fmt: skip


def test_a_key_that_is_taken_is_refused_when_all_else_is_right(tenant: Client) -> None:
    """What is wrong with the body comes first."""
    put_company(tenant)
    kpi = a_company()["kpis"][0]

    assert check_problem(tenant.post(f"{AT}/kpis", json={**kpi, "weight": -1}))["status"] == 422
    assert check_problem(tenant.post(f"{AT}/kpis", json=kpi))["type"] == "http://concord.test/problems/already-exists"


@pytest.mark.parametrize("said", [[], 5, "x"])
def test_a_part_is_an_object(tenant: Client, said: Any) -> None:
    """Nothing else is one."""
    put_company(tenant)

    for response in (
        tenant.post(f"{AT}/kpis", json=said),
        tenant.put(f"{AT}/kpis/aht", json=said, headers=ANY),
        tenant.patch(f"{AT}/kpis/aht", json=said, headers=MERGE),
    ):
        problem: Any = check_problem(response)
        assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [("#", "wrong_type")]


REFERENCES = {
    "departments/service": ["incentive-plans/agents", "kpis/aht", "kpis/csat"],
    "departments/sales": ["governance", "kpis/deals"],
    "kpis/aht": ["governance", "incentive-plans/agents"],
    "kpis/csat": ["incentive-plans/agents"],
    "metrics/acme.deals": ["influences/sales.discount_rate-acme.deals", "kpis/deals"],
}


@pytest.mark.parametrize("path", REFERENCES)
def test_what_is_referred_to_stays_and_every_reference_is_listed(tenant: Client, path: str) -> None:
    """By its address."""
    put_company(tenant)
    before = everything(tenant)

    problem: Any = check_problem(tenant.delete(f"{AT}/{path}", headers=ANY))

    assert problem["status"] == 409
    assert [one["href"] for one in problem["references"]] == [f"http://concord.test{AT}/{p}" for p in REFERENCES[path]]
    assert everything(tenant) == before


def test_a_cascade_takes_what_refers_to_it_and_says_so(tenant: Client) -> None:
    """Directly and by way of others, in one revision; governance stays, without the mention."""
    put_company(tenant)

    went = tenant.delete(f"{AT}/departments/service?cascade=true", headers=ANY)

    assert [one["href"].removeprefix(f"http://concord.test{AT}/") for one in went.json()["removed"]] == [
        "departments/service", "incentive-plans/agents", "kpis/aht", "kpis/csat",
    ]  # fmt: skip
    assert [one["kind"] for one in went.json()["changed"]] == ["governance"]
    assert document(tenant)["governance"] == {"customer_owned_by": "sales", "shared_kpis": []}
    assert tenant.get(f"{AT}").json()["revision"] == 2
    assert keys(tenant.get(f"{AT}/kpis")) == ["deals"]


def test_what_the_document_needs_cannot_go(tenant: Client) -> None:
    """The last outcome with a weight."""
    raw = a_company()
    raw["outcomes"].append({"key": "trust", "name": "Trust", "direction": "increase", "weight": 0})
    put_company(tenant, raw)

    problem: Any = check_problem(tenant.delete(f"{AT}/outcomes/loyalty", headers=ANY))

    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [("#/document/outcomes", "weights_zero")]


def test_a_deleted_part_is_listed_for_administrators_and_restored_as_it_was(tenant: Client) -> None:
    """The same thing, with its first instant; PUT on its key would have made a new one."""
    put_company(tenant)
    tenant.post(f"{AT}/outcomes", json=NEW["outcomes"][1])
    first = tenant.get(f"{AT}/outcomes/trust").json()
    tenant.delete(f"{AT}/outcomes/trust", headers=ANY)

    listed = tenant.get(f"{AT}/outcomes?deleted=true").json()["items"]
    refused = tenant.another("write").get(f"{AT}/outcomes?deleted=true")
    restored = tenant.post(f"{AT}/outcomes/trust/restore")

    assert [one["key"] for one in listed] == ["trust"]
    assert listed[0]["purge_after"][:10] > listed[0]["deleted_at"][:10]
    assert check_problem(refused)["status"] == 403
    assert (restored.status_code, restored.json()["created_at"]) == (200, first["created_at"])
    assert said(restored.json()) == said(first)
    assert tenant.get(f"{AT}/outcomes?deleted=true").json()["items"] == []


def test_a_key_that_is_taken_meanwhile_cannot_be_restored(tenant: Client) -> None:
    """What was made since is another thing; with it out of the way the last one that was deleted comes back."""
    put_company(tenant)
    outcome = {name: value for name, value in NEW["outcomes"][1].items() if name != "key"}
    for name in ("First", "Second"):
        tenant.put(f"{AT}/outcomes/trust", json={**outcome, "name": name})
        tenant.delete(f"{AT}/outcomes/trust", headers=ANY)
    made = tenant.put(f"{AT}/outcomes/trust", json={**outcome, "name": "Third"})

    assert made.status_code == 201
    assert check_problem(tenant.post(f"{AT}/outcomes/trust/restore"))["status"] == 409
    assert len(tenant.get(f"{AT}/outcomes?deleted=true").json()["items"]) == 2
    assert check_problem(tenant.post(f"{AT}/outcomes/nothing/restore"))["status"] == 404
    tenant.delete(f"{AT}/outcomes/trust?purge=true", headers=ANY)
    assert tenant.get(f"{AT}/outcomes?deleted=true").json()["items"] == []
    assert check_problem(tenant.post(f"{AT}/outcomes/trust/restore"))["status"] == 404


def test_what_does_not_fit_any_more_is_not_restored(tenant: Client) -> None:
    """A KPI of a department that went with it."""
    put_company(tenant)
    tenant.delete(f"{AT}/departments/service?cascade=true", headers=ANY)

    problem: Any = check_problem(tenant.post(f"{AT}/kpis/aht/restore"))

    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [
        ("#/document/kpis/1/department", "unknown_department")
    ]


def test_purging_is_for_administrators_and_leaves_no_row(tenant: Client) -> None:
    """Of the thing, or of what is kept of an earlier deletion."""
    put_company(tenant)
    writer = tenant.another("write")
    at = f"{AT}/influences/sales.discount_rate-acme.deals"

    assert check_problem(writer.delete(f"{at}?purge=true", headers=ANY))["status"] == 403
    assert tenant.delete(at, headers=ANY).status_code == 204
    assert tenant.delete(f"{at}?purge=true").status_code == 204
    assert check_problem(tenant.delete(f"{at}?purge=true"))["status"] == 404
    assert "influences" not in {row.list for row in everything(tenant)["PartRow"]}


def test_governance_is_always_there(tenant: Client) -> None:
    """Empty until somebody says something; null takes a member away."""
    raw = a_company()
    del raw["governance"]
    tag = put_company(tenant, raw)

    got = tenant.get(f"{AT}/governance")
    assert said(got.json()) == {}
    assert check_problem(tenant.put(f"{AT}/governance", json={"shared_kpis": ["aht"]}))["status"] == 428
    put = tenant.put(
        f"{AT}/governance",
        json={"shared_kpis": ["aht"], "outcome_owner": "nobody"},
        headers={"If-Match": got.headers["etag"]},
    )
    patched = tenant.patch(f"{AT}/governance", json={"outcome_owner": None}, headers=MERGE)
    assert (put.status_code, said(patched.json())) == (200, {"shared_kpis": ["aht"]})
    assert document(tenant)["governance"] == {"shared_kpis": ["aht"]}
    assert tenant.get(f"{AT}/document").headers["etag"] != tag


def test_a_retried_write_is_done_once(tenant: Client) -> None:
    """The second answer is the first."""
    put_company(tenant)
    headers = {"Idempotency-Key": "once"}

    first = tenant.post(f"{AT}/outcomes", json=NEW["outcomes"][1], headers=headers)
    again = tenant.post(f"{AT}/outcomes", json=NEW["outcomes"][1], headers=headers)

    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert tenant.get(AT).json()["revision"] == 2


def test_influences_that_could_not_be_told_apart_are_refused(tenant: Client) -> None:
    """Each has an address."""
    raw = a_company()
    raw["influences"].append({**raw["influences"][0], "sign": "-"})

    problem: Any = check_problem(tenant.put(f"{AT}/document", json=raw))

    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [("#/influences/1", "duplicate_key")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["aht", "csat", "deals"]), ("sort=-name", ["csat", "aht", "deals"]), ("department=service", ["aht", "csat"]),
        ("department=service,sales&key=deals,aht", ["aht", "deals"]), ("q=HANDLING", ["aht"]), ("q=time%20aht", ["aht"]),
        ("q=sat%20time", []), ("created_after=2020-01-01T00:00:00Z&limit=2", ["aht", "csat"]),
        ("created_before=2020-01-01T00:00:00%2B01:00", []),
    ],
)  # fmt: skip
def test_parts_are_searched_filtered_and_ordered(tenant: Client, query: str, found: list[str]) -> None:
    """As every list is."""
    put_company(tenant)

    assert keys(tenant.get(f"{AT}/kpis?{query}")) == found


@pytest.mark.parametrize(
    ("query", "parameter", "hint"),
    [
        ("departmnt=x", "departmnt", "department"), ("sort=nam", "sort", "name"), ("fields=nme", "fields", "name"),
        ("limit=0", "limit", None),
        ("created_after=yesterday", "created_after", None), ("created_after=2026-11-22", "created_after", None), ("q=%00", "q", None),
        ("count=yes", "count", None), ("key=a&key=b&q=a&q=b", "q", None),
    ],
)  # fmt: skip
def test_parameters_that_are_not_understood_are_refused(
    tenant: Client, query: str, parameter: str, hint: str | None
) -> None:
    """With the nearest that is."""
    put_company(tenant)

    problem: Any = check_problem(tenant.get(f"{AT}/kpis?{query}"))

    assert (problem["status"], problem["errors"][0]["parameter"]) == (400, parameter)
    assert hint is None or hint in problem["errors"][0]["hint"]


def test_outcomes_have_no_department_to_filter_by(tenant: Client) -> None:
    """A filter that does not work is never ignored."""
    put_company(tenant)

    assert check_problem(tenant.get(f"{AT}/outcomes?department=service"))["status"] == 400


def test_members_are_narrowed_and_a_list_that_did_not_change_is_not_sent_again(tenant: Client) -> None:
    """`fields` keeps members; the list's own tag gives 304."""
    put_company(tenant)

    listed = tenant.get(f"{AT}/kpis?fields=key,weight")

    assert listed.json()["items"] == [{"key": "aht", "weight": 40}, {"key": "csat", "weight": 60}, {"key": "deals"}]
    assert listed.headers["cache-control"] == "private, no-cache"
    assert (
        tenant.get(f"{AT}/kpis?fields=key,weight", headers={"If-None-Match": listed.headers["etag"]}).status_code == 304
    )


@pytest.mark.parametrize("path", ["/kpis/%00", "/kpis/nothing", "/kpis/AHT", "/nothing", "/kpis/aht/", "/kpis/%ff"])
def test_what_is_not_there_is_not_there(tenant: Client, path: str) -> None:
    """Whatever the name."""
    put_company(tenant)

    assert check_problem(tenant.get(f"{AT}{path}"))["status"] == 404
    assert check_problem(tenant.get(f"/v1/organizations/other{path}"))["status"] == 404
