"""`/v1/organizations/{org}/facts/{fact_kind_id}`: what rules read of an organization."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.services import organization_facts
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.clock import Today
from app.web.documented import answers, problems
from app.web.identity import HeavyReader
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import Store
from app.web.turns import InTurn, MostGoals

router = operations("/v1/organizations/{org}/facts", "fact-kinds")


class FactRowShown(BaseModel):
    """A row: what it is about, by key and by name, and its columns; null is missing."""

    subjects: list[dict[str, str]]
    names: dict[str, str]
    facts: dict[str, Any]


class OrganizationFacts(BaseModel):
    """The rows of a fact kind; `total` counts all of them, the first 200 are shown."""

    fact_kind: str
    as_of: Day
    total: Annotated[int, Field(ge=0)]
    rows: list[FactRowShown]


class FactsParameters(Parameters):
    """As of when."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )


@router.get(
    "/{fact_kind_id}",
    operation_id="get_organization_facts",
    responses=answers(OrganizationFacts, "The rows.", kept=False)
    | problems(NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def get_organization_facts(
    org: str,
    fact_kind_id: str,
    caller: HeavyReader,
    asked: Annotated[FactsParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Show what rules read of an organization.

    One row for each thing that rules of that kind look at, as its document stands: real examples for whoever writes a rule.
    """
    as_of = asked.as_of or today
    found = await turns.run(organization_facts.facts, store, caller, org, fact_kind_id, as_of, most_goals=most_goals)
    return answer.computed(stored.written(found))
