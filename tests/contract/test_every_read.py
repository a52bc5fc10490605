"""What every operation does the same way: HEAD, entity tags, forms, unknown parameters; and what every list does."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.contract.every_row import rows_of
from tests.contract.problem_shape import check_problem
from tests.contract.the_document import Operation, check_documented, document, operations
from tests.contract.workspace_of_all import address_of
from tests.contract.world import World
from tests.contract.world import any_world as any_world
from tests.contract.world import world as world
from tests.http_client import BASE

pytestmark = pytest.mark.slow

GETS = [one for one in operations() if one.method == "GET"]
TAGGED = [one for one in GETS if "304" in one.said["responses"]]
LISTS = [one for one in GETS if "cursor" in one.parameters("query")]
WITH_BODY = [one for one in operations() if one.bodies()]
ORDERED = [one for one in LISTS if one.parameters("query")["sort"]["schema"]["items"].get("enum")]

KEPT = ("etag", "content-type", "cache-control", "vary", "link", "content-location", "content-language")

by_id = {"ids": lambda of: of.id}


def slug_of(response: httpx.Response) -> str:
    return str(check_problem(response)["type"]).rpartition("/")[2]


def path_of(world: World, of: Operation) -> str:
    """The address of the thing that the operation is about."""
    path = of.path
    for name, parameter in of.parameters("path").items():
        if name not in world.known and name != "key":
            path = path.replace(f"{{{name}}}", parameter["example"].replace(">", "%3E"))
    return address_of(path, world.known)


@pytest.mark.parametrize("of", GETS, **by_id)
def test_head_works_wherever_get_does(world: World, of: Operation) -> None:
    """With the same status and headers, without a body; and the answer is documented."""
    got, head = (world.client.request(method, path_of(world, of)) for method in ("GET", "HEAD"))

    assert got.status_code == 200, got.text
    check_documented(of, got)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers.get(name) for name in KEPT} == {name: got.headers.get(name) for name in KEPT}


@pytest.mark.parametrize("of", TAGGED, **by_id)
def test_who_has_it_already_is_told_so(any_world: World, of: Operation) -> None:
    """304 without a body for its tag, weak or strong, alone or among others, or `*`; the whole for other tags."""
    path = path_of(any_world, of)
    tag = any_world.client.get(path).headers["etag"]

    def status(value: str) -> int:
        response = any_world.client.get(path, headers={"If-None-Match": value})
        if response.status_code == 304:
            assert (response.headers["etag"], response.content) == (tag, b"")
            check_documented(of, response)
        return response.status_code

    assert re.fullmatch('"[!#-~]+"', tag)
    assert {status(value) for value in (tag, f"W/{tag}", f'"other", {tag}', f'{tag},"other"', "*")} == {304}
    assert {status(value) for value in ('"other"', "other", "", f"{tag[:-1]}x")} == {200}
    assert any_world.client.request("HEAD", path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("of", [one for one in TAGGED if one.scope], **by_id)
def test_what_belongs_to_somebody_is_kept_by_nobody_else(any_world: World, of: Operation) -> None:
    """`private`, and asked for again; knowledge is the same for all, and what tells of credentials is kept by nobody at all."""
    headers = any_world.client.get(path_of(any_world, of)).headers

    assert {"Authorization", "Accept"} <= set(headers["vary"].split(", "))
    if "organizations" in of.path:
        assert headers["cache-control"] == "private, no-cache"
    if of.path.startswith(("/v1/api-keys", "/v1/embed-tokens")):
        assert headers["cache-control"] == "no-store"
    assert "no-cache" in headers["cache-control"] or "no-store" in headers["cache-control"]


@pytest.mark.parametrize("of", operations(), **by_id)
def test_what_an_operation_does_not_know_is_refused(any_world: World, of: Operation) -> None:
    """Unknown and repeated parameters are 400 with the parameter's name, forms that are not offered 406 with those that are."""
    asked = any_world.asked(of) if of.scope and of.method != "GET" else None
    before = rows_of(any_world.client)

    def ask(query: str, **headers: str) -> httpx.Response:
        if asked is not None:
            condition = {"If-Match": "*"} if "If-Match" in of.parameters("header") else {}
            return any_world.ask(of, asked, query, **condition, **headers)
        return any_world.client.request(of.method, f"{path_of(any_world, of)}?{query}", headers=headers)

    unknown, nothing = ask("surplus=1"), ask("", Accept="image/png")
    assert (unknown.status_code, slug_of(unknown)) == (400, "invalid-request")
    assert [error["parameter"] for error in unknown.json()["errors"]] == ["surplus"]
    assert (nothing.status_code, slug_of(nothing)) == (406, "not-acceptable")
    assert nothing.json()["offered"]
    for name, parameter in of.parameters("query").items():
        if parameter["schema"]["type"] != "array":
            twice = ask(f"{name}=1&{name}=1")
            assert (twice.status_code, slug_of(twice)) == (400, "invalid-request")
            break
    assert rows_of(any_world.client) == before


@pytest.mark.parametrize("of", WITH_BODY, **by_id)
def test_bodies_that_are_not_read_are_refused(any_world: World, of: Operation) -> None:
    """415 with the formats that are; plain JSON is no patch."""
    asked = any_world.asked(of)
    patches = of.method == "PATCH"

    for media_type in ("image/png", "text/plain", *(("application/json",) if patches else ())):
        response = any_world.ask(of, asked, **{"Content-Type": media_type, "If-Match": "*"})

        assert (response.status_code, slug_of(response)) == (415, "unsupported-media-type")
        offered = response.headers["Accept-Patch" if patches else "Accept-Post"].split(", ")
        assert offered == response.json()["offered"]
        assert set(offered) == set(of.bodies())


@pytest.mark.parametrize("path", sorted(document()["paths"]))
def test_an_address_tells_its_methods(any_world: World, path: str) -> None:
    """OPTIONS gives `Allow`, and what patches are read in; what is not among the methods is 405 with the same, before anybody is asked who
    they are."""
    of = next(one for one in operations() if one.path == path)
    known = {one.method for one in operations() if one.path == path}
    allowed = known | {"OPTIONS"} | ({"HEAD"} if "GET" in known else set())
    address = path_of(any_world, of)

    options = any_world.client.request("OPTIONS", address)

    assert (options.status_code, set(options.headers["allow"].split(", "))) == (204, allowed)
    patches = [
        media_type for one in operations() if (one.path, one.method) == (path, "PATCH") for media_type in one.bodies()
    ]
    assert options.headers.get("accept-patch", "") == ", ".join(patches)
    for method in {"GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "TRACE", "BREW"} - allowed:
        refused = any_world.client.request(method, address, headers={"Authorization": ""})
        assert refused.status_code == 405
        assert set(refused.headers["allow"].split(", ")) == allowed
        if method != "HEAD":
            assert set(refused.json()["allowed"]) == allowed


@pytest.mark.parametrize("of", LISTS, **by_id)
def test_a_list_is_walked_by_its_links(world: World, of: Operation) -> None:
    """Page by page the same items in the same order as at once; `Link` says the same as the body, `total` how many there are."""
    path = path_of(world, of)
    whole = world.client.get(f"{path}?limit=200&count=true").json()
    step = max(1, min(len(whole["items"]) // 3, 40))

    walked, address, seen = [], f"{path}?limit={step}", []
    while address:
        response = world.client.get(address)
        page = response.json()
        around = {name: page[name] for name in ("self", "first", "next", "prev") if name in page}
        assert response.headers["link"] == ", ".join(f'<{url}>; rel="{name}"' for name, url in around.items())
        assert page["self"] == BASE + address
        assert len(page["items"]) <= step and "total" not in page
        assert ("prev" in page) == bool(seen)
        walked += page["items"]
        seen.append(page["items"])
        address = page.get("next", "").removeprefix(BASE)
        if len(seen) == 2:
            assert world.client.get(page["prev"].removeprefix(BASE)).json()["items"] == seen[0]
        if len(walked) >= len(whole["items"]) and len(walked) >= 200:
            break

    assert walked[: len(whole["items"])] == whole["items"]
    assert whole["total"] >= len(whole["items"])
    assert ("next" in whole) == (whole["total"] > 200)


@pytest.mark.parametrize("of", LISTS, **by_id)
def test_a_list_takes_what_makes_sense(any_world: World, of: Operation) -> None:
    """A limit above the largest is lowered; none, a negative one, and what is no number are 400; so are unknown members and orders."""
    path = path_of(any_world, of)

    assert {any_world.client.get(f"{path}?limit={limit}").status_code for limit in (1, 200, 201, 10**9)} == {200}
    for query in ("limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=", "count=maybe", "sort=surplus", "cursor=x"):
        refused = any_world.client.get(f"{path}?{query}")
        assert (refused.status_code, refused.json()["type"].startswith(f"{BASE}/problems/")) == (400, True), query
    if "fields" in of.parameters("query"):
        named = any_world.client.get(f"{path}?fields=surplus")
        assert (named.status_code, "one of" in named.json()["errors"][0]["expected"]) == (400, True)


@pytest.mark.parametrize("of", ORDERED, **by_id)
def test_a_list_has_every_order_that_it_names(world: World, of: Operation) -> None:
    """Each member there and back: total, so that two pages never overlap."""
    path = path_of(world, of)

    for member in of.parameters("query")["sort"]["schema"]["items"]["enum"]:
        pages = [world.client.get(f"{path}?sort={member}&limit=2")]
        if "next" in pages[0].json():
            pages.append(world.client.get(pages[0].json()["next"].removeprefix(BASE)))
        assert {one.status_code for one in pages} == {200}, member
        items = [str(item) for one in pages for item in one.json()["items"]]
        assert len(set(items)) == len(items), member


def test_a_cursor_is_good_for_its_own_list_alone(world: World) -> None:
    """With another list, filter, order or workspace, or changed, it is 400 `cursor-invalid`."""
    cursors = {}
    for of in LISTS:
        page = world.client.get(f"{path_of(world, of)}?limit=1").json()
        if "next" in page:
            cursors[of.id] = parse_qs(urlsplit(page["next"]).query)["cursor"][0]
    stranger = world.client.another(workspace="strangers")
    assert len(cursors) > 15

    accepted = []
    for of in LISTS:
        path = path_of(world, of)
        for id_, cursor in cursors.items():
            ways = [f"{path}?cursor={cursor}"] if id_ != of.id else [
                f"{path}?cursor={cursor[:-2]}", f"{path}?cursor={cursor}&created_after=2020-01-01T00:00:00Z",
                f"{path}?cursor={cursor}&sort=-created_at", f"{path}?cursor={cursor}&q=x", f"{path}?cursor={cursor}x",
            ]  # fmt: skip
            for address in ways:
                response = world.client.get(address)
                unknown = slug_of(response) == "invalid-request" if response.status_code == 400 else False
                if not unknown and (response.status_code != 400 or slug_of(response) != "cursor-invalid"):
                    accepted.append((id_, address))
        if of.id in cursors and "{" not in of.path and "organizations" not in of.path:
            foreign = stranger.get(f"{path}?cursor={cursors[of.id]}")
            if of.id in ("list_api_keys", "list_members", "list_webhooks", "list_jobs", "list_audit_events"):
                assert (foreign.status_code, slug_of(foreign)) == (400, "cursor-invalid")

    assert accepted == []
