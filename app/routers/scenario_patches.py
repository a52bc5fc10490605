"""`/v1/organizations/{org}/scenarios/{scenario_id}/patches`: put a patch on top of a scenario."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.routers.scenario_bodies import NewPatch, saved, sent_patch
from app.services import scenarios
from app.services.scenario_patches import changes_of
from app.services.schemas.scenarios import PatchToAdd, Scenario
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import RETRIED, WRITES, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Writer
from app.web.members import members_of
from app.web.operations import operations
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_problem_types import PRECONDITION_FAILED, WRONG_STATE
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/scenarios", "scenarios")


@router.post(
    "/{scenario_id}/patches",
    operation_id="add_scenario_patch",
    responses=saves(Scenario, "The scenario as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, PRECONDITION_FAILED, *WRITES),
    openapi_extra=reads(refer(PatchToAdd), TEXTS, "A JSON Patch, or a step of a plan."),
)
def add_scenario_patch(
    org: str,
    scenario_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Put a patch on top of a scenario's stack.

    A JSON Patch on the scenario's document, or a step of a plan's front (`plan` and `step`), which comes as one patch for each of its
    changes. It must lead to a valid document. `If-Match` may name the scenario's state.
    """
    sent = sent_patch(members_of(body, NewPatch), ())
    made = scenarios.add_patches(
        store,
        caller,
        org,
        scenario_id,
        lambda tx, of, top: changes_of(tx, of, top, sent),
        now,
        condition,
        once=once,
        dry_run=asked.dry_run,
    )
    return saved(answer, made, asked, once)
