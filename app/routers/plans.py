"""`/v1/organizations/{org}/analyses/{analysis_id}/plan`, `…/plans`: the few changes that clear the most, under constraints."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.faults import Fault, invalid
from app.domain.terms import Language
from app.services import plan_jobs, stored_plans
from app.services.plan_requests import PlanRequest
from app.services.schemas.scenarios import ListedPlan, OptimisedPlan, PlanToMake
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import READS, RETRIED, answers, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import HeavyWriter, Reader
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.prefer import Preferred, Work, accepts, now_or_by_job
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.told import Told
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/analyses/{analysis_id}", "plans")

Share = Annotated[float, Field(ge=0, le=1, strict=True)]
MOST_NAMES = 500


class Amount(Members):
    """Money in the organization's currency."""

    amount: str | int | float
    currency: Annotated[str, Field(max_length=3)] | None = None


class PlanBody(Members):
    """What a plan has to keep to."""

    max_changes: Annotated[int, Field(ge=0, le=50, strict=True)] = 5
    freeze: list[str] = Field(default=[], max_length=MOST_NAMES)
    min_weight: Share = 0.0
    max_weight: Share = 1.0
    budget: Amount | None = None
    max_measures: Annotated[int, Field(ge=1, le=2000, strict=True)] | None = None
    must_go: list[str] = Field(default=[], max_length=MOST_NAMES)
    allow: list[Literal["claims", "removals", "target_pay"]] = Field(default=[])
    time_limit_seconds: Annotated[float, Field(ge=0.1, le=3600, strict=True)] | None = None


class PlanParameters(WriteParameters, Told):
    """Whether the plan is to be kept, and in which language it is told."""


class PlanListParameters(Created, StoredListParameters):
    """How plans are ordered."""

    sort: Annotated[list[Literal["created_at", "-created_at", "severity_after", "-severity_after"]], COMMAS] = SORT


@router.post(
    "/plan",
    operation_id="make_plan",
    responses=saves(OptimisedPlan, "The plan.") | accepts() | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(PlanToMake), TEXTS, "What it has to keep to.", required=False),
)
async def make_plan(
    org: str,
    analysis_id: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[PlanParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    preference: Preferred,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Plan the few changes that clear the most.

    For the document that an analysis looked at, as of its day. Every figure is what the engine found in the changed document; `front` has
    the best that was found for each smaller number of changes, whose steps can be put into scenarios. Where no plan keeps the
    constraints, `blockers` names the fewest without which there is one, and nothing is changed.

    Hundreds of runs of the engine go into a plan. Documents that take longer than ten seconds are planned for by a job, which tells its
    progress in runs and can be cancelled; with `time_limit_seconds` the best so far is the answer, and up to ten seconds are waited for.
    """
    said = members_of(body, PlanBody) if body.data.strip() else PlanBody()
    request = request_of(said, answer.context.language)
    of, dry_run = (store, caller, org, analysis_id, request), asked.dry_run
    work = Work(
        is_big=partial(plan_jobs.is_big, *of),
        ask=partial(plan_jobs.ask, *of, now, once=once),
        run=partial(stored_plans.run, *of, now, most_goals=most_goals, once=once, dry_run=dry_run),
        found=partial(stored_plans.get, store, caller, org, analysis_id),
    )
    made = partial(stored.made, answer, dry_run=dry_run)
    return await now_or_by_job(answer, store, caller, preference, once, turns, work, made, dry_run=dry_run)


@router.get("/plans", operation_id="list_plans", responses=answers_list(ListedPlan, "Plans.") | problems(NOT_FOUND))
def list_plans(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[PlanListParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the plans for an analysis, the newest first unless another order is asked for."""
    found = stored_plans.listed(store, caller, org, wanted(answer, asked, caller, ListedPlan), analysis=analysis_id)
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.get(
    "/plans/{plan_id}", operation_id="get_plan", responses=answers(OptimisedPlan, "The plan.") | problems(NOT_FOUND)
)
def get_plan(
    org: str,
    analysis_id: str,
    plan_id: str,
    caller: Reader,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show a plan. It never changes, and is told in the language in which it was asked for."""
    found = stored_plans.get(store, caller, org, analysis_id, plan_id)
    return stored.one(answer, found.shown, found.tag)


def request_of(said: PlanBody, language: Language) -> PlanRequest:
    """What is asked for, told in a language. Raises DocumentInvalid for an amount that is none."""
    budget = said.budget
    return PlanRequest(
        max_changes=said.max_changes,
        freeze=tuple(said.freeze),
        min_weight=said.min_weight,
        max_weight=said.max_weight,
        budget=None if budget is None else _amount(budget.amount),
        currency=None if budget is None else budget.currency,
        max_measures=said.max_measures,
        must_go=tuple(said.must_go),
        allow=tuple(sorted(set(said.allow))),
        time_limit_seconds=said.time_limit_seconds,
        language=language,
    )


def _amount(said: Any) -> str:
    """An amount as a decimal text. Raises DocumentInvalid for what is none, or is negative."""
    try:
        amount = Decimal(str(said))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount > 10**15 or amount != round(amount, 4):
        raise invalid([Fault(("budget", "amount"), "wrong_type", said, "amount")])
    return f"{amount:f}"
