"""Sensitivities as jobs: thousands of runs on chains that are kept, so that only small ones are made while somebody waits."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from pydantic import TypeAdapter

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import jobs, stored_sensitivities
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.organizations import existing
from app.services.stored_sensitivities import SensitivityRequest
from app.storage import claims
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
    with store.writing(caller.workspace) as tx:
        if (before := claims.earlier(tx, caller, once, StoredJob)) is not None:
            return before
        said = {"analysis": analysis_id, "request": TypeAdapter(SensitivityRequest).dump_python(request, mode="json")}
        asked = jobs.ask(tx, caller, KIND, said, now, organization=existing(tx, caller, organization))
        claims.keep(tx, caller, once, asked)
        return asked


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
    assert run.organization is not None
    request = TypeAdapter(SensitivityRequest).validate_python(run.input["request"])
    made = stored_sensitivities.run(
        run.store,
        run.caller,
        run.organization,
        run.input["analysis"],
        request,
        run.now,
        progress=partial(_tell, run),
        once=run.claim,
    )
    return made.path


def _tell(run: Run, done: int, most: int) -> None:
    """Note how many runs were made. Raises Lost."""
    run.progress(done, most, "runs")
