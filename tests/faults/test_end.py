"""Told to end while everybody writes, the service ends in good order: nobody's answer is lost, and no job is forgotten."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from app.domain.pages import Wanted
from app.services import jobs
from app.storage.database import Database
from tests.bench.company import a_company as a_large_company
from tests.counts import IN_FULL
from tests.databases import KINDS, fresh
from tests.faults.served import Served, a_key, serving
from tests.faults.whole import check_whole, reader
from tests.faults.writers import SHARED, Round, Writer, a_company

pytestmark = pytest.mark.slow

PROMISED = 25
"""Seconds within which the service has ended."""

LARGE = a_large_company(departments=8, kpis=40, components=40)
"""A document whose audit takes a while."""

CASES = [(kind, workers) for kind in KINDS for workers in (1, 2)] if IN_FULL else [("postgresql", 2)]


@pytest.mark.parametrize(("kind", "workers"), CASES)
def test_running_requests_end_and_jobs_are_handed_back(kind: str, workers: int) -> None:
    """What was begun is answered, nobody is let in any more, and all that was acknowledged is there."""
    with fresh(kind) as url, serving(url, CONCORD_WORKERS=str(workers)) as served:
        key = a_key(url)
        asked = _jobs_asked_for(served, key)
        writers = [Writer(f"w{number}", served.address, key, number) for number in range(4)]
        with ThreadPoolExecutor(2) as threads:
            audits = [threads.submit(_audit, served, key) for _ in range(2)]
            writing = Round(writers)
            time.sleep(1)
            told = time.monotonic()
            served.process.send_signal(signal.SIGTERM)
            writing.begin_to_end()
            while served.status("/readyz") == 200:
                assert time.monotonic() - told < 2
            status = served.process.wait(timeout=60)
            took = time.monotonic() - told
            writing.end()

            assert [audit.result().status_code for audit in audits] == [200, 200]
        assert status == 0, served.said[-2000:]
        assert took < PROMISED, served.said[-2000:]
        store = Database(url)
        caller = reader(store)
        check_whole(store)
        for writer in writers:
            writer.check(store, caller)
        left = {one.id: one.status for one in jobs.listed(store, caller, Wanted(limit=200)).items}
        assert set(left) >= set(asked)
        assert set(left.values()) <= {"queued", "succeeded"}
        store.close()


def test_what_cannot_be_interrupted_does_not_keep_the_service_from_ending() -> None:
    """An audit that takes longer than there is time is given up; whoever asked for it is told to ask again."""
    with fresh("sqlite") as url, serving(url, CONCORD_SHUTDOWN_SECONDS="5") as served:
        key = a_key(url)
        with ThreadPoolExecutor(1) as threads:
            audit = threads.submit(_audit, served, key, a_large_company(departments=20, kpis=450, components=450))
            time.sleep(2)

            assert served.end() == 0
            assert (audit.result().status_code, audit.result().headers["Retry-After"]) == (503, "5")


def test_processes_that_serve_together_end_with_the_one_that_started_them() -> None:
    """Killed, it leaves nobody behind at its address, so that the service can be started again."""
    with fresh("sqlite") as url, serving(url, CONCORD_WORKERS="2") as served:
        assert served.process is not None
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait()
        until = time.monotonic() + PROMISED
        while served.status("/healthz") is not None:
            assert time.monotonic() < until
            time.sleep(0.1)

        served.start()


def _large() -> dict[str, object]:
    return {**LARGE, "organization": {"key": "large", "name": "Large"}}


def _jobs_asked_for(served: Served, key: str) -> list[str]:
    """Put two documents there, and ask for analyses of the large one."""
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=served.address, headers=headers, timeout=60) as client:
        assert client.put(f"/v1/organizations/{SHARED}/document", json=a_company(SHARED)).status_code == 201
        assert client.put("/v1/organizations/large/document", json=_large()).status_code == 201
        asked = []
        for _ in range(6):
            answer = client.post("/v1/organizations/large/analyses", json={}, headers={"Prefer": "respond-async"})
            assert answer.status_code == 202, answer.text
            asked.append(answer.headers["Location"].rpartition("/")[2])
    return asked


def _audit(served: Served, key: str, document: object = LARGE) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(f"{served.address}/v1/audits", json=document, headers=headers, timeout=120)
