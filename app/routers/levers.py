"""`/v1/levers`: design features of plans that act like the source of a movement."""

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
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.words import LeverCategory, Visible

router = operations("/v1/levers", "levers", scope="read")


class Lever(Shown):
    """A design feature that acts like the source of a movement when a plan has it.

    `functions` and `families`: the goals beside which it is met; `visible`: where it shows; `shown_by`: what a reader looks for.
    """

    id: str
    name: str
    name_de: str | None = None
    definition: str
    category: LeverCategory
    typical_owner: str
    aliases: list[str]
    functions: list[str]
    families: list[str]
    visible: Visible
    shown_by: str | None = None


class LeverParameters(ListParameters):
    """How levers are searched, filtered and ordered."""

    category: Annotated[list[LeverCategory], COMMAS] = Field(default=[], description="What kind of feature it is.")
    visible: Annotated[list[Visible], COMMAS] = Field(default=[], description="Where it shows.")
    sort: Annotated[list[Literal["id", "-id", "name", "-name", "category", "-category"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _levers() -> Sequence[Mapping[str, Any]]:
    return [Lever.of(lever) for lever in knowledge.levers().values()]


LEVERS = Collection("/v1/levers", _levers, ("id", "name", "name_de", "aliases", "definition"), knowledge.lever)


@router.get("", operation_id="list_levers", responses=answers_list(Lever, "Levers."))
def list_levers(asked: Annotated[LeverParameters, Query()], answer: JsonAnswer) -> Response:
    """List levers.

    Design features of incentive plans and targets from which influences start, as metrics are where others do.
    """
    return listed(LEVERS, asked, answer)


@router.get("/{lever_id}", operation_id="get_lever", responses=answers(Lever, "The lever.") | problems(NOT_FOUND))
def get_lever(lever_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a lever."""
    return answer.json(LEVERS.one(lever_id))
