"""`/v1/rules/{rule_id}/approve`, `…/activation`: own rules approved by a second person, let run, and retired."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import rule_activations
from app.services.schemas.rule import Rule, RuleActivation
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, RETRIED, WRITES, answers, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.members import Members, as_members, object_of
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_problem_types import PRECONDITION_FAILED, WRONG_STATE
from app.web.writes import WriteParameters

router = operations("/v1/rules/{rule_id}", "rules")


class ActivationBody(Members):
    """Which version is to be run; the newest, if none is named."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(default=None)


@router.post(
    "/approve",
    operation_id="approve_rule",
    responses=saves(Rule, "The rule, with who approved its newest version.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, PRECONDITION_FAILED),
)
def approve_rule(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Approve the newest version of a rule.

    Whoever wrote it cannot. `If-Match` says which state was looked at. Where the workspace asks for four eyes (`/v1/workspace-settings`), a
    version is activated only when it is approved.
    """
    made = rule_activations.approve(store, caller, rule_id, now, condition, once=once, dry_run=asked.dry_run)
    return stored.saved(answer, made.shown, made.tag, once=once, dry_run=asked.dry_run)


@router.get(
    "/activation",
    operation_id="get_rule_activation",
    responses=answers(RuleActivation, "The version that is run.") | problems(NOT_FOUND),
)
def get_rule_activation(
    rule_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show which version of an own rule analyses run; 404 for one that is not active."""
    rule, found = rule_activations.activation(store, caller, rule_id)
    return stored.one(answer, found, rule.tag)


@router.put(
    "/activation",
    operation_id="put_rule_activation",
    responses=saves(RuleActivation, "The version that is run.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(ActivationBody), TEXTS, "Which version; the newest, if none is named."),
)
def put_rule_activation(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Activate a version of a rule: the next analysis runs it.

    A version that was active before can be again, a retired rule as well. The entity tag is that of the rule.
    """
    said = as_members(object_of(body), ActivationBody)
    rule, made = rule_activations.activate(store, caller, rule_id, said.version, now, condition, dry_run=asked.dry_run)
    return stored.saved(answer, made, rule.tag, dry_run=asked.dry_run)


@router.delete(
    "/activation",
    operation_id="delete_rule_activation",
    status_code=204,
    responses=problems(NOT_FOUND, WRONG_STATE, *CONDITIONAL),
)
def delete_rule_activation(
    rule_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Retire a rule: analyses run it no more. It stays, with its versions, and can be activated again."""
    rule_activations.retire(store, caller, rule_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)
