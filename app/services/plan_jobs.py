"""Plans as jobs: the optimiser makes hundreds of runs of the engine, so that only small documents are planned for while somebody waits."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import computation_jobs, stored_plans
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.plan_requests import PlanRequest
from app.storage.database import Database

KIND = "plan"

MANY_GOALS = 8
"""KPIs and components together that are planned for well within ten seconds."""

SHORT = 10.0
"""Seconds within which anybody waits for the best so far."""


def ask(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    request: PlanRequest,
    now: datetime,
    *,
    once: Claim | None = None,
) -> StoredJob:
    """Ask for a plan. Raises Missing, and DocumentInvalid for constraints that name what is not there."""
    stored_plans.goals_of(store, caller, organization, analysis_id, request)
    return computation_jobs.ask(store, caller, KIND, organization, analysis_id, request, now, once=once)


def is_big(store: Database, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> bool:
    """Whether the plan may take longer than ten seconds: it has no such limit, and the document is not small. Raises as `ask` does."""
    goals = stored_plans.goals_of(store, caller, organization, analysis_id, request)
    return goals > MANY_GOALS and (request.time_limit_seconds or SHORT + 1) > SHORT


def work(run: Run) -> str:
    """Plan, and return the path of the plan."""
    progress = partial(run.progress, unit="runs")
    asked = computation_jobs.asked(run, PlanRequest)
    return stored_plans.run(run.store, run.caller, *asked, run.now, progress=progress, once=run.claim).path
