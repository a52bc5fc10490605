"""`/v1/organizations/{org}/scenarios/{scenario_id}/compare/{other}`: a scenario beside the model, or beside another scenario."""

from __future__ import annotations

from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.services import scenario_comparisons
from app.services.schemas.scenarios import ScenarioComparison
from app.web.answers import JsonAnswer
from app.web.clock import Now
from app.web.documented import answers, problems
from app.web.identity import HeavyReader
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import CACHE, Store
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals

router = operations("/v1/organizations/{org}/scenarios", "scenarios")


class ScenarioComparisonParameters(Told):
    """As of when, and how much is listed."""

    as_of: Day | None = Field(default=None, description="The day on which both are looked at; today (UTC) by default.")
    include: Annotated[list[Literal["unchanged"]], COMMAS] = Field(
        default=[], description="`unchanged`: findings that are as they were are listed, too."
    )


@router.get(
    "/{scenario_id}/compare/{other}",
    operation_id="compare_scenario",
    responses=answers(ScenarioComparison, "What the scenario has that the other has not.")
    | problems(NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def compare_scenario(
    org: str,
    scenario_id: str,
    other: str,
    caller: HeavyReader,
    asked: Annotated[ScenarioComparisonParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Compare a scenario with the model, or with another scenario.

    `other` is what it is compared with: `model`, the document as it stands; `base`, the revision that the scenario stands on; or the id
    of another scenario. Both are analysed as of a day: findings that are new, worse, better and fixed, the alignment index, pay that
    moves role by role, and for each role whose incentive plan is another its payout curve and effective weights before and after.
    """
    found = await run_sync(scenario_comparisons.sides, store, caller, org, scenario_id, other)
    compared = await turns.run(
        scenario_comparisons.compared,
        found,
        answer.context.language,
        asked.as_of or now.date(),
        with_unchanged="unchanged" in asked.include,
        most_goals=most_goals,
    )
    return in_language(answer.json(compared, {"Cache-Control": CACHE}), answer)
