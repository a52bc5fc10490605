"""Every kind of job, and what does it: the work of a run, which returns the path of what it came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.services import analysis_jobs, plan_jobs, sensitivity_jobs
from app.services.job_runs import Run

Work = Callable[[Run], str | None]

KINDS: Mapping[str, Work] = {
    analysis_jobs.KIND: analysis_jobs.work,
    plan_jobs.KIND: plan_jobs.work,
    sensitivity_jobs.KIND: sensitivity_jobs.work,
}
