"""Requests a second and their latency, against an endpoint that does nothing: one process each, 16 connections that stay open.

The service is `concord serve` as anybody starts it on a new SQLite database, without quotas: every request has its key looked up, every
write is checked whole, on disk when it is answered, and in the audit log. Its organizations are the telecommunications company of the
templates with a few KPIs more.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from app.services import api_keys
from app.storage.database import Database
from app.storage.schema import migrate
from tests.bench.company import telecom
from tests.bench.http_load import CONNECTIONS, Measured, Run
from tests.bench.timing import Ratio, Told

CONCORD = str(Path(sys.executable).with_name("concord"))
TRIVIAL, FLOOR = ((sys.executable, "-m", f"tests.bench.{name}") for name in ("trivial", "floor"))
TURNS = 7
"""Runs of each, in turn."""
SECONDS = 1.5
"""How long a run is."""


class Kind(NamedTuple):
    """A kind of request, and what is promised of it: its share of the trivial endpoint's requests a second, and how many times as long the
    99th of 100 may take when either is at half of its most."""

    name: str
    share: float
    times_slower: float


KINDS = (Kind("GET one part", 0.5, 5), Kind("GET a list of 50 parts", 0.3, 8), Kind("PUT one part", 0.15, 15))


def ratios() -> Iterator[Ratio | Told]:
    """Medians over runs that alternate between both servers; then what of them is left to a service that does the least."""
    yield from _of_service()
    yield from _of_floor()


def _of_floor() -> Iterator[Told]:
    """What the least of a list and of a write costs (`tests.bench.floor`)."""
    with started(TRIVIAL) as trivial, started(FLOOR) as floor:
        nothing = [[_request("GET", "/", "")]] * CONNECTIONS
        pages = [[_request("GET", "/page", "")]] * CONNECTIONS
        parts = telecom("tallowmere", 20)["kpis"][:CONNECTIONS]
        writes = [[_request("PUT", "/part", "", {**part, "weight": n}) for n in range(1, 60)] for part in parts]
        for kind, requests in zip(KINDS[1:], (pages, writes), strict=True):
            theirs, least = _in_turn((trivial, nothing, None), (floor, requests, None))
            share = statistics.median(
                one.per_second / their.per_second for one, their in zip(least, theirs, strict=True)
            )
            yield Told(f"{kind.name}, the least of it on bare Starlette: requests a second", share, "the same endpoint")


def _of_service() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder, started(TRIVIAL) as trivial, _served(Path(folder)) as (port, key):
        nothing = [[_request("GET", "/", key)]] * CONNECTIONS
        for kind, requests in zip(KINDS, _requests(port, key), strict=True):
            theirs, ours = _in_turn((trivial, nothing, None), (port, requests, None))
            share = statistics.median(
                our.per_second / their.per_second for our, their in zip(ours, theirs, strict=True)
            )
            most = [statistics.median(one.per_second for one in runs) for runs in (theirs, ours)]
            against = f"{most[0]:.0f} a second of an endpoint that does nothing, {CONNECTIONS} connections"
            yield Ratio(f"{kind.name}: requests a second ({most[1]:.0f})", share, kind.share, against, at_least=True)
            theirs, ours = _in_turn((trivial, nothing, most[0] / 2), (port, requests, most[1] / 2))
            slow = [statistics.median(one.p99 for one in runs) for runs in (theirs, ours)]
            against = f"{slow[0]:.1f} ms of that endpoint, each at half of its most"
            yield Ratio(
                f"{kind.name}: 99th percentile ({slow[1]:.1f} ms)", slow[1] / slow[0], kind.times_slower, against
            )


def _in_turn(*asked: tuple[int, Sequence[Sequence[str]], float | None]) -> list[list[Measured]]:
    """What each server does, in runs that take turns."""
    runs = [Run(port=port, requests=requests, seconds=SECONDS, rate=rate) for port, requests, rate in asked] * TURNS
    said = subprocess.run(
        (sys.executable, "-m", "tests.bench.http_load"),
        input=json.dumps(runs).encode(),
        capture_output=True,
        check=True,
    ).stdout
    measured = [Measured(*one) for one in json.loads(said)]
    return [measured[place :: len(asked)] for place in range(len(asked))]


def _requests(port: int, key: str) -> Iterator[Sequence[Sequence[str]]]:
    """For each kind what each connection sends, in turn."""
    one, many = "/v1/organizations/tallowmere/kpis", "/v1/organizations/tallowmere-wide/kpis"
    parts = telecom("tallowmere", 20)["kpis"]
    yield [[_request("GET", f"{one}/{part['key']}", key)] for part in parts[:CONNECTIONS]]
    yield [[_request("GET", many, key)]] * CONNECTIONS
    yield [
        [_request("PUT", f"{one}/{part['key']}", key, {**part, "weight": weight}) for weight in range(1, 60)]
        for part in parts[:CONNECTIONS]
    ]


def _request(method: str, path: str, key: str, body: Any = None) -> str:
    sent = "" if body is None else json.dumps(body)
    about = f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\nIf-Match: *\r\n" if sent else ""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer {key}\r\n"
        f"{about}\r\n{sent}"
    )


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str]]:
    """The service with both organizations: its port, and a key that may write."""
    url = f"sqlite:///{folder / 'concord.db'}"
    store = Database(url)
    migrate(store)
    key = api_keys.from_the_shell(store, "bench", "bench", ("read", "write"), datetime.now(UTC)).text
    store.close()
    assert key is not None
    limits = {f"CONCORD_RATE_LIMIT{which}": "off" for which in ("", "_HEAVY", "_ADDRESS")}
    environment = {"CONCORD_DATABASE_URL": url, "CONCORD_SECRET_KEY": "not-a-secret-of-anybody", **limits}
    with started((CONCORD, "serve", "--port"), environment) as port:
        for name, kpis in (("tallowmere", 20), ("tallowmere-wide", 60)):
            httpx.put(
                f"http://127.0.0.1:{port}/v1/organizations/{name}/document",
                json=telecom(name, kpis),
                headers={"Authorization": f"Bearer {key}", "If-None-Match": "*"},
            ).raise_for_status()
        yield port, key


@contextmanager
def started(command: Sequence[str], environment: Mapping[str, str] = {}) -> Iterator[int]:
    """A server, once it answers; it is ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen((*command, str(port)), env={**os.environ, **environment}, stdout=nowhere, stderr=nowhere)
    try:
        while not _answers(port):
            if server.poll() is not None:
                raise RuntimeError(f"{command} ended by itself")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/")
    except httpx.TransportError:
        return False
    return True
