"""`/v1/organizations/{org}/rule-settings`: rules that an organization switches off, grades or tunes otherwise, with reasons."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.services import rule_settings
from app.services.schemas.rule import RuleSettings
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody, source_of
from app.web.clock import Now
from app.web.documented import CONDITIONAL, WRITES, answers, problems, reads, refer, saves
from app.web.identity import Reader, Writer
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/rule-settings", "rules")


@router.get(
    "",
    operation_id="get_rule_settings",
    responses=answers(RuleSettings, "What the organization sets otherwise.") | problems(NOT_FOUND),
)
def get_rule_settings(
    org: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show which rules an organization sets otherwise."""
    found = rule_settings.get(store, caller, org)
    return stored.one(answer, found.shown, found.tag)


@router.put(
    "",
    operation_id="put_rule_settings",
    responses=saves(RuleSettings, "The settings as they are now.", creates=False)
    | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(RuleSettings), TEXTS, "By the id of the rule: `level`, `params`, `reason`."),
)
def put_rule_settings(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Switch rules off, grade their findings otherwise, or set their parameters, each with a reason.

    The next analysis goes by it. The reason stands wherever it matters: with the findings, with the settings in force, and with the rules
    that were not run. Rules that are not named hold as they are.
    """
    said = source_of(body).raw
    made = rule_settings.replace(store, caller, org, said, now, condition, dry_run=asked.dry_run)
    return stored.saved(answer, made.shown, made.tag, dry_run=asked.dry_run)
