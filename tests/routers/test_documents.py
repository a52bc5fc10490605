"""`/v1/organizations/{org}/document`: forms, replacing, patching, dry runs, bad bodies; on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import ANY, AT, MERGE, PATCH, Raw, a_company, everything, put_company

DOCUMENT = f"{AT}/document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def errors(response: Any) -> list[tuple[str, str]]:
    problem: Any = check_problem(response)
    return [(error["pointer"], error["code"]) for error in problem["errors"]]


def test_a_document_is_given_back_as_it_was_put(tenant: Client) -> None:
    """With its revision, and lists in the order of their keys."""
    put = tenant.put(DOCUMENT, json={**a_company(), "kpis": a_company()["kpis"][::-1]})

    got = tenant.get(DOCUMENT)
    assert (put.status_code, put.headers["location"]) == (201, f"http://concord.test{DOCUMENT}")
    assert got.json() == put.json() == a_company()
    assert got.headers["content-location"] == f"http://concord.test{AT}/revisions/1"
    assert got.headers["etag"] == put.headers["etag"]


@pytest.mark.parametrize(("form", "media_type"), [("yaml", "application/yaml"), ("xlsx", XLSX)])
def test_a_form_has_a_tag_of_its_own_that_any_write_takes(tenant: Client, form: str, media_type: str) -> None:
    """By `Accept` and by `format`; what was read in that form can be put back in it."""
    tag = put_company(tenant).strip('"')

    got = tenant.get(DOCUMENT, headers={"Accept": media_type})
    same = tenant.get(f"{DOCUMENT}?format={form}", headers={"If-None-Match": f'"{tag}-{form}"'})
    put = tenant.put(
        DOCUMENT, content=got.content, headers={"Content-Type": media_type, "If-Match": got.headers["etag"]}
    )
    assert got.headers["etag"] == f'"{tag}-{form}"'
    assert "Accept" in got.headers["vary"]
    assert (same.status_code, same.content) == (304, b"")
    assert (put.status_code, put.json()["kpis"]) == (200, a_company()["kpis"])
    assert put.headers["etag"].strip('"').split("-")[1] == tag.split("-")[1]


def test_a_written_document_is_shown_in_the_form_that_is_wanted(tenant: Client) -> None:
    """YAML in and out."""
    put_company(tenant)
    yaml = tenant.get(f"{DOCUMENT}?format=yaml")

    put = tenant.put(
        f"{DOCUMENT}?dry_run=true",
        content=yaml.text.replace("weight: 40", "weight: 41"),
        headers={"Content-Type": "application/yaml", "Accept": "application/yaml", **ANY},
    )

    assert put.headers["content-type"] == "application/yaml"
    assert "weight: 41" in put.text
    assert "\nchanges:\n" in put.text


TAG = "the tag"
CONDITIONS: list[tuple[str, dict[str, str], int]] = [
    ("PUT", {}, 428),
    ("PUT", {"If-Match": TAG}, 200),
    ("PUT", {"If-Match": f'"other", {TAG}'}, 200),
    ("PUT", {"If-Match": "*"}, 200),
    ("PUT", {"If-Match": '"r0-000000000000"'}, 412),
    ("PUT", {"If-Match": f"W/{TAG}"}, 412),
    ("PUT", {"If-Match": "r1"}, 400),
    ("PUT", {"If-None-Match": "*"}, 412),
    ("PUT", {"If-None-Match": TAG}, 412),
    ("PUT", {"If-None-Match": '"other"'}, 200),
    ("PATCH", {}, 428),
    ("PATCH", {"If-Match": TAG}, 200),
    ("PATCH", {"If-Match": '"r0-000000000000"'}, 412),
    ("PATCH", {"If-Match": "W/*"}, 400),
]


@pytest.mark.parametrize(("method", "headers", "status"), CONDITIONS)
def test_a_change_says_on_which_state(tenant: Client, method: str, headers: dict[str, str], status: int) -> None:
    """The current tag is told where the condition was missing or did not hold."""
    tag = put_company(tenant)
    said: Raw = (
        {**a_company(), "organization": {"name": "New"}} if method == "PUT" else {"organization": {"name": "New"}}
    )
    sent = {name: value.replace(TAG, tag) for name, value in headers.items()}
    kind = "application/json" if method == "PUT" else "application/merge-patch+json"

    response = tenant.request(method, DOCUMENT, content=json.dumps(said), headers={"Content-Type": kind, **sent})

    assert response.status_code == status, response.text
    if status in (412, 428):
        assert check_problem(response) and response.headers["etag"] == tag
    assert tenant.get(AT).json()["name"] == ("New" if status == 200 else "Acme")


@pytest.mark.parametrize(("headers", "status"), [({"If-Match": "*"}, 412), ({"If-None-Match": "*"}, 201), ({}, 201)])
def test_what_does_not_exist_matches_nothing(tenant: Client, headers: dict[str, str], status: int) -> None:
    """`If-None-Match: *` makes and never overwrites; `If-Match` never makes."""
    assert tenant.put(DOCUMENT, json=a_company(), headers=headers).status_code == status


def test_a_json_patch_leads_into_the_document_as_it_is_given(tenant: Client) -> None:
    """Every operation of RFC 6902, one after the other."""
    put_company(tenant)
    patch = [
        {"op": "test", "path": "/kpis/0/key", "value": "aht"},
        {"op": "replace", "path": "/kpis/0/weight", "value": 50},
        {"op": "copy", "from": "/kpis/0/weight", "path": "/kpis/1/weight"},
        {"op": "add", "path": "/kpis/-", "value": {**a_company()["kpis"][1], "key": "effort", "name": "Effort"}},
        {"op": "move", "from": "/incentive_plans/0/components/0/gate", "path": "/incentive_plans/0/components/1/gate"},
        {"op": "replace", "path": "/incentive_plans/0/components/1/gate/kpi", "value": "effort"},
        {"op": "remove", "path": "/governance/shared_kpis"},
    ]

    response = tenant.patch(DOCUMENT, content=json.dumps(patch), headers=PATCH)

    after = tenant.get(DOCUMENT).json()
    assert response.status_code == 200 and response.json() == after
    assert [(kpi["key"], kpi.get("weight")) for kpi in after["kpis"]] == [
        ("aht", 50), ("csat", 50), ("deals", None), ("effort", 60),
    ]  # fmt: skip
    assert after["incentive_plans"][0]["components"][1]["gate"]["kpi"] == "effort"
    assert after["governance"] == {"customer_owned_by": "sales"}


@pytest.mark.parametrize(
    ("patch", "faults"),
    [
        pytest.param({}, [("#", "wrong_type")], id="no list"),
        pytest.param([{"op": "tset", "path": ""}, 7], [("#/0/op", "not_one_of"), ("#/1", "wrong_type")], id="no operations"),
        pytest.param([{"op": "test", "path": "/kpis/0/key", "value": "x"}], [("#/0/value", "test_failed")], id="a failed test"),
        pytest.param([{"op": "replace", "path": "", "value": 5}], [("#/document", "wrong_type")], id="a number for a document"),
        pytest.param([{"op": "add", "path": "/kpis/2/weight", "value": -1}, {"op": "add", "path": "/kpi", "value": 1}],
                     [("#/document/kpis/2/weight", "too_small"), ("#/document/kpi", "unknown_member")], id="a wrong document"),
        pytest.param([{"op": "replace", "path": "/organization/key", "value": "other"}],
                     [("#/document/organization/key", "other_key")], id="another key"),
        pytest.param([{"op": "copy", "from": "", "path": f"/{n}"} for n in range(1000)],
                     [("#/10/from", "copies_too_much")], id="copies of copies"),
    ],
)  # fmt: skip
def test_a_patch_that_does_not_fit_changes_nothing(tenant: Client, patch: Any, faults: list[tuple[str, str]]) -> None:
    """Each fault has its place: in the patch, or in the document that would come out."""
    put_company(tenant)
    before = everything(tenant)

    response = tenant.patch(DOCUMENT, content=json.dumps(patch), headers=PATCH)

    assert response.status_code == 422
    assert errors(response) == faults
    assert everything(tenant) == before


def test_a_merge_patch_takes_away_what_is_null_and_replaces_lists_whole(tenant: Client) -> None:
    """RFC 7396."""
    put_company(tenant)
    patch = {"organization": {"industry": None, "employees": 9}, "incentive_plans": [], "governance": None}

    response = tenant.patch(DOCUMENT, json=patch, headers=MERGE)

    after = response.json()
    assert after["organization"] == {"key": "acme", "name": "Acme", "employees": 9}
    assert (after["incentive_plans"], "governance" in after, after["kpis"]) == ([], False, a_company()["kpis"])


def test_problems_of_a_merge_patch_are_placed_in_it_where_it_has_the_place(tenant: Client) -> None:
    """And in the document elsewhere."""
    put_company(tenant)

    response = tenant.patch(DOCUMENT, json={"organization": {"employees": -1}, "metrics": []}, headers=MERGE)

    assert sorted(errors(response)) == [
        ("#/document/influences/0/target", "unknown_metric"),
        ("#/document/kpis/2/metric", "unknown_metric"),
        ("#/organization/employees", "too_small"),
    ]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("application/json", 415), ("application/yaml", 415), ("", 415), ("application/octet-stream", 415),
     ("application/merge-patch+json", 200), ("application/json-patch+json", 422)],
)  # fmt: skip
def test_a_patch_says_what_kind_it_is(tenant: Client, kind: str, status: int) -> None:
    """Plain JSON could be either; `Accept-Patch` names what is read."""
    put_company(tenant)

    response = tenant.patch(DOCUMENT, content=b"{}", headers={**ANY, **({"Content-Type": kind} if kind else {})})

    assert response.status_code == status, response.text
    if status == 415:
        assert response.headers["accept-patch"] == "application/merge-patch+json, application/json-patch+json"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400), (b"{", "application/json", 400), (b'{"a": 1, "a": 2}', "application/json", 400),
        (b"[]", "application/json", 422), (b"null", "application/json", 422), (b"concord: 1\nconcord: 2", "application/yaml", 400),
        (b"PK\x03\x04", XLSX, 400), (b"{}", "text/plain", 415), (b'{"concord": NaN}', "application/json", 400),
        (b'{"concord": 1, "organization": {"name": "A", "key": "other"}}', "application/json", 422),
    ],
)  # fmt: skip
def test_a_bad_body_changes_nothing(tenant: Client, content: bytes, kind: str, status: int) -> None:
    """Whatever is wrong with it."""
    put_company(tenant)
    before = everything(tenant)

    response = tenant.put(DOCUMENT, content=content, headers={"Content-Type": kind, **ANY})

    assert check_problem(response)["status"] == status
    assert everything(tenant) == before


def test_problems_of_a_document_have_lines(tenant: Client) -> None:
    """As files have."""
    text = "concord: 1\norganization: {name: A}\nkpis:\n  - {key: a, department: x, name: A, direction: up}\n"

    problem: Any = check_problem(tenant.put(DOCUMENT, content=text, headers={"Content-Type": "application/yaml"}))

    assert [(e["pointer"], e["line"], e["column"]) for e in problem["errors"]] == [
        ("#/kpis/0/department", 4, 26), ("#/kpis/0/direction", 4, 49),
    ]  # fmt: skip
    assert check_problem(tenant.get(DOCUMENT))["status"] == 404


@pytest.mark.parametrize(
    ("method", "path", "said", "headers"),
    [
        ("PUT", "/document", {**a_company(), "kpis": [], "incentive_plans": [], "governance": {}}, ANY),
        ("PUT", "/../other/document", {**a_company(), "organization": {"name": "Other"}}, {}),
        ("PATCH", "/document", {"organization": {"name": "New"}}, MERGE),
        ("PATCH", "/document", [{"op": "remove", "path": "/governance"}], PATCH),
        ("PATCH", "", {"name": "New"}, MERGE),
        ("PUT", "", {"name": "New"}, ANY),
        ("DELETE", "", None, ANY),
        ("DELETE", "?purge=true", None, ANY),
        ("POST", "/../../organizations", {"key": "other", "name": "Other"}, {}),
        ("PUT", "/governance", {}, ANY),
        ("PATCH", "/governance", {"outcome_owner": "nobody"}, MERGE),
        ("POST", "/outcomes", {"key": "o", "name": "O", "direction": "increase", "weight": 1}, {}),
        ("PUT", "/outcomes/loyalty", {"name": "O", "direction": "increase", "weight": 1}, ANY),
        ("PATCH", "/kpis/aht", {"weight": 1}, MERGE),
        ("DELETE", "/influences/sales.discount_rate-acme.deals", None, ANY),
        ("DELETE", "/departments/service?cascade=true", None, ANY),
        ("DELETE", "/kpis/aht?cascade=true&purge=true", None, ANY),
    ],
)
def test_a_dry_run_changes_nothing(tenant: Client, method: str, path: str, said: Any, headers: dict[str, str]) -> None:
    """The answer is that of the real one, 201 aside; where it is about a document, it tells what would change in it."""
    put_company(tenant)
    before = everything(tenant)
    parts = path.split("/../")
    address = (
        f"{AT}{path}"
        if len(parts) == 1
        else {"other/document": "/v1/organizations/other/document"}.get(parts[1], "/v1/organizations")
    )
    dry = f"{address}{'&' if '?' in address else '?'}dry_run=true"
    content = {} if said is None else {"content": json.dumps(said)}
    sent = {"Content-Type": "application/json", **headers} if said is not None else headers

    tried = tenant.request(method, dry, headers=sent, **content)
    unchanged = everything(tenant) == before
    done = tenant.request(method, address, headers=sent, **content)

    assert unchanged
    assert tried.headers["dry-run"] == "true"
    assert "location" not in tried.headers
    assert tried.is_success and done.is_success
    if done.content and method != "DELETE":
        shown = tried.json()
        assert shown.pop("changes") and shown.pop("patch")
        volatile = ("id", "created_at", "updated_at")
        assert {k: v for k, v in shown.items() if k not in volatile} == {
            k: v for k, v in done.json().items() if k not in volatile
        }
