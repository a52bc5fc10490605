"""Sensitivities as jobs: thousands of runs on chains that are kept, so that only small ones are made while somebody waits."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import computation_jobs, stored_sensitivities
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.stored_sensitivities import SensitivityRequest
from app.storage.database import Database

KIND = "sensitivity"

MUCH_WORK = 5_000
"""Work (as `stored_sensitivities.work_of` counts it) that is done well within ten seconds."""


def ask(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    request: SensitivityRequest,
    now: datetime,
    *,
    once: Claim | None = None,
) -> StoredJob:
    """Ask for samples. Raises Missing."""
    stored_sensitivities.work_of(store, caller, organization, analysis_id, request)
    return computation_jobs.ask(store, caller, KIND, organization, analysis_id, request, now, once=once)


def is_big(store: Database, caller: Caller, organization: str, analysis_id: str, request: SensitivityRequest) -> bool:
    """Whether it may take longer than ten seconds. Raises Missing."""
    return stored_sensitivities.work_of(store, caller, organization, analysis_id, request) > MUCH_WORK


def shortened(
    store: Database, caller: Caller, organization: str, analysis_id: str, request: SensitivityRequest
) -> SensitivityRequest:
    """The same with no more samples than are drawn while somebody waits: for what is only tried. Raises Missing."""
    one = SensitivityRequest(1, request.seed)
    work_of_one = stored_sensitivities.work_of(store, caller, organization, analysis_id, one)
    return SensitivityRequest(max(1, min(request.samples, MUCH_WORK // work_of_one)), request.seed)


def work(run: Run) -> str:
    """Draw the samples, and return the path of what came of them."""
    progress = partial(run.progress, unit="runs")
    asked = computation_jobs.asked(run, SensitivityRequest)
    return stored_sensitivities.run(run.store, run.caller, *asked, run.now, progress=progress, once=run.claim).path
