"""Jobs in answers: with the address of what they came to, or the problem that they failed with, in the caller's language."""

from __future__ import annotations

from typing import Any

from app.services.job_failures import error_from
from app.services.jobs import StoredJob
from app.web.answers import Answer
from app.web.problem_types import INTERNAL
from app.web.problems import Refused, problem_document, refused_for

_OF_REQUESTS = ("instance", "request_id")
"""Members of a problem that tell of the request that it answers."""


def shown(answer: Answer, job: StoredJob) -> dict[str, Any]:
    """A job as the API shows it."""
    value = job.shown
    if job.result is not None:
        value["result"] = answer.address(job.result)
    if job.error is not None:
        document = problem_document(refusal(answer, job), answer.context)
        value["problem"] = {name: said for name, said in document.items() if name not in _OF_REQUESTS}
    return value


def refusal(answer: Answer, job: StoredJob) -> Refused:
    """What a request is answered with that waited for a job that failed."""
    error = error_from(job.error)
    return Refused(INTERNAL) if error is None else refused_for(error, answer.request)
