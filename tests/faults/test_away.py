"""The database goes away and comes back: requests are answered all the while, and work goes on by itself."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.web.stored_problem_types import STORAGE_UNAVAILABLE
from tests.contract.problem_shape import check_problem
from tests.counts import IN_FULL
from tests.databases import fresh
from tests.faults.postgres import Postgres, postgres
from tests.faults.served import Served, a_key, serving
from tests.faults.wire import Wire, wire
from tests.faults.writers import a_company

pytestmark = pytest.mark.slow

PROMISED = 5
"""Seconds within which a request is refused while the database is away, and within which work goes on when it is back."""

AT_ONCE = 60
"""Requests that come at the same time: more than there are threads and connections."""

DOCUMENT = "/v1/organizations/acme/document"


class Client:
    """Somebody who waits for an answer no longer than was promised."""

    def __init__(self, served: Served, key: str) -> None:
        self.served = served
        self._headers = {"Authorization": f"Bearer {key}"}

    def ask(self, method: str, path: str, **options: object) -> httpx.Response:
        headers = {**self._headers, "If-Match": "*"} if method != "POST" else self._headers
        address = f"{self.served.address}{path}"
        return httpx.request(method, address, headers=headers, timeout=PROMISED, verify=False, **options)  # type: ignore[arg-type]

    def read(self) -> httpx.Response:
        return self.ask("GET", DOCUMENT)

    def write(self) -> httpx.Response:
        return self.ask("PUT", DOCUMENT, json=a_company("acme", f"{time.monotonic_ns()}"))

    def found(self) -> None:
        """Make the organization that is read and written."""
        assert self.ask("POST", "/v1/organizations", json={"key": "acme", "name": "Acme"}).status_code == 201

    def goes_on(self) -> None:
        """Wait until reading, writing, jobs and readiness are as they were, no longer than was promised."""
        until = time.monotonic() + PROMISED
        while not self._works():
            assert time.monotonic() < until, self.served.said[-3000:]
            time.sleep(0.1)

    def _works(self) -> bool:
        answers = (self.read(), self.write(), self.ask("GET", "/readyz"))
        if [answer.status_code for answer in answers] != [200, 200, 200]:
            return False
        prefer = {**self._headers, "Prefer": f"respond-async, wait={PROMISED}"}
        address = f"{self.served.address}/v1/organizations/acme/analyses"
        return httpx.post(address, json={}, headers=prefer, timeout=2 * PROMISED, verify=False).status_code == 201


def check_away(client: Client) -> None:
    """Everybody is refused in time, the process says that it is alive, and that it is not ready."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = [threads.submit(client.read if number % 2 else client.write) for number in range(AT_ONCE)]
        alive = client.ask("GET", "/healthz")
        refused = [one.result() for one in asked]
    assert alive.status_code == 200
    for answer in (*refused, client.ask("GET", "/readyz")):
        assert answer.status_code == 503, answer.text
        assert int(answer.headers["Retry-After"]) > 0
        assert str(check_problem(answer)["type"]).endswith(f"/{STORAGE_UNAVAILABLE.slug}")


class OnPostgres:
    """A service that reaches its server by a wire."""

    def __init__(self, server: Postgres, to_it: Wire, client: Client) -> None:
        self.server, self.wire, self.client = server, to_it, client


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[OnPostgres]:
    with postgres() as server, wire(server.socket) as to_it:
        url = server.database()
        by_wire = server.by_tcp(url, to_it.port)
        key = a_key(url)
        with serving(by_wire) as served:
            client = Client(served, key)
            client.found()
            yield OnPostgres(server, to_it, client)


AWAY: dict[str, tuple[Callable[[OnPostgres], None], Callable[[OnPostgres], None]]] = {
    "killed": (lambda one: one.server.kill(), lambda one: one.server.start()),
    "stopped": (lambda one: one.server.stop(), lambda one: one.server.start()),
    "frozen": (lambda one: one.server.freeze(), lambda one: one.server.thaw()),
    "swallowed by the network": (lambda one: one.wire.swallow(), lambda one: one.wire.flow()),
}


@pytest.mark.parametrize("how", AWAY if IN_FULL else ("killed", "swallowed by the network"))
def test_postgresql_goes_away_and_comes_back(on_postgres: OnPostgres, how: str) -> None:
    """Killed, stopped, hanging, or behind a network that swallows everything."""
    go, come = AWAY[how]
    on_postgres.client.goes_on()

    go(on_postgres)
    try:
        check_away(on_postgres.client)
    finally:
        come(on_postgres)

    on_postgres.client.goes_on()


@contextmanager
def on_sqlite() -> Iterator[tuple[Client, Path]]:
    """A service on a file, and the folder that it is in."""
    with fresh("sqlite") as url, serving(url) as served:
        client = Client(served, a_key(url))
        client.found()
        client.goes_on()
        yield client, Path(url.removeprefix("sqlite:///")).parent


def test_the_folder_of_sqlite_goes_away_and_comes_back() -> None:
    """What is written then would be lost, so nothing is; no empty file takes its place."""
    with on_sqlite() as (client, folder):
        elsewhere = folder.with_name(f"{folder.name}-elsewhere")
        folder.rename(elsewhere)
        try:
            check_away(client)
            assert not folder.exists()
        finally:
            elsewhere.rename(folder)

        client.goes_on()


def test_sqlite_is_locked_by_another_process_for_longer_than_anybody_waits() -> None:
    """Writes are refused in time, and reads go on."""
    with on_sqlite() as (client, folder):
        before = client.read().content
        other = sqlite3.connect(folder / "concord.db", isolation_level=None)
        other.execute("begin immediate")
        with ThreadPoolExecutor(AT_ONCE) as threads:
            asked = [threads.submit(client.write) for _ in range(AT_ONCE // 2)]
            reads = [threads.submit(client.read) for _ in range(AT_ONCE // 2)]

        assert {one.result().status_code for one in asked} == {503}
        assert {one.result().content for one in reads} == {before}
        assert client.ask("GET", "/readyz").status_code == 503
        other.execute("rollback")
        other.close()
        client.goes_on()


def test_the_service_starts_while_postgresql_is_away() -> None:
    """It says so, and does its work when the server is there: the key of a first start is told when there is a database to keep it."""
    with postgres() as server:
        url = server.database()
        server.stop()
        served = Served(url)
        served.start("/healthz")
        try:
            assert served.status("/readyz") == 503
            assert "This database is new" not in served.said
            server.start()
            _is_ready(served)
            assert served.said.count("This database is new") == 1
            client = Client(served, a_key(url))
            client.found()
            client.goes_on()
        finally:
            served.kill()


def test_the_service_starts_while_nobody_answers_at_the_address_of_its_server() -> None:
    """A socket that takes connections and never says a word is a database that is away."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        served = Served(f"postgresql+psycopg://postgres@127.0.0.1:{silent.getsockname()[1]}/concord")
        served.start("/healthz")
        try:
            client = Client(served, "cnc_nobody")
            check_away(client)
        finally:
            served.kill()


def _is_ready(served: Served) -> None:
    """Wait until it is ready, no longer than was promised."""
    until = time.monotonic() + PROMISED
    while served.status("/readyz") != 200:
        assert time.monotonic() < until, served.said[-3000:]
        time.sleep(0.1)
