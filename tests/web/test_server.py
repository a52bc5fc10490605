"""The service as a process: over a real socket, until it is told to end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from app.routers.examples import DOCUMENT
from app.storage.database import Database
from tests.contract.problem_shape import check_problem
from tests.databases import fresh
from tests.faults.forked import Forked, a_log
from tests.http_client import a_key

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds after which something is not going to happen any more."""


class Process:
    """`concord serve` on a free port."""

    def __init__(self, database_url: str, **environment: str) -> None:
        store = Database(database_url)
        self.key = a_key(store)
        store.close()
        self._log = a_log()
        said = {"CONCORD_LOG_LEVEL": "info", "CONCORD_DATABASE_URL": database_url, **environment}
        self.forked = Forked(("serve", "--port", "0"), {**os.environ, **said}, self._log)
        self.address = self.wait_for("running on ").split("running on ")[1].split()[0]

    @property
    def log(self) -> str:
        """What it has said so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def authorized(self) -> dict[str, str]:
        """Headers that a request needs."""
        return {"Authorization": f"Bearer {self.key}"}

    def ask(self, data: bytes) -> bytes:
        """Bytes in, bytes out, whatever they are."""
        host, port = self.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(data)
            answer = b""
            while piece := connection.recv(65_536):
                answer += piece
        return answer

    def wait_for(self, text: str) -> str:
        """The first line of the log that holds the text."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            has_ended = self.forked.poll() is not None
            if found := next((line for line in self.log.rpartition("\n")[0].splitlines() if text in line), None):
                return found
            if has_ended:
                break
            time.sleep(0.02)
        raise AssertionError(self.log)

    def end(self) -> int:
        """Told to end, it does."""
        self.forked.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        """The status with which it ended."""
        return self.forked.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def process() -> Iterator[Process]:
    with fresh("sqlite") as database_url:
        started = Process(database_url)
        yield started
        if started.forked.poll() is None:
            started.end()


def test_a_document_goes_in_and_an_analysis_comes_out(process: Process) -> None:
    """Over the network, as curl would."""
    response = httpx.post(
        f"{process.address}/v1/audits?as_of=2026-11-22",
        content=DOCUMENT,
        headers={"Content-Type": "application/yaml", **process.authorized},
        timeout=60,
    )

    assert response.status_code == 200
    assert response.json()["findings"]
    assert "server" not in response.headers


def test_the_addresses_in_answers_are_those_of_the_process(process: Process) -> None:
    """They can be followed."""
    page = httpx.get(f"{process.address}/v1/metrics?limit=1", headers=process.authorized, timeout=60).json()

    assert httpx.get(page["next"], headers=process.authorized, timeout=60).json()["prev"].startswith(process.address)


@pytest.mark.parametrize(
    "data",
    [b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nfoo bar: 1\r\n\r\n", b"\x16\x03\x01\x02\x00" + b"a" * 200],
)
def test_what_is_no_http_is_answered_with_a_problem(process: Process, data: bytes) -> None:
    """By the server itself, in the same shape."""
    head, _, body = process.ask(data).partition(b"\r\n\r\n")

    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    problem = check_problem(httpx.Response(int(lines[0].split()[1]), headers=headers, content=body))
    assert str(problem["type"]).endswith("/problems/bad-http")


def test_a_body_that_is_announced_too_large_is_refused_unread(process: Process) -> None:
    """Before a byte of it has come."""
    answer = process.ask(
        b"POST /v1/audits HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_client_that_hangs_up_is_no_fault(process: Process) -> None:
    """It is told in the log as what it is."""
    host, port = process.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(
            b"POST /v1/audits HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone-1\r\nContent-Length: 100\r\n"
            + f"Authorization: Bearer {process.key}\r\n\r\n{{".encode()
        )

    assert "POST /v1/audits 499" in process.wait_for("gone-1")


def test_the_log_has_a_line_for_each_request_and_nothing_of_its_body(process: Process) -> None:
    """Id, method, path, status, duration."""
    httpx.post(
        f"{process.address}/v1/audits", content="organization: {name: Secret Ltd}",
        headers={"Content-Type": "text/yaml", "X-Request-Id": "seen-1", **process.authorized}, timeout=60,
    )  # fmt: skip

    assert re.search(r"seen-1 POST /v1/audits 422 \d+ ms", process.wait_for("seen-1"))
    assert "Secret" not in process.log


def test_lines_of_the_log_can_be_for_machines() -> None:
    """Each field is a member; of body and key there is nothing."""
    with fresh("sqlite") as database_url:
        process = Process(database_url, CONCORD_LOG_FORMAT="json")
        httpx.post(
            f"{process.address}/v1/audits", content="organization: {name: Secret Ltd}",
            headers={"Content-Type": "text/yaml", "X-Request-Id": "seen-2", **process.authorized}, timeout=60,
        )  # fmt: skip
        line = json.loads(process.wait_for("seen-2"))
        process.end()

    assert (line["request_id"], line["operation"], line["status"]) == ("seen-2", "audit_document", 422)
    assert "Secret" not in process.log and process.key not in process.log


def test_told_to_end_it_finishes_what_it_has_begun(database_url: str) -> None:
    """A request that is being answered gets its answer; then the process ends with status 0."""
    process = Process(database_url)
    host, port = process.address.removeprefix("http://").split(":")
    body = DOCUMENT.encode()
    head = (
        "POST /v1/audits HTTP/1.1\r\nHost: x\r\nContent-Type: application/yaml\r\nExpect: 100-continue\r\n"
        f"Authorization: Bearer {process.key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(head.encode())
        begun = connection.recv(65_536)
        process.forked.send_signal(signal.SIGTERM)
        process.wait_for("Shutting down")
        connection.sendall(body)
        answer = connection.recv(65_536)

    assert begun.startswith(b"HTTP/1.1 100 ")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert process.ended() == 0


def test_told_to_end_with_nothing_to_do_it_ends(database_url: str) -> None:
    """With status 0."""
    assert Process(database_url).end() == 0
