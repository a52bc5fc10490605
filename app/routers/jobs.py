"""`/v1/jobs`: work that takes long."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.jobs import Status
from app.services import jobs
from app.services.schemas.jobs import Job
from app.web.answers import JsonAnswer
from app.web.clock import Now
from app.web.documented import RETRIED, answers, answers_list, problems
from app.web.idempotency import Once, as_replayed
from app.web.identity import Reader, Writer
from app.web.jobs import shown
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.stored import CACHE, Store, written
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.writes import WriteParameters

router = operations("/v1/jobs", "jobs")

RETRY_AFTER = "1"


class JobParameters(Created, StoredListParameters):
    """How jobs are filtered and ordered."""

    status: Annotated[list[Status], COMMAS] = Field(default=[], description="How they stand.")
    kind: Annotated[list[str], COMMAS] = Field(default=[], description="What they do.")
    organization: Annotated[list[str], COMMAS] = Field(
        default=[], description="Keys of the organizations that they are about."
    )
    sort: Annotated[list[Literal["id", "-id", "created_at", "-created_at"]], COMMAS] = SORT


@router.get("", operation_id="list_jobs", responses=answers_list(Job, "Jobs."))
def list_jobs(caller: Reader, asked: Annotated[JobParameters, Query()], answer: JsonAnswer, store: Store) -> Response:
    """List jobs.

    The newest first, unless another order is asked for; those that ended more than 30 days ago are gone.
    """
    found = jobs.listed(store, caller, wanted(answer, asked, caller, Job))
    return page(answer, asked, caller, found.of(lambda job: shown(answer, job)))


@router.get("/{job_id}", operation_id="get_job", responses=answers(Job, "The job.") | problems(NOT_FOUND))
def get_job(
    job_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a job: how it stands, how far it is, what it came to."""
    job = jobs.get(store, caller, job_id)
    later = {} if job.has_ended else {"Retry-After": RETRY_AFTER}
    return answer.json(shown(answer, job), {"Cache-Control": CACHE, **later})


@router.post(
    "/{job_id}/cancel",
    operation_id="cancel_job",
    responses=answers(Job, "The job as it is now.", kept=False) | problems(NOT_FOUND, *RETRIED),
)
def cancel_job(
    job_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Cancel a job.

    From then on it writes nothing more, wherever it is. One that has ended stays as it is.
    """
    job = jobs.cancel(store, caller, job_id, now, once=once, dry_run=asked.dry_run)
    headers = {"Cache-Control": CACHE, **({"Dry-Run": "true"} if asked.dry_run else {})}
    return as_replayed(Response(written(shown(answer, job)), 200, headers, JSON), once)
