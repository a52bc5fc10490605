"""Jobs: work that takes long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.client.exchange import Answer, Flow, Pause, own_path
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, reading, writing
from app.client.problems import Problem
from app.client.things import Thing

LIST = "/v1/jobs"
ONE = "/v1/jobs/{job_id}"
ENDED = ("succeeded", "failed", "cancelled")

BETWEEN_LOOKS = (0.25, 5.0)
"""Seconds between two looks at a job: at first, and at most."""


class Progress(Thing):
    """How far a job is; `unit`: what is counted."""

    SCHEMA = "Progress"

    done: int
    total: int
    unit: str


class Job(Thing):
    """Work that takes long: `status` is queued, running, succeeded, failed or cancelled. `result`: the address of what it came to."""

    SCHEMA = "Job"

    id: str
    kind: str
    organization: str | None
    status: str
    progress: Progress | None
    created_at: datetime
    created_by: str
    started_at: datetime | None
    finished_at: datetime | None
    result: str | None
    problem: dict[str, Any] | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDED


class JobFailed(Problem):
    """A job failed, or was cancelled: what its request would have been refused with."""

    def __init__(self, job: Job) -> None:
        self.job = job
        cancelled = {"title": "The job was cancelled", "detail": f"The job {job.id} was cancelled before it ended."}
        members: dict[str, Any] = job.problem or cancelled
        super().__init__(int(members.get("status", 409)), members, {})


class Jobs(Group[M]):
    """Work that takes long."""

    @Listing
    def list(
        self,
        *,
        status: Sequence[str] = (),
        kind: Sequence[str] = (),
        organization: Sequence[str] = (),
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[Job]:
        """The jobs, the newest first."""
        asked: Asked = {"status": status, "kind": kind, "organization": organization, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(Job, reading("list_jobs", LIST, **asked, **made))

    @Operation
    def get(self, job_id: str) -> Flow[Job]:
        """A job. Raises NotFound."""
        return self.one(Job, reading("get_job", ONE, {"job_id": job_id}))

    @Operation
    def cancel(self, job: str | Job, *, dry_run: bool = False) -> Flow[Job]:
        """Cancel a job; one that has ended stays as it is. Raises NotFound."""
        names = {"job_id": named(job, "id")}
        return self.one(Job, writing("cancel_job", "POST", f"{ONE}/cancel", names, dry_run=dry_run))

    @Operation
    def wait(self, job: str | Job, *, told: Callable[[Job], None] | None = None) -> Flow[Job]:
        """The job when it has succeeded; `told` is called with how it stands at each look. Raises NotFound, JobFailed."""
        return ended(self, named(job, "id"), told)


def made_by(group: Group[Any], answer: Answer, told: Callable[[Job], None] | None = None) -> Flow[str]:
    """The id of what the job comes to that an answer (202) tells of, once it has succeeded. Raises JobFailed."""
    job = yield from ended(group, answer.value["id"], told)
    path, _ = own_path(job.result or "")
    return path.rpartition("/")[2]


def ended(group: Group[Any], job_id: str, told: Callable[[Job], None] | None = None) -> Flow[Job]:
    """The job when it has succeeded. Raises JobFailed."""
    pause, longest = BETWEEN_LOOKS
    while True:
        job = yield from group.one(Job, reading("get_job", ONE, {"job_id": job_id}))
        if told is not None:
            told(job)
        if job.status == "succeeded":
            return job
        if job.has_ended:
            raise JobFailed(job)
        yield Pause(pause)
        pause = min(longest, pause * 1.5)
