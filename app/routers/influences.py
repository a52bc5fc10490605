"""`/v1/influences`: what moves what, how strongly, how soon, and how anybody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.terms import Evidence, Kind, Strength, Support
from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.words import Among, Sign, SourceDirection

router = operations("/v1/influences", "influences", scope="read")


class Influence(Shown):
    """An influence of one metric, family or lever on another. Days are typical, least and most.

    `source_direction` limits the movement for which it is claimed; sign `0` says that a study found none. `evidence` is the kind of study,
    `support` how directly it supports this influence; `counters` are the influences whose evidence it disputes.
    """

    id: str
    among: Among
    source: str
    target: str
    sign: Sign
    kind: Kind
    source_direction: SourceDirection
    strength: Strength
    lag_days: int
    lag_days_min: int
    lag_days_max: int
    evidence: Evidence
    support: Support
    citations: list[str]
    mechanism: str
    when: str | None = None
    contested: bool
    role: Literal["main", "counter"]
    counters: list[str]


class InfluenceParameters(ListParameters):
    """How influences are searched, filtered and ordered."""

    among: Annotated[list[Among], COMMAS] = Field(
        default=[], description="Among metrics (and levers) or among families."
    )
    source: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of metrics, levers or families.")
    target: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of metrics or families.")
    touches: Annotated[list[str], COMMAS] = Field(default=[], description="Ids that are source or target.")
    kind: Annotated[list[Kind], COMMAS] = Field(default=[], description="What kind of influence it is.")
    strength: Annotated[list[Strength], COMMAS] = Field(default=[], description="How strong it is.")
    evidence: Annotated[list[Evidence], COMMAS] = Field(default=[], description="The kind of study behind it.")
    citations: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of citations.")
    contested: Flag | None = Field(default=None, description="Whether studies disagree.")
    sort: Annotated[
        list[Literal["id", "-id", "source", "-source", "target", "-target", "lag_days", "-lag_days"]], COMMAS
    ] = Field(default=[], description="Members to order by, `-` before one for descending order.")


def _influences() -> Sequence[Mapping[str, Any]]:
    return [
        Influence.of(influence, among="families" if knowledge.is_of_families(influence) else "metrics")
        for influence in knowledge.influences().values()
    ]


INFLUENCES = Collection(
    "/v1/influences",
    _influences,
    ("id", "mechanism", "when"),
    knowledge.influence,
    looks_at={"touches": lambda influence: (influence["source"], influence["target"])},
)


@router.get("", operation_id="list_influences", responses=answers_list(Influence, "Influences."))
def list_influences(asked: Annotated[InfluenceParameters, Query()], answer: JsonAnswer) -> Response:
    """List influences.

    The arcs along which a push on one metric reaches another, each with its evidence and citations, or marked as judgement.
    """
    return listed(INFLUENCES, asked, answer)


@router.get(
    "/{influence_id}",
    operation_id="get_influence",
    responses=answers(Influence, "The influence.") | problems(NOT_FOUND),
)
def get_influence(influence_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show an influence. Ids hold `>` and `:`, percent-encoded in paths."""
    return answer.json(INFLUENCES.one(influence_id))
