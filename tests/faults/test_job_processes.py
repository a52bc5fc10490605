"""Jobs and the processes that do them: killed, stopped, several at once, on both databases."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.domain.access import Caller
from app.services import analysis_jobs, jobs
from app.services.analyses import AnalysisRequest
from app.services.jobs import StoredJob
from app.storage.database import Database
from tests.counts import many
from tests.databases import KINDS, fresh
from tests.faults.forked import Forked
from tests.faults.job_worker import job_worker
from tests.services.jobs import a_job, an_organization
from tests.services.stored import caller
from tests.web.test_server import Process

pytestmark = pytest.mark.slow

PATIENCE = 60.0
"""Seconds after which something is not going to happen any more."""


class Workers:
    """Processes that do trials on a database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.notes, self.log = url, folder / "notes", folder / "log"
        self.store = Database(url)
        self.me: Caller = caller(self.store)
        self.processes: list[Forked] = []

    def start(self) -> Forked:
        """One more process."""
        self.processes.append(Forked((self.url, str(self.notes)), os.environ, self.log, job_worker))
        return self.processes[-1]

    def ask(self, steps: int, seconds: float) -> StoredJob:
        """A trial that waits to be done."""
        return a_job(self.store, self.me, datetime.now(UTC), steps=steps, seconds=seconds)

    def job(self, asked: StoredJob) -> StoredJob:
        """The job as it is now."""
        return jobs.get(self.store, self.me, asked.id)

    def noted(self, asked: StoredJob) -> list[tuple[int, int]]:
        """The steps that were begun of a job, each with its process."""
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        words = [line.split() for line in lines if line.endswith(tuple("0123456789"))]
        return [(int(number), int(process)) for id_, number, process in words if id_ == asked.id]

    def close(self) -> None:
        """End every process."""
        for process in self.processes:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        self.store.close()


def until(has_come: Callable[[], object]) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + PATIENCE
    while not has_come():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


@pytest.fixture(params=KINDS)
def workers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workers]:
    """An empty database of each kind, and nobody at work on it yet."""
    with fresh(request.param) as url:
        opened = Workers(url, tmp_path)
        yield opened
        opened.close()


def test_a_job_goes_on_when_its_worker_is_killed(workers: Workers) -> None:
    """With the step that was broken off; what was done before is not done again, and it ends once."""
    asked = workers.ask(steps=6, seconds=0.3)
    first = workers.start()
    until(lambda: len(workers.noted(asked)) == 3)
    first.kill()
    second = workers.start()

    until(lambda: workers.job(asked).has_ended)

    done = workers.job(asked)
    assert (done.status, done.result, done.done) == ("succeeded", f"/v1/trials/{asked.id}", 6)
    assert workers.noted(asked) == [
        *((number, first.pid) for number in (0, 1, 2)),
        *((number, second.pid) for number in (2, 3, 4, 5)),
    ]


def test_jobs_are_shared_out_and_none_is_done_twice(workers: Workers) -> None:
    """Two processes, many jobs: each step of each is begun once."""
    asked = [workers.ask(steps=2, seconds=0.01) for _ in range(many(200))]
    processes = [workers.start(), workers.start()]

    until(lambda: all(workers.job(one).has_ended for one in asked))

    assert {workers.job(one).status for one in asked} == {"succeeded"}
    assert [[number for number, _ in workers.noted(one)] for one in asked] == [[0, 1]] * len(asked)
    shares = Counter(workers.noted(one)[0][1] for one in asked)
    assert set(shares) <= {process.pid for process in processes}


def test_a_worker_that_stood_still_finds_its_job_taken_over(workers: Workers) -> None:
    """Nothing that it still writes counts."""
    asked = workers.ask(steps=5, seconds=0.8)
    first = workers.start()
    until(lambda: len(workers.noted(asked)) == 2)
    first.send_signal(signal.SIGSTOP)
    second = workers.start()
    until(lambda: second.pid in {process for _, process in workers.noted(asked)})

    first.send_signal(signal.SIGCONT)

    until(lambda: workers.job(asked).has_ended)
    by_process = [number for number, process in workers.noted(asked) if process == second.pid]
    assert (workers.job(asked).status, by_process) == ("succeeded", [1, 2, 3, 4])
    assert [number for number, process in workers.noted(asked) if process == first.pid] == [0, 1]


def test_a_worker_that_is_told_to_end_hands_its_jobs_back(workers: Workers) -> None:
    """At once and with status 0, though a step would take a minute; the next worker begins without waiting for a lease."""
    asked = workers.ask(steps=2, seconds=60)
    first = workers.start()
    until(lambda: workers.noted(asked))

    first.send_signal(signal.SIGTERM)

    assert first.wait(timeout=20) == 0
    assert workers.job(asked).status == "queued"


def test_a_running_job_is_cancelled(workers: Workers) -> None:
    """No further step is begun, and the worker goes on with others."""
    asked, other = workers.ask(steps=50, seconds=0.1), workers.ask(steps=1, seconds=0)
    workers.start()
    until(lambda: len(workers.noted(asked)) == 2)

    jobs.cancel(workers.store, workers.me, asked.id, datetime.now(UTC))

    third = workers.ask(steps=1, seconds=0)
    until(lambda: workers.job(third).has_ended)
    assert (workers.job(asked).status, workers.job(other).status) == ("cancelled", "succeeded")
    assert len(workers.noted(asked)) <= 4


@pytest.mark.parametrize("kind", KINDS)
def test_the_service_does_jobs_by_itself(kind: str) -> None:
    """Where nothing else is said: a request that does not wait is done; the service ends in good order."""
    with fresh(kind) as url:
        process = Process(url)
        with httpx.Client(base_url=process.address, headers=process.authorized) as client:
            client.post("/v1/organizations", json={"key": "acme", "name": "Acme"}).raise_for_status()
            asked = client.post("/v1/organizations/acme/analyses", headers={"Prefer": "respond-async"})
            until(lambda: client.get(asked.headers["Location"]).json()["status"] == "succeeded")

        assert process.end() == 0


def test_the_command_does_jobs_and_ends_in_good_order(workers: Workers) -> None:
    """`concord worker` beside the service, on the same database."""
    an_organization(workers.store, workers.me, now=datetime.now(UTC))
    asked = analysis_jobs.ask(workers.store, workers.me, "acme", AnalysisRequest(), datetime.now(UTC))
    said = {"CONCORD_DATABASE_URL": workers.url, "CONCORD_SECRET_KEY": "tests" * 8}
    process = Forked(("worker",), {**os.environ, **said}, workers.log)
    workers.processes.append(process)

    until(lambda: workers.job(asked).has_ended)

    assert workers.job(asked).status == "succeeded"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=25) == 0
