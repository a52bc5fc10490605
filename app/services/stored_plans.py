"""Plans for stored analyses: the optimiser's few changes under constraints, kept with the patches of every step of their front."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.document import Document
from app.domain.document_checks import document_from
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.optimise import optimise, task_of
from app.domain.optimise_constraints import Allowed, Constraints
from app.domain.pages import Found, Wanted
from app.domain.plan_steps import steps_of
from app.domain.policy import Policy
from app.domain.stored_form import Raw
from app.domain.terms import Language
from app.reports.json_plan import plan_as_json
from app.services import rules_in_force
from app.services.analyses import document_of, existing_analysis
from app.services.audits import check_size
from app.services.grants import grant_from
from app.services.organizations import existing
from app.storage import audit_events, claims, findings, plans
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.plans import PlanRow
from app.storage.workspace import Transaction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan has to keep to, as the API reads it, and the language in which it is told."""

    max_changes: int = 5
    freeze: tuple[str, ...] = ()
    min_weight: float = 0.0
    max_weight: float = 1.0
    budget: str | None = None
    currency: str | None = None
    max_measures: int | None = None
    must_go: tuple[str, ...] = ()
    allow: tuple[Allowed, ...] = ()
    time_limit_seconds: float | None = None
    language: Language = "en"

    @property
    def constraints(self) -> Constraints:
        """The same for the optimiser."""
        return Constraints(
            max_changes=self.max_changes,
            frozen=self.freeze,
            least_weight=self.min_weight,
            most_weight=self.max_weight,
            budget=None if self.budget is None else float(self.budget),
            most_measures=self.max_measures,
            allowed=frozenset(self.allow),
            must_go=self.must_go,
        )

    @property
    def shown(self) -> Json:
        """The same as the API shows it."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, ()) and name != "language"}
        currency = said.pop("currency", None)
        if "budget" in said:
            said["budget"] = {"amount": said["budget"], **({"currency": currency} if currency else {})}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan. `body`: all that the optimiser answered, as JSON values, None in lists."""

    organization: str
    id: str
    analysis_id: str
    created_at: datetime
    created_by: str
    language: Language
    constraints: dict[str, Any]
    change_count: int
    severity_before: float
    severity_after: float
    body: dict[str, Any] | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return self.id

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
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, StoredPlan)) is not None:
            return before
        task = _task(tx, caller, organization, analysis_id, request)
    if most_goals is not None:
        check_size(task.document, most_goals)
    computed = _computed(task, request, progress)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPlan)) is not None:
            return before
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        own = {"id": new_id("pln", now), "analysis_id": analysis_id, "created_at": now, "created_by": caller.actor}
        row = tx.add(PlanRow(**{"workspace_id": tx.workspace, "organization_id": of.id, **own, **computed}))
        made = _stored(organization, row, json.loads(row.body))
        audit_events.record(tx, caller, at=now, action="plan.completed", target=made.path.removeprefix("/v1/"))
        claims.keep(tx, caller, once, made)
        return made


def check(store: Database, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> int:
    """How many KPIs and components the document has for which a plan is wanted. Raises as `run` does before it begins."""
    with store.reading(caller.workspace) as tx:
        document = _task(tx, caller, organization, analysis_id, request).document
    return len(document.kpis) + sum(len(plan.components) for plan in document.incentive_plans)


def get(store: Database, caller: Caller, organization: str, analysis_id: str, id_: str) -> StoredPlan:
    """A plan for an analysis. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        row = plans.plan(tx, of.id, id_)
        if row is None or row.analysis_id != analysis_id:
            raise Missing("plan", id_)
        return _stored(organization, row, json.loads(row.body))


def listed(store: Database, caller: Caller, organization: str, analysis_id: str, wanted: Wanted) -> Found[StoredPlan]:
    """A page of the plans for an analysis. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        existing_analysis(tx, of, analysis_id)
        found = plans.listed(tx, of.id, wanted, analysis_id=analysis_id)
        return found.of(lambda row: _stored(organization, row))


def of_organization(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredPlan]:
    """A page of the plans for all analyses of the organization. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        return plans.listed(tx, of.id, wanted).of(lambda row: _stored(organization, row))


def with_steps(store: Database, caller: Caller, organization: str, id_: str) -> WholePlan:
    """A plan for any analysis of the organization, and what each point of its front changes. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = plans.plan(tx, of.id, id_)
        if row is None:
            raise Missing("plan", id_)
        steps = {step["count"]: tuple(step["patches"]) for step in json.loads(row.steps)}
        return WholePlan(_stored(organization, row, json.loads(row.body)), steps)


def _task(tx: Transaction, caller: Caller, organization: str, analysis_id: str, request: PlanRequest) -> _Task:
    of = existing(tx, caller, organization)
    analysis = existing_analysis(tx, of, analysis_id)
    raw = document_of(tx, of, analysis)
    document = document_from(raw, catalogue())
    known = findings.open_fingerprints(tx, of.id, analysis_id)
    _check(request, document, known)
    waivers = tuple(grant_from(said) for said in analysis.waivers)
    policy = Policy(grants=waivers, rulebook=rules_in_force.kept(tx, of, analysis_id).book())
    return _Task(raw, document, date.fromisoformat(analysis.as_of), policy)


def _check(request: PlanRequest, document: Document, known: Mapping[str, object]) -> None:
    """Raise DocumentInvalid for constraints that name what is not there, or contradict each other."""
    faults = []
    keys, fingerprints = names_in(document), tuple(known)
    for place, key in enumerate(request.freeze):
        if key not in keys:
            faults.append(Fault(("freeze", place), "unknown_part", key, options=keys))
    for place, fingerprint in enumerate(request.must_go):
        if fingerprint not in known:
            faults.append(Fault(("must_go", place), "unknown_finding", fingerprint, options=fingerprints))
    if request.min_weight > request.max_weight:
        bound = {"bound": str(request.max_weight)}
        faults.append(Fault(("min_weight",), "too_large", request.min_weight, "at_most", details=bound))
    currency = document.organization.currency
    if request.currency is not None and request.currency != currency:
        options = (currency,) if currency else ()
        details = {"values": currency or "—"}
        faults.append(Fault(("budget", "currency"), "not_one_of", request.currency, "one_of", options, details))
    if faults:
        raise invalid(faults)


def names_in(document: Document) -> frozenset[str]:
    """The keys of what can be kept as it is: departments, KPIs, incentive plans and components."""
    departments = (one.key for one in document.departments)
    kpis = (one.key for one in document.kpis)
    plans_ = (one.key for one in document.incentive_plans)
    components = (component.key for one in document.incentive_plans for component in one.components)
    return frozenset((*departments, *kpis, *plans_, *components))


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
        "body": json_text(said).encode(),
    }


def _stored(organization: str, row: Any, body: Json | None = None) -> StoredPlan:
    members = (name for name in StoredPlan.__dataclass_fields__ if name not in ("organization", "body"))
    return StoredPlan(organization=organization, **{name: getattr(row, name) for name in members}, body=body)
