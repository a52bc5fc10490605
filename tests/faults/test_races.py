"""Requests that come at the same time are answered as if they had come one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Barrier
from typing import Any, NamedTuple

import httpx
import pytest

from app.storage.database import Database
from tests.counts import IN_FULL, many
from tests.databases import KINDS, fresh
from tests.faults.model import ANY, NEW, Answered, Asked, Rounds, State, explained
from tests.faults.served import a_key
from tests.faults.served import serving as processes
from tests.faults.whole import check_whole
from tests.http_client import serving

pytestmark = pytest.mark.slow

AT_ONCE = 5
"""Requests that come at the same time: so many that every order of them can be tried."""

KEYS = ("k0", "k1", "k2")
DESK = {"key": "desk", "name": "Desk", "function": "service"}
MERGE = "application/merge-patch+json"

Ask = Callable[..., httpx.Response]


class Kind(NamedTuple):
    """A kind of thing: where its list is, and what is said of one. The value is its name."""

    list: str
    said: dict[str, Any]


KINDS_OF_THINGS = {
    "kpis": Kind("/v1/organizations/acme/kpis", {"department": "desk", "direction": "increase"}),
    "organizations": Kind("/v1/organizations", {}),
}


class Racer:
    """Clients of one service that send their requests at the same time, and what they know of entity tags."""

    def __init__(self, kind: Kind, clients: list[Ask]) -> None:
        self._kind, self._clients = kind, clients
        self._tags: dict[tuple[str, str], str] = {}
        self._start = Barrier(len(clients))
        self._threads = ThreadPoolExecutor(len(clients))

    def race(self, asked: list[Asked]) -> list[Answered]:
        """Send all of them at once."""
        return list(self._threads.map(self._send, self._clients, asked))

    def there(self) -> dict[str, str]:
        """What is there now."""
        return self._seen(Asked("list", ""), self._request(self._clients[0], Asked("list", ""))).value

    def close(self) -> None:
        self._threads.shutdown()

    def _send(self, client: Ask, asked: Asked) -> Answered:
        self._start.wait()
        return self._seen(asked, self._request(client, asked))

    def _request(self, client: Ask, asked: Asked) -> httpx.Response:
        headers = {"Idempotency-Key": asked.once} if asked.once else {}
        if asked.condition == NEW:
            headers["If-None-Match"] = "*"
        elif asked.condition:
            headers["If-Match"] = "*" if asked.condition == ANY else self._tags[asked.key, asked.condition]
        body = {"key": asked.key, "name": asked.value, **self._kind.said}
        at = f"{self._kind.list}/{asked.key}"
        match asked.verb:
            case "list":
                return client("GET", f"{self._kind.list}?limit=200")
            case "get":
                return client("GET", at)
            case "post":
                return client("POST", self._kind.list, json=body, headers=headers)
            case "put":
                return client("PUT", at, json=body, headers=headers)
            case "patch":
                return client("PATCH", at, json={"name": asked.value}, headers={**headers, "Content-Type": MERGE})
            case "delete":
                return client("DELETE", at, headers=headers)

    def _seen(self, asked: Asked, answer: httpx.Response) -> Answered:
        assert answer.status_code < 500, answer.text
        if not answer.is_success or answer.status_code == 204:
            return Answered(answer.status_code)
        said = answer.json()
        if asked.verb == "list":
            return Answered(200, {item["key"]: item["name"] for item in said["items"]})
        self._tags[asked.key, said["name"]] = answer.headers["ETag"]
        return Answered(answer.status_code, said["name"])


def check_races(thing: str, clients: list[Ask], requests: int) -> None:
    """Let so many requests race, a few at a time, and find for each of these an order that explains them."""
    with closing(Racer(KINDS_OF_THINGS[thing], clients)) as racer:
        _check_rounds(racer, requests)


def _check_rounds(racer: Racer, requests: int) -> None:
    state, rounds = State(racer.there(), {}), Rounds(seed=1, at_once=AT_ONCE, keys=KEYS)
    for _ in range(requests // AT_ONCE):
        asked = rounds.next(state)
        answered = racer.race(asked)
        there = racer.there()
        after = explained(state, asked, answered, there)
        assert after is not None, (state.things, list(zip(asked, answered, strict=True)), there)
        state = after


def found(client: Ask, thing: str) -> None:
    """Make what the things belong to."""
    if thing == "kpis":
        document = {"concord": 1, "organization": {"key": "acme", "name": "Acme"}, "departments": [DESK]}
        assert client("PUT", "/v1/organizations/acme/document", json=document).status_code == 201


@pytest.mark.parametrize("thing", KINDS_OF_THINGS)
@pytest.mark.parametrize("database", KINDS)
def test_some_order_explains_what_threads_are_answered(database: str, thing: str) -> None:
    """No update is lost, a tag has one winner, a key of a repeated request makes one thing, lists say what is there."""
    with serving(database) as client:
        found(client.request, thing)
        check_races(thing, [client.with_key(client.key or "").request for _ in range(AT_ONCE)], many(2_500))

        check_whole(client.app.state.store)


@pytest.mark.parametrize("database", KINDS if IN_FULL else KINDS[1:])
def test_some_order_explains_what_two_processes_answer(database: str) -> None:
    """The same where nothing is shared but the database."""
    with fresh(database) as url, processes(url, CONCORD_WORKERS="2") as served, ExitStack() as opened:
        headers = {"Authorization": f"Bearer {a_key(url)}"}
        clients = [
            opened.enter_context(httpx.Client(base_url=served.address, headers=headers, timeout=60)).request
            for _ in range(AT_ONCE)
        ]
        found(clients[0], "kpis")
        check_races("kpis", clients, many(1_000))

        store = Database(url)
        check_whole(store)
        store.close()
