"""`/v1/rule-packs`: rules that are versioned together."""

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

router = operations("/v1/rule-packs", "rule-packs", scope="read")


class RulePack(Shown):
    """Rules that are versioned together, by id."""

    id: str
    version: str
    rules: list[str]


class RulePackParameters(ListParameters):
    """How rule packs are searched and ordered."""

    sort: Annotated[list[Literal["id", "-id"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _rule_packs() -> Sequence[Mapping[str, Any]]:
    return [RulePack.of(pack) for pack in knowledge.rule_packs().values()]


RULE_PACKS = Collection("/v1/rule-packs", _rule_packs, ("id", "rules"), knowledge.rule_pack)


@router.get("", operation_id="list_rule_packs", responses=answers_list(RulePack, "Rule packs."))
def list_rule_packs(asked: Annotated[RulePackParameters, Query()], answer: JsonAnswer) -> Response:
    """List rule packs."""
    return listed(RULE_PACKS, asked, answer)


@router.get(
    "/{pack_id}", operation_id="get_rule_pack", responses=answers(RulePack, "The rule pack.") | problems(NOT_FOUND)
)
def get_rule_pack(pack_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a rule pack."""
    return answer.json(RULE_PACKS.one(pack_id))
