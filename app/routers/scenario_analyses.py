"""`/v1/organizations/{org}/scenarios/{scenario_id}/analyses`: the document that a scenario makes, analysed."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.routers.analyses import made_of
from app.services import analyses, analysis_jobs
from app.services.analyses import AnalysisRequest
from app.services.schemas.analyses import ListedAnalysis
from app.services.schemas.analyses import StoredAnalysis as AnalysisShown
from app.services.schemas.scenarios import ScenarioAnalysisToRun
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import READS, RETRIED, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import HeavyWriter, Reader
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.prefer import Preferred, Work, accepts, now_or_by_job
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/scenarios", "scenarios")


class ScenarioAnalysisBody(Members):
    """How a scenario is to be analysed."""

    as_of: Day | None = None
    with_recommendations: Annotated[bool, Field(strict=True)] = True


class ScenarioAnalysisParameters(Created, StoredListParameters, Told):
    """How analyses of a scenario are filtered and ordered."""

    aside = frozenset(("lang",))

    sort: Annotated[list[Literal["created_at", "-created_at", "as_of", "-as_of"]], COMMAS] = SORT


class ScenarioRunParameters(WriteParameters, Told):
    """The day on which the scenario is looked at wins over the member of the body."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )


@router.post(
    "/{scenario_id}/analyses",
    operation_id="run_scenario_analysis",
    responses=saves(AnalysisShown, "The analysis that was made.") | accepts() | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(ScenarioAnalysisToRun), TEXTS, "How it is to be analysed.", required=False),
)
async def run_scenario_analysis(
    org: str,
    scenario_id: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[ScenarioRunParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    preference: Preferred,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Analyse the document that a scenario makes.

    The analysis is kept among those of the organization, marked with its `scenario`. Conflicts over time, and the index of the model over
    time, take no note of it. `Prefer: respond-async` has it done by a job.
    """
    said = members_of(body, ScenarioAnalysisBody) if body.data.strip() else ScenarioAnalysisBody()
    request = AnalysisRequest(asked.as_of or said.as_of, None, said.with_recommendations, scenario_id)
    of, dry_run = (store, caller, org, request), asked.dry_run
    work = Work(
        is_big=partial(analysis_jobs.is_big, *of),
        ask=partial(analysis_jobs.ask, *of, now, once=once),
        run=partial(analyses.run, *of, now, most_goals=most_goals, once=once, dry_run=dry_run),
        found=partial(analyses.get, store, caller, org),
    )
    shown = partial(made_of, answer, org, dry_run=dry_run)
    return await now_or_by_job(answer, store, caller, preference, once, turns, work, shown, dry_run=dry_run)


@router.get(
    "/{scenario_id}/analyses",
    operation_id="list_scenario_analyses",
    responses=answers_list(ListedAnalysis, "Analyses.") | problems(NOT_FOUND),
)
def list_scenario_analyses(
    org: str,
    scenario_id: str,
    caller: Reader,
    asked: Annotated[ScenarioAnalysisParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the analyses of a scenario, oldest first unless another order is asked for."""
    found = analyses.listed(store, caller, org, wanted(answer, asked, caller, ListedAnalysis), scenario=scenario_id)
    return in_language(page(answer, asked, caller, found.of(lambda one: one.listed(answer.context.language))), answer)
