"""Lists: pages, cursors, filters, order, search."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from app.services import knowledge
from tests.contract.problem_shape import check_problem
from tests.http_client import Client


def ids(response: httpx.Response) -> list[str]:
    return [item["id"] for item in response.json()["items"]]


def pages(client: Client, address: str, relation: str) -> list[httpx.Response]:
    found = [client.get(address)]
    while relation in found[-1].json():
        found.append(client.get(found[-1].json()[relation]))
    return found


def test_following_next_shows_everything_once(client: Client) -> None:
    """In order, and the last page is the only one without a next."""
    found = pages(client, "/v1/metrics?limit=7", "next")

    assert [id_ for page in found for id_ in ids(page)] == sorted(knowledge.metrics())


def test_following_prev_leads_back_the_same_way(client: Client) -> None:
    """From the last page to the first."""
    there = pages(client, "/v1/levers?limit=4", "next")
    back = pages(client, there[-1].json()["self"], "prev")

    assert [ids(page) for page in back] == [ids(page) for page in reversed(there)]


def test_links_in_header_and_body_agree(client: Client) -> None:
    """All of them are complete addresses (RFC 8288)."""
    second = client.get(client.get("/v1/metrics?limit=5").json()["next"])

    header = {relation: url for url, relation in re.findall('<([^>]*)>; rel="([a-z]+)"', second.headers["link"])}
    assert header == {relation: second.json()[relation] for relation in ("self", "first", "next", "prev")}
    assert all(url.startswith("http://concord.test/v1/metrics?") for url in header.values())


def test_a_total_comes_only_when_it_is_asked_for(client: Client) -> None:
    """Counting is not free in every list."""
    assert "total" not in client.get("/v1/metrics").json()
    assert client.get("/v1/metrics?count=true&limit=1").json()["total"] == len(knowledge.metrics())


@pytest.mark.parametrize(("limit", "size"), [("", 50), ("limit=200", 200), ("limit=100000", 200), ("limit=1", 1)])
def test_a_page_has_at_most_200_items(client: Client, limit: str, size: int) -> None:
    """Fifty where nothing is said; more than 200 are lowered."""
    assert len(client.get(f"/v1/influences?{limit}").json()["items"]) == size


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=ten", "limit=1.5", "limit="])
def test_a_limit_that_is_none_is_refused(client: Client, query: str) -> None:
    """It is never guessed."""
    problem = check_problem(client.get(f"/v1/metrics?{query}"))

    assert problem["errors"][0]["parameter"] == "limit"  # type: ignore[index]


def test_a_comma_means_or_and_several_filters_mean_and(client: Client) -> None:
    """One parameter for each member."""
    found = client.get("/v1/metrics?function=service,sales&unit=seconds&limit=200").json()["items"]

    wanted = [m.id for m in knowledge.metrics().values() if m.function in ("service", "sales") and m.unit == "seconds"]
    assert [item["id"] for item in found] == sorted(wanted)


def test_an_empty_filter_is_none(client: Client) -> None:
    """`?function=` says nothing about functions."""
    assert ids(client.get("/v1/metrics?function=&limit=200")) == ids(client.get("/v1/metrics?limit=200"))


def test_a_flag_filters_both_ways(client: Client) -> None:
    """True and false are different from not asked."""
    every = len(knowledge.influences())
    contested, calm = (
        client.get(f"/v1/influences?contested={flag}&count=true").json()["total"] for flag in ("true", "false")
    )

    assert contested > 0
    assert contested + calm == every


def test_a_filter_can_look_at_both_ends(client: Client) -> None:
    """`touches` finds an id as source or target."""
    found = client.get("/v1/influences?touches=customer.trust&limit=200").json()["items"]

    ends = {frozenset((item["source"], item["target"])) for item in found}
    wanted = {
        frozenset((i.source, i.target))
        for i in knowledge.influences().values()
        if "customer.trust" in (i.source, i.target)
    }
    assert ends == wanted


@pytest.mark.parametrize(
    ("query", "found"), [("HANDLING time", True), ("Bearbeitungszeit", True), ("handling zebra", False)]
)
def test_search_wants_every_word_wherever_it_stands(client: Client, query: str, found: bool) -> None:
    """Case does not count, and aliases are looked through in every language."""
    assert ("service.average_handle_time" in ids(client.get("/v1/metrics", params={"q": query, "limit": 200}))) == found


def test_order_is_by_the_named_members_and_then_by_id(client: Client) -> None:
    """A minus turns a member's order around."""
    found = client.get("/v1/metrics?sort=function,-horizon_days&limit=200").json()["items"]

    key = [(item["function"], -item["horizon_days"], item["id"]) for item in found]
    assert key == sorted(key)


def test_a_page_in_an_order_goes_on_in_it(client: Client) -> None:
    """The cursor belongs to the order; what has no year stands behind the latest."""
    found = pages(client, "/v1/citations?sort=-year&limit=60", "next")

    years = [item.get("year", 9999) for page in found for item in page.json()["items"]]
    assert years == sorted(years, reverse=True)


def cursor_of(response: httpx.Response) -> str:
    return httpx.URL(response.json()["next"]).params["cursor"]


@pytest.mark.parametrize(
    "other",
    [
        "/v1/metrics?limit=5&function=service",
        "/v1/metrics?limit=5&sort=-id",
        "/v1/metrics?limit=5&q=a",
        "/v1/levers?limit=5",
    ],
)
def test_a_cursor_fits_only_the_list_that_it_was_made_for(client: Client, other: str) -> None:
    """Other filters, another order, another list: refused by a type of its own."""
    cursor = cursor_of(client.get("/v1/metrics?limit=5"))

    problem = check_problem(client.get(other, params={**httpx.URL(other).params, "cursor": cursor}))

    assert problem["type"] == "http://concord.test/problems/cursor-invalid"


@pytest.mark.parametrize(
    "change", [lambda c: c[:-2], lambda c: c + "AAAA", lambda c: c[1:], lambda c: "€", lambda c: "=", str.swapcase]
)
def test_a_cursor_that_was_changed_is_refused(client: Client, change: Any) -> None:
    """Whatever it decodes to."""
    cursor = change(cursor_of(client.get("/v1/metrics?limit=5")))

    assert check_problem(client.get("/v1/metrics", params={"limit": 5, "cursor": cursor}))["status"] == 400


def test_the_page_size_may_change_on_the_way(client: Client) -> None:
    """The cursor marks a place, not a page."""
    cursor = cursor_of(client.get("/v1/metrics?limit=5"))

    assert ids(client.get(f"/v1/metrics?limit=2&cursor={cursor}")) == sorted(knowledge.metrics())[5:7]


def test_a_misspelt_filter_names_the_right_one_and_all_others(client: Client) -> None:
    """Nothing is ignored, so that a filter that does not work never returns too much."""
    problem = check_problem(client.get("/v1/levers?categry=target&visible=maybe"))

    errors: Any = {error["parameter"]: error for error in problem["errors"]}  # type: ignore[attr-defined]
    assert errors["categry"]["hint"] == "did you mean 'category'?"
    assert errors["categry"]["expected"] == "one of q, limit, cursor, count, sort, category, visible"
    assert errors["visible"]["expected"] == "one of plan, kpi, partly, no"
