"""How long the map of an embed takes, against a page that is made of a template and nothing else.

The token is looked up and its signature checked at every request; the map of an analysis, which never changes, is drawn once and kept.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx

from app.services import api_keys
from app.storage.database import Database
from app.storage.schema import migrate
from tests.bench.company import TEMPLATE
from tests.bench.http import CONCORD, started
from tests.bench.timing import Ratio

BOUND = 3.0
TURNS = 300
"""Requests to each, in turn."""


def ratios() -> Iterator[Ratio]:
    """The median of one against that of the other."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'concord.db'}"
        store = Database(url)
        migrate(store)
        key = api_keys.from_the_shell(store, "bench", "bench", ("read", "write", "embed"), datetime.now(UTC)).text
        store.close()
        limits = {f"CONCORD_RATE_LIMIT{which}": "off" for which in ("", "_HEAVY", "_ADDRESS")}
        surroundings = {
            "CONCORD_DATABASE_URL": url,
            "CONCORD_JOBS": "off",
            "CONCORD_SECRET_KEY": "not-a-secret-of-anybody",
            **limits,
        }
        bare = (sys.executable, "-m", "tests.bench.bare_template")
        with started(bare, {}) as plain, started((CONCORD, "serve", "--port"), surroundings) as port:
            headers = {
                "Accept": "text/html",
                "Authorization": f"Bearer {_token(port, str(key))}",
                "Accept-Encoding": "gzip",
            }
            ours, theirs = _in_turn((port, "/embed/matrix", headers), (plain, "/", {"Accept": "text/html"}))
    yield Ratio(
        f"the map of an embed ({ours * 1000:.2f} ms)",
        ours / theirs,
        BOUND,
        f"a page from a template ({theirs * 1000:.2f} ms)",
    )


def _token(port: int, key: str) -> str:
    """A token of the map of the template's company."""
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {key}"}, timeout=60
    ) as api:
        at = "/v1/organizations/tallowmere"
        sent = {"content": TEMPLATE.read_bytes(), "headers": {"Content-Type": "application/yaml"}}
        api.put(f"{at}/document", **sent).raise_for_status()  # type: ignore[arg-type]
        api.post(f"{at}/analyses", json={"with_recommendations": False}).raise_for_status()
        asked = {"view": "matrix", "organization": "tallowmere", "ttl_seconds": 900}
        return str(api.post("/v1/embed-tokens", json=asked).raise_for_status().json()["token"])


def _in_turn(*asked: tuple[int, str, Mapping[str, str]]) -> list[float]:
    """The median seconds of each kind of request, on connections that stay open."""
    connections = [http.client.HTTPConnection("127.0.0.1", port) for port, _, _ in asked]
    seconds: list[list[float]] = [[] for _ in asked]
    for _ in range(TURNS):
        for connection, (_, path, headers), taken in zip(connections, asked, seconds, strict=True):
            started = time.perf_counter()
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - started)
            assert answer.status == 200, answer.status
    for connection in connections:
        connection.close()
    return [statistics.median(taken[TURNS // 10 :]) for taken in seconds]
