"""`/organizations/{org}/analyses`, `…/jobs/{id}`: ask for work that takes a while, wait for it, and go where it led."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import Missing
from app.pages.console.jobs import job_page
from app.routers.console.flow import Sent, Visit, done, shown
from app.routers.console.look import named
from app.services import analyses, analysis_jobs, jobs, plan_jobs, sensitivity_jobs
from app.services.analyses import AnalysisRequest
from app.services.jobs import StoredJob
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.jobs import shown as job_shown
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}", "front", listed=False)


@router.post("/analyses")
def analyse(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Analyse the newest document as of today."""

    def act(visit: Visit) -> str:
        return wait_for(visit, org, analysis_jobs.ask(store, visit.caller, org, AnalysisRequest(), now))

    return done(request, answer, store, now, form, act, way_back=f"/organizations/{org}")


@router.get("/jobs/{job_id}")
def show_job(org: str, job_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """How far it is; once it is done, the page of what it came to."""

    def body(visit: Visit) -> bytes | str:
        job = jobs.get(store, visit.caller, job_id)
        if job.organization != org:
            raise Missing("job", job_id)
        if job.status == "succeeded":
            return where(visit, org, job)
        return job_page(visit.head, named(visit, org), job_shown(answer, job))

    return shown(request, answer, store, now, body)


@router.post("/jobs/{job_id}/cancel")
def cancel(org: str, job_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """See to it that the job writes nothing more."""
    here = f"/organizations/{org}/jobs/{job_id}"

    def act(visit: Visit) -> str:
        jobs.cancel(store, visit.caller, job_id, now)
        return here

    return done(request, answer, store, now, form, act, way_back=here)


def wait_for(visit: Visit, organization: str, job: StoredJob) -> str:
    """The path to wait at for a job that was just asked for."""
    worker = visit.answer.request.app.state.worker
    if worker is not None:
        worker.wake()
    return f"/organizations/{organization}/jobs/{job.id}"


def where(visit: Visit, organization: str, job: StoredJob) -> str:
    """The path of the page that shows what a job came to."""
    at = f"/organizations/{organization}"
    if job.kind == analysis_jobs.KIND:
        scenario = analyses.get(visit.store, visit.caller, organization, job.result_id).scenario_id
        return f"{at}?done=analysed" if scenario is None else f"{at}/scenarios/{scenario}?done=scenario_analysed"
    return f"{at}{PLACES[job.kind].format(id=job.result_id)}"


PLACES = {
    plan_jobs.KIND: "/plans/{id}?done=plan_made",
    sensitivity_jobs.KIND: "/sensitivities/{id}?done=sampled",
}
"""Kind of a job that is no analysis → where its result is, below the organization."""
