"""Plans as jobs: the optimiser makes hundreds of runs of the engine, so that only small documents are planned for while somebody waits."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from pydantic import TypeAdapter

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import jobs, stored_plans
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.organizations import existing
from app.services.stored_plans import PlanRequest
from app.storage import claims
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
    stored_plans.check(store, caller, organization, analysis_id, request)
    with store.writing(caller.workspace) as tx:
        if (before := claims.earlier(tx, caller, once, StoredJob)) is not None:
            return before
        said = {"analysis": analysis_id, "request": TypeAdapter(PlanRequest).dump_python(request, mode="json")}
        asked = jobs.ask(tx, caller, KIND, said, now, organization=existing(tx, caller, organization))
        claims.keep(tx, caller, once, asked)
        return asked


def is_big(store: Database, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> bool:
    """Whether the plan may take longer than ten seconds: it has no such limit, and the document is not small. Raises as `ask` does."""
    goals = stored_plans.check(store, caller, organization, analysis_id, request)
    return goals > MANY_GOALS and (request.time_limit_seconds or SHORT + 1) > SHORT


def work(run: Run) -> str:
    """Plan, and return the path of the plan."""
    assert run.organization is not None
    request = TypeAdapter(PlanRequest).validate_python(run.input["request"])
    analysis: str = run.input["analysis"]
    tell = partial(_tell, run)
    made = stored_plans.run(
        run.store, run.caller, run.organization, analysis, request, run.now, progress=tell, once=run.claim
    )
    return made.path


def _tell(run: Run, made: int, most: int) -> None:
    """Note how many runs of the engine were made. Raises Lost."""
    run.progress(made, most, "runs")
