"""`Prefer: respond-async, wait=N` (RFC 7240): work that is done while the caller waits for its turn, or by a job.

A handler says what the work is, and how what came of it is answered:

    work = Work(
        is_big=partial(analysis_jobs.is_big, store, caller, org, request),
        ask=partial(analysis_jobs.ask, store, caller, org, request, now, once=once),
        run=partial(analyses.run, store, caller, org, request, now, once=once, dry_run=asked.dry_run),
        found=partial(analyses.get, store, caller, org),
    )
    return await now_or_by_job(answer, store, caller, preference, once, turns, work, shown, dry_run=asked.dry_run)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NamedTuple, Protocol, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import jobs
from app.services.jobs import StoredJob
from app.services.schemas.jobs import Job
from app.storage.database import Database
from app.web.answers import Answer
from app.web.documented import Responses, headers, problems, refer
from app.web.idempotency import as_replayed
from app.web.jobs import refusal, shown
from app.web.negotiation import JSON
from app.web.stored import CACHE, written
from app.web.stored_problem_types import JOB_INTERRUPTED
from app.web.turns import Turns

T = TypeVar("T")

LONGEST_WAIT = 30
RETRY_AFTER = 1
"""Seconds after which it is worth looking at a job."""

_BETWEEN_LOOKS = (0.05, 0.5)
"""Seconds between two looks at a job that is waited for: at first, and after a while."""


class Preference(NamedTuple):
    """A caller prefers to be answered by a job, after `wait` seconds at most."""

    wait: int = 0

    @property
    def applied(self) -> str:
        """What was done of it."""
        return f"respond-async, wait={self.wait}" if self.wait else "respond-async"


@dataclass(frozen=True)
class Work(Generic[T]):
    """What may take long: whether it does, how it is asked for as a job, done now, and found by its id once the job is done."""

    is_big: Callable[[], bool]
    ask: Callable[[], StoredJob]
    run: Callable[[], T]
    found: Callable[[str], T]


class Wakes(Protocol):
    """Does jobs within this process."""

    def wake(self) -> None:
        """There is a job."""


async def the_preference(request: Request) -> Preference | None:
    """What the request prefers; what cannot be read is not preferred, as the standard has it."""
    preferred = dict(_preferences(request.headers.getlist("prefer")))
    if "respond-async" not in preferred:
        return None
    wait = preferred.get("wait", "")
    is_number = wait.isascii() and wait.isdigit()
    return Preference(min(int(wait[:9]), LONGEST_WAIT) if is_number else 0)


Preferred = Annotated[Preference | None, Depends(the_preference)]

_QUEUED = {
    "id": "job_01m8c5b3mrfs8rebgnj7tqbqng",
    "kind": "analysis",
    "status": "queued",
    "created_at": "2026-11-22T05:30:51.120Z",
    "created_by": "HR sync",
    "organization": "acme",
}


def accepts() -> Responses:
    """What operations answer that may be answered by a job."""
    return {
        202: {
            "description": "It is done by a job, at this address; `Preference-Applied` says so where it was asked for.",
            "content": {JSON: {"schema": refer(Job), "examples": {"example": {"value": dict(_QUEUED)}}}},
            "headers": headers("Location", "Preference-Applied", "Retry-After"),
        },
        **problems(JOB_INTERRUPTED),
    }


async def now_or_by_job(
    answer: Answer,
    store: Database,
    caller: Caller,
    preference: Preference | None,
    once: Claim | None,
    turns: Turns,
    work: Work[T],
    shown: Callable[[T, Claim | None], Response],
    *,
    dry_run: bool,
) -> Response:
    """Do the work when its turn comes, and answer with what `shown` makes of it; by a job where that is preferred, or where it is big.

    What is only tried is never done by a job. Raises Refused where too much waits, or a job failed meanwhile, and what the work raises.
    """
    if dry_run or not (preference is not None or await run_sync(work.is_big)):
        return shown(await turns.run(work.run), once)
    return await _by_job(
        answer, store, caller, preference, once, work.ask, lambda job: shown(work.found(job.result_id), None)
    )


async def _by_job(
    answer: Answer,
    store: Database,
    caller: Caller,
    preference: Preference | None,
    once: Claim | None,
    ask: Callable[[], StoredJob],
    done: Callable[[StoredJob], Response],
) -> Response:
    """Ask for a job, and answer with what it came to where it ends while the caller waits, else with where it is (202)."""
    if once is not None:
        once.request = f"{once.request} by a job"
    job = await run_sync(ask)
    worker: Wakes | None = answer.request.app.state.worker
    if worker is not None:
        worker.wake()
    if preference is not None and preference.wait:
        job = await _ended(store, caller, job, preference.wait)
    if job.status == "failed":
        raise refusal(answer, job)
    response = await run_sync(done, job) if job.status == "succeeded" else _accepted(answer, job)
    if preference is not None:
        response.headers["Preference-Applied"] = preference.applied
    return as_replayed(response, once)


async def _ended(store: Database, caller: Caller, job: StoredJob, seconds: int) -> StoredJob:
    """The job when it has ended, or when the time is over."""
    until, (pause, longest) = time.monotonic() + seconds, _BETWEEN_LOOKS
    while not job.has_ended and (left := until - time.monotonic()) > 0:
        await anyio.sleep(min(pause, left))
        pause = min(pause * 1.5, longest)
        job = await run_sync(jobs.get, store, caller, job.id)
    return job


def _accepted(answer: Answer, job: StoredJob) -> Response:
    found = {"Location": answer.address(job.path), "Retry-After": str(RETRY_AFTER), "Cache-Control": CACHE}
    return Response(written(shown(answer, job)), 202, found, JSON)


def _preferences(given: list[str]) -> Iterator[tuple[str, Any]]:
    """Name and value of each preference; of one that is named again the first counts."""
    for part in reversed([part for header in given for part in header.split(",")]):
        name, _, value = part.partition(";")[0].partition("=")
        yield name.strip().lower(), value.strip().strip('"')
