"""Clients that write at the same time, remember what was acknowledged, and repeat what was not answered.

What is not answered, or answered 503, is sent again under the same key until it is, as any careful client does. What was acknowledged must
be there ever after, and whatever was asked for must be there once.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from uuid import UUID

import httpx

from app.domain.access import Caller
from app.domain.pages import Wanted
from app.services import analyses, documents, jobs
from app.storage.database import Database

SHARED = "shared"
MERGE = {"Content-Type": "application/merge-patch+json"}
ANY = {"If-Match": "*"}
AFTER_TROUBLE = 0.05
"""Seconds after which a request is sent again."""

Raw = dict[str, Any]


def a_company(key: str, name: str = "0") -> Raw:
    """A small document that gives findings."""
    plan = {"key": "agents", "department": "desk", "period": "month", "target_variable_pay_share": 0.2}
    component = {"key": "agents-aht", "kpi": "aht", "weight": 1, "payout": {"kind": "linear"}}
    return {
        "concord": 1,
        "organization": {"key": key, "name": name},
        "departments": [{"key": "desk", "name": "Desk", "function": "service"}],
        "outcomes": [{"key": "resolved", "name": "First contact resolution", "direction": "increase", "weight": 1}],
        "kpis": [{"key": "aht", "department": "desk", "name": "Average handling time", "direction": "decrease"}],
        "incentive_plans": [{**plan, "components": [component]}],
    }


class Ended(Exception):
    """The round is over: what was not answered is sent again in the next one."""


class Writer:
    """A client. It adds parts to the organization that all share, and does everything else in one of its own."""

    def __init__(self, name: str, address: str, key: str, seed: int) -> None:
        self.name, self.own = name, f"own-{name}"
        self.done: Counter[str] = Counter()
        self._address, self._key, self._random = address, key, random.Random(seed)
        self._said: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self._analyses: set[str] = set()
        self._jobs: set[str] = set()
        self._added: list[str] = []
        self._begun: partial[None] | None = None

    def go(self, ended: threading.Event) -> None:
        """Write until the round ends, beginning with what was not answered in the one before."""
        self._ended = ended
        with self._connected(), suppress(Ended):
            while not ended.is_set():
                self._begun = self._begun or self._next()
                self._begun()
                self.done[self._begun.func.__name__.strip("_")] += 1
                self._begun = None

    def finish(self) -> None:
        """Send what was not answered until it is."""
        if self._begun is not None:
            self._ended = threading.Event()
            with self._connected():
                self._begun()
            self._begun = None

    def check(self, store: Database, caller: Caller) -> None:
        """Check that everything that was acknowledged is there."""
        shared = {kpi["key"]: kpi["name"] for kpi in documents.get(store, caller, SHARED).raw["kpis"]}
        assert [key for key in self._added if key not in shared] == []
        values = shared
        if self.own in self._said:
            values = {**shared, self.own: documents.get(store, caller, self.own).raw["organization"]["name"]}
        lost = {key: value for key, value in self._said.items() if values[key] not in (value, self._asked[key])}
        assert lost == {}
        if self._analyses:
            assert self._analyses <= self._kept(store, caller)

    def check_once(self, store: Database, caller: Caller) -> None:
        """Check that everything was done once, and no job waits; for when nothing is unanswered."""
        shared = documents.get(store, caller, SHARED).raw["kpis"]
        assert sorted(kpi["key"] for kpi in shared if kpi["key"].startswith(f"{self.name}-")) == sorted(self._added)
        asked = [jobs.get(store, caller, id_) for id_ in self._jobs]
        assert [job for job in asked if not job.has_ended or (job.status == "failed" and not job.error)] == []
        by_jobs = {job.result_id for job in asked if job.status == "succeeded"}
        assert self._kept(store, caller) == self._analyses | by_jobs
        assert len(by_jobs) == sum(job.status == "succeeded" for job in asked)

    def _kept(self, store: Database, caller: Caller) -> set[str]:
        return {one.id for one in analyses.listed(store, caller, self.own, Wanted(limit=1_000_000)).items}

    @contextmanager
    def _connected(self) -> Iterator[None]:
        headers = {"Authorization": f"Bearer {self._key}"}
        with httpx.Client(base_url=self._address, headers=headers, timeout=30) as self._client:
            yield

    def _next(self) -> partial[None]:
        """What to do next; all that it takes is decided, so that it can be repeated."""
        once = UUID(int=self._random.getrandbits(128)).hex
        if not self._said:
            return partial(self._found, once)
        often = {self._add: 5, self._rename: 4, self._put: 3, self._import: 2, self._run: 1, self._ask: 2}
        return partial(self._random.choices(list(often), list(often.values()))[0], once)

    def _found(self, once: str) -> None:
        """Make the client's own organization."""
        self._send("POST", "/v1/organizations", 201, once, json={"key": self.own, "name": "0"})
        self._put(once)

    def _add(self, once: str) -> None:
        """Add a KPI to the shared organization."""
        key = f"{self.name}-{once[:12]}"
        kpi = {"key": key, "department": "desk", "name": "Calls", "direction": "increase"}
        self._send("POST", f"/v1/organizations/{SHARED}/kpis", 201, once, json=kpi)
        self._added.append(key)

    def _rename(self, once: str) -> None:
        """Change a KPI of the shared organization that nobody else changes."""
        key = next(iter(self._added), None)
        if key is not None:
            self._asked[key] = once
            at, headers = f"/v1/organizations/{SHARED}/kpis/{key}", {**MERGE, **ANY}
            self._send("PATCH", at, 200, once, json={"name": once}, headers=headers)
            self._said[key] = once

    def _put(self, once: str) -> None:
        """Replace the client's own document."""
        self._asked[self.own] = once
        at = f"/v1/organizations/{self.own}/document"
        self._send("PUT", at, 200, json=a_company(self.own, once), headers=ANY)
        self._said[self.own] = once

    def _import(self, once: str) -> None:
        """Import a file into the client's own document: a preview, and its application."""
        self._asked[self.own] = once
        at = f"/v1/organizations/{self.own}/imports"
        preview = self._send("POST", at, 201, once, json=a_company(self.own, once)).json()
        self._send("POST", f"{at}/{preview['id']}/apply", 200, f"{once}-apply")
        self._said[self.own] = once

    def _run(self, once: str) -> None:
        """Have the client's own document analysed."""
        said = {"with_recommendations": False}
        made = self._send("POST", f"/v1/organizations/{self.own}/analyses", 201, once, json=said)
        self._analyses.add(made.json()["id"])

    def _ask(self, once: str) -> None:
        """Have it analysed by a job."""
        said, prefer = {"with_recommendations": False}, {"Prefer": "respond-async"}
        asked = self._send("POST", f"/v1/organizations/{self.own}/analyses", 202, once, json=said, headers=prefer)
        self._jobs.add(asked.headers["Location"].rpartition("/")[2])

    def _send(
        self, method: str, path: str, expected: int, once: str = "", *, headers: Raw | None = None, **options: Any
    ) -> httpx.Response:
        """Send a request until it is answered; `once`: its `Idempotency-Key`. Raises Ended when the round ends first."""
        headers = {**(headers or {}), **({"Idempotency-Key": once} if once else {})}
        while True:
            try:
                answer = self._client.request(method, path, headers=headers, **options)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code != 503 and "/idempotency-in-progress" not in answer.text:
                assert answer.status_code == expected, (method, path, answer.status_code, answer.text)
                return answer
            if self._ended.wait(AFTER_TROUBLE):
                raise Ended


class Round:
    """Writers at work, each in a thread."""

    def __init__(self, writers: list[Writer]) -> None:
        self._ended = threading.Event()
        self._threads = ThreadPoolExecutor(len(writers))
        self._going = [self._threads.submit(writer.go, self._ended) for writer in writers]

    def begin_to_end(self) -> None:
        """Let them end what they are at, unless it is not answered."""
        self._ended.set()

    def end(self) -> None:
        """Let them end, and raise what any of them found wrong."""
        self.begin_to_end()
        self._threads.shutdown()
        for one in self._going:
            one.result()
