"""`/v1/rule-analyses`: a set of rules in, what is wrong with it out; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.domain.terms import Language
from app.exchange.read import read
from app.reports.canonical_json import written as as_bytes
from app.services import rule_sets
from app.services.audits import check_size, located
from app.services.schemas.rule_set import RuleSetAnalysis, RuleSetToAnalyse
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, Body, TextBody
from app.web.clock import Today
from app.web.documented import READS, answers, problems, reads, refer
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.turns import InTurn, MostGoals

router = operations("/v1/rule-analyses", "rules", scope="read", heavy=True)


class RuleAnalysisParameters(Parameters):
    """As of when, in which language."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )
    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")


@router.post(
    "",
    operation_id="analyse_rules",
    responses=answers(RuleSetAnalysis, "What is to be said of the rules.", kept=False) | problems(*READS),
    openapi_extra=reads(
        refer(RuleSetToAnalyse), TEXTS, "Rules of one's own and, if they are for one, an organization."
    ),
)
async def analyse_rules(
    asked: Annotated[RuleAnalysisParameters, Query()],
    body: TextBody,
    answer: JsonAnswer,
    turns: InTurn,
    most_goals: MostGoals,
    today: Today,
) -> Response:
    """Analyse a set of rules.

    Says of one's own rules, beside the built-in ones, which can never fire, always fire, are covered by another, or report the same as
    another at a different level; for an organization also which ask for words that it does not have, and which wait for what its document
    does not tell. Each remark says whether it was proved by reasoning or only never contradicted by a sample. `coverage` counts rule by
    department. Of rules named under `explain`, matches, near misses and what cannot be judged are told, each with what decided.
    """
    day, language = asked.as_of or today, answer.context.language
    return answer.computed(await turns.run(_analysed, body, day, language, most_goals))


def _analysed(body: Body, as_of: date, language: Language, most_goals: int) -> bytes:
    source = read(body.data, "body", body.kind or "json")
    with located(source):
        rule_set = rule_sets.written(source.raw)
        if rule_set.document is not None:
            check_size(rule_set.document, most_goals)
    return as_bytes(rule_sets.analyse(rule_set, as_of).as_json(language))
