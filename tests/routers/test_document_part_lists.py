"""Lists of parts that are asked for again: what is kept of them in memory is shown as long as it is true, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest

from tests.contract.problem_shape import check_problem
from tests.databases import KINDS, fresh
from tests.http_client import Client, serving_on
from tests.routers.stored_companies import ANY, AT, MERGE, PATCH, a_company, put_company

KPI = a_company()["kpis"][0]


class Two(NamedTuple):
    """Two processes with one database: who looks, and who writes elsewhere."""

    looks: Client
    writes: Client


@pytest.fixture(scope="module", params=KINDS)
def processes(request: pytest.FixtureRequest) -> Iterator[Two]:
    with fresh(request.param) as url, serving_on(url) as one, serving_on(url) as other:
        yield Two(one, other)


@pytest.fixture
def two(processes: Two) -> Two:
    """Both with the same key of an empty workspace."""
    looks = processes.looks.another(workspace=f"workspace-{uuid4().hex}")
    assert looks.key is not None
    return Two(looks, processes.writes.with_key(looks.key, looks.workspace))


def as_it_is(client: Client, page: httpx.Response) -> bool:
    """Whether the page shows of each part what reading it alone shows."""
    alone = [client.get(f"{AT}/kpis/{item['key']}").content for item in page.json()["items"]]
    return page.content.startswith(b'{"items":[' + b",".join(alone) + b'],"self"')


@pytest.mark.parametrize(
    "query",
    ["", "?limit=2", "?sort=-name", "?department=service", "?q=time", "?fields=key,name", "?count=true&limit=1"],
)
def test_a_page_is_the_same_when_it_is_asked_for_again(two: Two, query: str) -> None:
    """Byte for byte, with its tag and its links, as a process makes it that has not made it before."""
    put_company(two.looks)
    first = two.looks.get(f"{AT}/kpis{query}")

    again, elsewhere = (one.get(f"{AT}/kpis{query}") for one in two)

    for other in (again, elsewhere):
        assert (other.content, other.headers["etag"], other.headers["link"], other.headers["cache-control"]) == (
            first.content, first.headers["etag"], first.headers["link"], "private, no-cache",
        )  # fmt: skip
    assert two.looks.get(f"{AT}/kpis{query}", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


FEWER = {**a_company(), "kpis": a_company()["kpis"][1:], "incentive_plans": [], "governance": {}}
RENAMED = [{"op": "replace", "path": "/kpis/0/name", "value": "Time"}]


def there_and_back(client: Client) -> httpx.Response:
    client.patch(f"{AT}/kpis/aht", json={"name": "Time"}, headers=MERGE)
    return client.patch(f"{AT}/kpis/aht", json={"name": KPI["name"]}, headers=MERGE)


def made_anew(client: Client) -> httpx.Response:
    client.delete(f"{AT}?purge=true", headers=ANY)
    return client.put(f"{AT}/document", json=a_company())


WRITES: dict[str, Callable[[Client], httpx.Response]] = {
    "replaced": lambda client: client.put(f"{AT}/kpis/aht", json={**KPI, "weight": 7}, headers=ANY),
    "patched": lambda client: client.patch(f"{AT}/kpis/aht", json={"name": "Time"}, headers=MERGE),
    "there and back": there_and_back,
    "added": lambda client: client.post(f"{AT}/kpis", json={**KPI, "key": "new"}),
    "deleted": lambda client: client.delete(f"{AT}/kpis/aht?cascade=true", headers=ANY),
    "purged": lambda client: client.delete(f"{AT}/kpis/deals?purge=true&cascade=true", headers=ANY),
    "brought back": lambda client: client.post(f"{AT}/kpis/gone/restore"),
    "another document": lambda client: client.put(f"{AT}/document", json=FEWER, headers=ANY),
    "a patched document": lambda client: client.patch(f"{AT}/document", json=RENAMED, headers=PATCH),
    "an earlier document": lambda client: client.post(f"{AT}/revisions/2/restore", headers=ANY),
    "made anew": made_anew,
}


@pytest.mark.parametrize("write", WRITES)
def test_what_another_process_wrote_is_shown_at_once(two: Two, write: str) -> None:
    """Whatever it did to the document: a page that was kept is not shown any more, as no part is then what it was."""
    put_company(two.looks)
    two.looks.post(f"{AT}/kpis", json={**KPI, "key": "gone"})
    two.looks.delete(f"{AT}/kpis/gone", headers=ANY)
    before = [two.looks.get(f"{AT}/kpis") for _ in range(2)][-1]

    assert WRITES[write](two.writes).is_success

    after = two.looks.get(f"{AT}/kpis")
    assert after.content != before.content
    assert as_it_is(two.writes, after)


def test_a_dry_run_leaves_the_page_as_it_was(two: Two) -> None:
    """Nothing was written."""
    put_company(two.looks)
    before = two.looks.get(f"{AT}/kpis")

    two.writes.put(f"{AT}/kpis/aht?dry_run=true", json={**KPI, "weight": 7}, headers=ANY)

    assert two.looks.get(f"{AT}/kpis").content == before.content


def test_a_page_of_an_organization_that_is_gone_is_gone(two: Two) -> None:
    """For as long as it is: restored, it is what it was."""
    put_company(two.looks)
    before = two.looks.get(f"{AT}/kpis")

    two.writes.delete(AT, headers=ANY)

    assert check_problem(two.looks.get(f"{AT}/kpis"))["status"] == 404
    two.writes.post(f"{AT}/restore")
    assert two.looks.get(f"{AT}/kpis").content == before.content


def test_a_page_is_shown_to_nobody_whose_rights_do_not_reach_it(two: Two) -> None:
    """Another workspace with the same names sees its own; who may not see the organization, not read, or not any more, sees none."""
    put_company(two.looks)
    theirs = two.looks.another(workspace=f"workspace-{uuid4().hex}")
    put_company(theirs)
    said = {"name": "elsewhere", "scopes": ["read"], "organizations": ["another"]}
    elsewhere = two.looks.with_key(two.looks.post("/v1/api-keys", json=said).json()["key"])
    short = two.looks.post("/v1/api-keys", json={"name": "short", "scopes": ["read"]}).json()
    revoked = two.looks.with_key(short["key"])
    ours = two.looks.get(f"{AT}/kpis")
    assert revoked.get(f"{AT}/kpis").content == ours.content

    two.writes.delete(f"/v1/api-keys/{short['id']}", headers=ANY)

    assert as_it_is(theirs, theirs.get(f"{AT}/kpis"))
    assert theirs.get(f"{AT}/kpis").content != ours.content
    assert check_problem(elsewhere.get(f"{AT}/kpis"))["status"] == 404
    assert check_problem(two.looks.another("embed").get(f"{AT}/kpis"))["status"] == 403
    assert check_problem(revoked.get(f"{AT}/kpis"))["status"] == 401


def test_a_page_has_the_links_of_the_address_by_which_it_was_asked_for(two: Two) -> None:
    """Another name of the same service has its own."""
    put_company(two.looks)
    two.looks.get(f"{AT}/kpis")

    other = two.looks.get(f"{AT}/kpis", headers={"Host": "other.test"}).json()

    assert other["self"] == f"http://other.test{AT}/kpis"
