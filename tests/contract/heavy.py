"""Requests that would take a service without bounds minutes or gigabytes, sent to one that runs as a process of its own."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx

from app.web.body import CSV, JSON, XLSX, YAML
from tests.exchange.test_hostile import BOTTOMLESS, WORKBOOKS
from tests.faults.served import Served

ORGANIZATION = "/v1/organizations/acme"
KINDS = {"yaml": YAML, "json": JSON, "csv": CSV, "xlsx": XLSX}
AUDITS, NAMES, DOCUMENT = ("POST", "/v1/audits"), ("POST", "/v1/metrics/resolve"), ("PUT", f"{ORGANIZATION}/document")
KPIS, OBSERVATIONS, IMPORTS = (("POST", f"{ORGANIZATION}/{list_}") for list_ in ("kpis", "observations", "imports"))
READ_BY = {
    YAML: (AUDITS, DOCUMENT, KPIS, IMPORTS),
    JSON: (AUDITS, DOCUMENT, NAMES, OBSERVATIONS),
    CSV: (OBSERVATIONS, IMPORTS),
    XLSX: (AUDITS, DOCUMENT, IMPORTS),
}
"""Media type → operations that read it in different ways."""

AT_ONCE = 4
"""Requests that are under way at the same time, where memory is measured."""
AS_USUAL = (200, 201, 400, 413, 415, 422)

MEBI = 2**20


class Heavy(NamedTuple):
    """A request: what is in its body, and where it goes."""

    name: str
    media_type: str
    method: str
    path: str

    @property
    def body(self) -> bytes:
        """Made when it is sent, so that not all are there at once."""
        return BOTTOMLESS[self.name]() if self.name in BOTTOMLESS else WORKBOOKS[self.name][1]()


class Answered(NamedTuple):
    """How a request was answered."""

    what: str
    status: int
    seconds: float


def heavy() -> Iterator[Heavy]:
    """Every body to every operation that reads its kind."""
    for name in (*BOTTOMLESS, *WORKBOOKS):
        kind = name.partition("-")[0] if name in BOTTOMLESS else "xlsx"
        for method, path in READ_BY[KINDS[kind]]:
            yield Heavy(name, KINDS[kind], method, path)


def answered(served: Served, key: str, requests: Sequence[Heavy], at_once: int = AT_ONCE) -> list[Answered]:
    """Send them, so many at once."""

    def send(one: Heavy) -> Answered:
        body = one.body
        headers = {"Authorization": f"Bearer {key}", "Content-Type": one.media_type, "If-Match": "*"}
        start = time.perf_counter()
        with httpx.Client(base_url=served.address, timeout=120) as client:
            try:
                status = client.request(one.method, one.path, content=body, headers=headers).status_code
            except httpx.WriteError:
                status = 413
        return Answered(f"{one.method} {one.path}: {one.name}", status, time.perf_counter() - start)

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(send, requests))


def most_memory(served: Served) -> int:
    """The most bytes that the service has had in memory so far."""
    assert served.process is not None
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024
