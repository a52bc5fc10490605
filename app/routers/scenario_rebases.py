"""`/v1/organizations/{org}/scenarios/{scenario_id}/rebase`, `…/promote`: a scenario brought to the model, or made it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.routers.scenario_bodies import saved
from app.services import scenario_rebases
from app.services.scenario_rebases import Choice
from app.services.schemas.scenarios import PromotedScenario, Rebase, RebaseToMake, Scenario
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, RETRIED, WRITES, answers, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import CACHE, Store
from app.web.stored_problem_types import CLASHING, WRONG_STATE
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/scenarios", "scenarios")


class SideOfConflict(Members):
    """Whose value stands at a place that both changed."""

    pointer: Annotated[str, Field(max_length=2000)]
    take: Literal["scenario", "model"]


class Choices(Members):
    """A choice for each conflict."""

    choices: list[SideOfConflict] = Field(default=[])


@router.get(
    "/{scenario_id}/rebase",
    operation_id="preview_rebase",
    responses=answers(Rebase, "What it would come to.") | problems(NOT_FOUND),
)
def preview_rebase(
    org: str, scenario_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show what bringing a scenario to the model as it stands would come to.

    `conflicts` lists each place that both changed in different ways, with what stands in the revision which the scenario stands on, in the
    model and in the scenario. The weights of an incentive plan are one place, since they sum to one. `changes` is what the scenario then
    changes in the model, its own value being taken at each conflict.
    """
    return answer.json(dict(scenario_rebases.view(store, caller, org, scenario_id)), {"Cache-Control": CACHE})


@router.post(
    "/{scenario_id}/rebase",
    operation_id="rebase_scenario",
    responses=saves(Scenario, "The scenario on the newest revision.", creates=False)
    | problems(NOT_FOUND, CLASHING, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(RebaseToMake), TEXTS, "A choice for each conflict.", required=False),
)
def rebase_scenario(
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
    """Bring a scenario to the model as it stands.

    Each patch stays, with its author and note; what the model changed elsewhere stays as well. Where both changed the same in different
    ways somebody has to choose: without a choice for each conflict the answer is 409, and lists them.
    """
    said = members_of(body, Choices) if body.data.strip() else Choices()
    choices = [Choice(one.pointer, one.take) for one in said.choices]
    made = scenario_rebases.rebase(
        store, caller, org, scenario_id, choices, now, condition, once=once, dry_run=asked.dry_run
    )
    return saved(answer, made, asked, once)


@router.post(
    "/{scenario_id}/promote",
    operation_id="promote_scenario",
    responses=saves(PromotedScenario, "What it led to.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL),
)
def promote_scenario(
    org: str,
    scenario_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a scenario the model.

    The document becomes the scenario's, as one revision. `If-Match` names the scenario's state; where the model has moved since the
    revision that the scenario stands on, the answer is 409, and a rebase comes first. What is answered has the entity tag of the
    document.
    """
    made = scenario_rebases.promote(store, caller, org, scenario_id, now, condition, once=once, dry_run=asked.dry_run)
    shown = {
        "scenario": made.scenario.shown,
        "revision": made.revision,
        "content_hash": made.content_hash,
        "changes": list(made.changes),
        "patch": list(made.patch),
    }
    return stored.saved(answer, shown, made.tag, once=once, dry_run=asked.dry_run)
