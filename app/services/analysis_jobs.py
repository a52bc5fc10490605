"""Analyses as jobs: for those who do not want to wait, and for documents that take longer than anybody waits."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import analyses, jobs
from app.services.analyses import AnalysisRequest, subject_of
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.organizations import existing
from app.storage import claims
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

KIND = "analysis"

MANY_GOALS = {True: 200, False: 600}
"""KPIs and components together that are analysed well within ten seconds, with recommendations and without."""


def ask(
    store: Database,
    caller: Caller,
    organization: str,
    request: AnalysisRequest,
    now: datetime,
    *,
    once: Claim | None = None,
) -> StoredJob:
    """Ask for an analysis. Raises Missing."""
    with store.writing(caller.workspace) as tx:
        if (before := claims.earlier(tx, caller, once, StoredJob)) is not None:
            return before
        row = existing(tx, caller, organization)
        subject_of(tx, row, request)
        asked = ask_in(tx, caller, row, request, now)
        claims.keep(tx, caller, once, asked)
        return asked


def ask_in(
    tx: Transaction, caller: Caller, organization: Organization, request: AnalysisRequest, now: datetime
) -> StoredJob:
    """The same within a transaction that is open."""
    said = TypeAdapter(AnalysisRequest).dump_python(request, mode="json")
    return jobs.ask(tx, caller, KIND, said, now, organization=organization)


def is_big(store: Database, caller: Caller, organization: str, request: AnalysisRequest) -> bool:
    """Whether the analysis may take longer than ten seconds. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        raw = subject_of(tx, existing(tx, caller, organization), request).raw
    goals = len(raw.get("kpis", ())) + sum(len(plan.get("components", ())) for plan in raw.get("incentive_plans", ()))
    return goals > MANY_GOALS[request.with_recommendations]


def work(run: Run) -> str:
    """Analyse, and return the path of the analysis."""
    assert run.organization is not None
    request = TypeAdapter(AnalysisRequest).validate_python(run.input)
    run.progress(0, 1, "analyses")
    made = analyses.run(run.store, run.caller, run.organization, request, run.now, once=run.claim)
    return f"/v1/organizations/{run.organization}/analyses/{made.id}"
