"""`/v1/families`: archetypes of metrics, the fallback for KPIs that the catalogue lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.words import Gameability, MetricKind, Reap, Timing

router = operations("/v1/families", "families", scope="read")


class Family(Shown):
    """An archetype of metrics: a scale on which up means more of what `up_means` says. `cues` are words by which names give it away."""

    id: str
    name: str
    name_de: str | None = None
    definition: str
    up_means: str
    up_means_de: str | None = None
    reap: Reap
    kind: MetricKind
    timing: Timing
    horizon_days: int
    customer_outcome: bool
    gameability: Gameability
    gameability_how: str | None = None
    cues: list[str]
    adverse_cues: list[str]
    examples: list[str]


class FamilyParameters(ListParameters):
    """How families are searched, filtered and ordered."""

    kind: Annotated[list[MetricKind], COMMAS] = Field(default=[], description="What it measures.")
    reap: Annotated[list[Reap], COMMAS] = Field(default=[], description="What of a customer's life it is about.")
    customer_outcome: Flag | None = Field(default=None, description="Whether it is something that customers are owed.")
    sort: Annotated[list[Literal["id", "-id", "name", "-name", "horizon_days", "-horizon_days"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _families() -> Sequence[Mapping[str, Any]]:
    return [Family.of(family) for family in knowledge.families().values()]


FAMILIES = Collection(
    "/v1/families", _families, ("id", "name", "name_de", "definition", "examples", "cues"), knowledge.family
)


@router.get("", operation_id="list_families", responses=answers_list(Family, "Families."))
def list_families(asked: Annotated[FamilyParameters, Query()], answer: JsonAnswer) -> Response:
    """List families.

    Archetypes of metrics. A KPI that the catalogue lacks is reasoned about by its family, with less confidence.
    """
    return listed(FAMILIES, asked, answer)


@router.get("/{family_id}", operation_id="get_family", responses=answers(Family, "The family.") | problems(NOT_FOUND))
def get_family(family_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a family."""
    return answer.json(FAMILIES.one(family_id))
