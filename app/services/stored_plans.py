"""Plans for stored analyses: the optimiser's few changes under constraints, kept with the patches of every step of their front."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.instants import written
from app.domain.optimise import optimise, task_of
from app.domain.pages import Found, Wanted
from app.domain.plan_steps import steps_of
from app.domain.policy import Policy
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.reports.json_plan import plan_as_json
from app.services import computations, rules_in_force
from app.services.analyses import document_of, existing_analysis
from app.services.audits import check_size, goal_count
from app.services.computations import Computation, Kind
from app.services.grants import grant_from
from app.services.organizations import existing
from app.services.plan_requests import PlanRequest, check
from app.storage import findings, plans
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan(Computation):
    """A plan; its `body` is all that the optimiser answered."""

    analysis_id: str
    language: Language
    constraints: Json
    change_count: int
    severity_before: float
    severity_after: float

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/analyses/{self.analysis_id}/plans/{self.id}"

    @property
    def shown(self) -> Mapping[str, Any]:
        """It as the API shows it."""
        return {
            "id": self.id,
            "analysis": self.analysis_id,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "language": self.language,
            "constraints": self.constraints,
            "change_count": self.change_count,
            "severity": {"before": self.severity_before, "after": self.severity_after},
            **(self.body or {}),
        }


PLANS = Kind(StoredPlan, plans.LISTING, "plan", "pln", "plan.completed", "analysis_id", existing_analysis)


class WholePlan(NamedTuple):
    """A plan, and by the number of its changes what each point of its front changes, each with its `title` and `patch`."""

    plan: StoredPlan
    steps: Mapping[int, tuple[Json, ...]]


class _Task(NamedTuple):
    """What a plan is made for: the document of an analysis, as it was looked at, by the rules that it ran."""

    raw: Raw
    document: Document
    as_of: date
    policy: Policy


def run(
    store: Database,
    caller: Caller,
    organization: str,
    analysis_id: str,
    request: PlanRequest,
    now: datetime,
    *,
    most_goals: int | None = None,
    progress: Callable[[int, int], None] = lambda made, most: None,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPlan:
    """Plan for the document of an analysis, and keep what comes of it. No transaction is open while the optimiser works.

    `progress` is told how many runs were made, of how many at most. Raises Missing, and DocumentInvalid for constraints that name what is
    not there, or, as too large, for a document with more than `most_goals` KPIs and components.
    """

    def compute() -> Json:
        task = _task(store, caller, organization, analysis_id, request)
        if most_goals is not None:
            check_size(task.document, most_goals)
        return _computed(task, request, progress)

    return computations.run(store, caller, PLANS, organization, analysis_id, compute, now, once=once, dry_run=dry_run)


def goals_of(store: Database, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> int:
    """How many KPIs and components the document has for which a plan is wanted. Raises as `run` does before it begins."""
    return goal_count(_task(store, caller, organization, analysis_id, request).document)


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredPlan:
    """A plan for an analysis. Raises Missing."""
    return computations.get(store, caller, PLANS, organization, id_, about=analysis_id)


def listed(
    store: Database, caller: Caller, organization: str, wanted: Wanted, *, analysis: str | None = None
) -> Found[StoredPlan]:
    """A page of the plans for an analysis, or for all analyses of the organization. Raises Missing."""
    return computations.listed(store, caller, PLANS, organization, wanted, about=analysis)


def with_steps(store: Database, caller: Caller, organization: str, id_: str) -> WholePlan:
    """A plan for any analysis of the organization, and what each point of its front changes. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return existing_plan(tx, existing(tx, caller, organization), id_)


def existing_plan(tx: Transaction, of: Organization, id_: str) -> WholePlan:
    """The same, within a transaction. Raises Missing."""
    row = computations.existing_row(tx, of, PLANS, id_)
    steps = {step["count"]: tuple(step["patches"]) for step in json.loads(row.steps)}
    return WholePlan(computations.whole(PLANS, of.key, row), steps)


def _task(store: Database, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> _Task:
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        analysis = existing_analysis(tx, of, analysis_id)
        raw, rules = document_of(tx, of, analysis), rules_in_force.kept(tx, of, analysis_id)
        fingerprints = findings.open_fingerprints(tx, of.id, analysis_id)
    document = document_from(raw, catalogue())
    check(request, document, fingerprints)
    policy = Policy(grants=tuple(grant_from(said) for said in analysis.waivers), rulebook=rules.book())
    return _Task(raw, document, date.fromisoformat(analysis.as_of), policy)


def _computed(task: _Task, request: PlanRequest, progress: Callable[[int, int], None]) -> Json:
    """The members of a plan's row that come of the optimiser."""
    end = math.inf if request.time_limit_seconds is None else time.monotonic() + request.time_limit_seconds
    known, constraints = catalogue(), request.constraints
    plan = optimise(
        task.document,
        task.raw,
        known,
        as_of=task.as_of,
        constraints=constraints,
        policy=task.policy,
        language=request.language,
        seconds=lambda: end - time.monotonic(),
        progress=progress,
    )
    pool = task_of(task.document, task.raw, known, task.as_of, constraints, task.policy)
    steps = steps_of(plan, pool, request.language)
    kept = [
        {"count": count, "patches": [{"title": one.title, "patch": list(one.patch)} for one in step]}
        for count, step in sorted(steps.items())
    ]
    said = plan_as_json(plan)
    severity = said.pop("severity")
    return {
        "language": request.language,
        "constraints": request.shown,
        "change_count": len(plan.changes),
        "severity_before": severity["before"],
        "severity_after": severity["after"],
        "steps": json_text(kept).encode(),
        "body": said,
    }
