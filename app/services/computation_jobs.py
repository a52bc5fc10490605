"""Computations as jobs: asked for with what each is to be made of, and read again by the worker who makes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from app.domain.access import Caller
from app.domain.claims import Claim
from app.services import jobs
from app.services.job_runs import Run
from app.services.jobs import StoredJob
from app.services.organizations import existing
from app.storage import claims
from app.storage.database import Database

R = TypeVar("R")


def ask(
    store: Database,
    caller: Caller,
    kind: str,
    organization: str,
    analysis_id: str,
    request: Any,
    now: datetime,
    *,
    once: Claim | None = None,
) -> StoredJob:
    """Ask for a job of that kind about an analysis; `request`: a frozen value of what is wanted. Raises Missing."""
    with store.writing(caller.workspace) as tx:
        if (before := claims.earlier(tx, caller, once, StoredJob)) is not None:
            return before
        said = {"analysis": analysis_id, "request": TypeAdapter(type(request)).dump_python(request, mode="json")}
        asked = jobs.ask(tx, caller, kind, said, now, organization=existing(tx, caller, organization))
        claims.keep(tx, caller, once, asked)
        return asked


def asked(run: Run, kind: type[R]) -> tuple[str, str, R]:
    """The organization and the analysis that a job is about, and what is wanted."""
    assert run.organization is not None
    return run.organization, run.input["analysis"], TypeAdapter(kind).validate_python(run.input["request"])
