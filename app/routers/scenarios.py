"""`/v1/organizations/{org}/scenarios`: what-ifs on the model, as stacks of patches; made, changed, put aside."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.read_only import without_read_only
from app.routers.scenario_bodies import (
    Id,
    LongText,
    Name,
    NewPatch,
    NewScenario,
    saved,
    sent_patch,
)
from app.services import scenarios
from app.services.kept_scenarios import WholeScenario
from app.services.scenario_patches import SentPatch
from app.services.scenarios import WantedPatch, WantedScenario
from app.services.schemas.scenarios import ListedScenario, PatchToKeep, Scenario, ScenarioToAdd, ScenarioToChange
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody
from app.web.clock import Now
from app.web.documented import (
    CONDITIONAL,
    RETRIED,
    WRITES,
    answers,
    answers_list,
    problems,
    reads,
    refer,
    refer_patch,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.members import Members, as_members, members_of, object_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.stored_problem_types import WRONG_STATE
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/scenarios", "scenarios")

refer(PatchToKeep)  # what it leaves out is not null, though a merge patch holds it


class StackedPatch(NewPatch):
    """A patch of the stack as it is to be."""

    id: Id | None = None
    author: Any = None
    added_at: Any = None
    source: Any = None


class ChangedScenario(Members):
    """What is to become of a scenario."""

    name: Name | None = None
    description: LongText | None = None
    patches: list[StackedPatch] | None = None


class ScenarioParameters(Created, Searched, StoredListParameters):
    """How scenarios are searched, filtered and ordered."""

    status: Annotated[list[Literal["open", "promoted", "discarded"]], COMMAS] = Field(
        default=["open", "promoted"], description="How they stand; those that were put aside are left out by default."
    )
    revision: Annotated[list[Annotated[int, Field(ge=1, le=2_147_483_647)]], COMMAS] = Field(
        default=[], description="Numbers of revisions that they stand on."
    )
    sort: Annotated[
        list[Literal["created_at", "-created_at", "updated_at", "-updated_at", "name", "-name", "id", "-id"]], COMMAS
    ] = SORT


@router.get(
    "", operation_id="list_scenarios", responses=answers_list(ListedScenario, "Scenarios.") | problems(NOT_FOUND)
)
def list_scenarios(
    org: str, caller: Reader, asked: Annotated[ScenarioParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List scenarios, the newest first unless another order is asked for."""
    found = scenarios.listed(store, caller, org, wanted(answer, asked, caller, ListedScenario))
    return page(answer, asked, caller, found.of(lambda one: one.listed))


@router.post(
    "",
    operation_id="add_scenario",
    responses=saves(Scenario, "The scenario.") | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *WRITES),
    openapi_extra=reads(refer(ScenarioToAdd), TEXTS, "The scenario."),
)
def add_scenario(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a scenario.

    It stands on a revision of the document, and stays on it whatever becomes of the model. Each patch is a JSON Patch on the document as
    the patches before it leave it, or a step of a plan, which comes as one patch for each of its changes; each must lead to a valid
    document.
    """
    said = members_of(body, NewScenario)
    sent = [sent_patch(one, ("patches", place)) for place, one in enumerate(said.patches)]
    made = scenarios.add(
        store, caller, org, said.name, said.description, said.revision, sent, now, once=once, dry_run=asked.dry_run
    )
    return saved(answer, made, asked, once, created=True)


@router.get(
    "/{scenario_id}",
    operation_id="get_scenario",
    responses=answers(Scenario, "The scenario.") | problems(NOT_FOUND),
)
def get_scenario(
    org: str, scenario_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a scenario: its stack, the document that it makes, and what that changes in the revision which it stands on.

    Those that were promoted or put aside can be looked at as well.
    """
    found = scenarios.get(store, caller, org, scenario_id)
    return stored.one(answer, found.shown, found.short.tag)


@router.patch(
    "/{scenario_id}",
    operation_id="patch_scenario",
    responses=saves(Scenario, "The scenario as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(ScenarioToChange), (MERGE_PATCH,), "What is to become of it."),
)
def patch_scenario(
    org: str,
    scenario_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Rename a scenario, or change its stack.

    `patches` is the whole stack as it is to be: patches that are there by their ids, in any order, with another `note` where one is
    given; new ones among them; those that are not named are taken out. What stays is carried over to what lies beneath it now. A patch
    that changes what only a patch brought which is gone is refused with 409, and a stack that leads to a document which is not valid with
    422.
    """
    raw = object_of(body)
    said = as_members({name: value for name, value in raw.items() if name not in _READ_ONLY}, ChangedScenario)
    clears = "description" in raw and said.description is None
    stack = None if said.patches is None else tuple(_wanted(one, n) for n, one in enumerate(said.patches))

    def asked_for(current: WholeScenario) -> WantedScenario:
        without_read_only(raw, current.shown, _READ_ONLY)
        return WantedScenario(said.name, "" if clears else said.description, stack)

    made = scenarios.change(
        store, caller, org, scenario_id, asked_for, now, condition, once=once, dry_run=asked.dry_run
    )
    return saved(answer, made, asked, once)


@router.delete(
    "/{scenario_id}",
    operation_id="discard_scenario",
    status_code=204,
    responses=problems(NOT_FOUND, WRONG_STATE, *CONDITIONAL),
)
def discard_scenario(
    org: str,
    scenario_id: str,
    caller: Writer,
    _: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Put a scenario aside.

    It leaves the list, and can still be read under its address, with its analyses; `POST …/restore` takes it up again.
    """
    scenarios.discard(store, caller, org, scenario_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


@router.post(
    "/{scenario_id}/restore",
    operation_id="restore_scenario",
    responses=saves(Scenario, "The scenario as it is now.", creates=False) | problems(NOT_FOUND, WRONG_STATE, *RETRIED),
)
def restore_scenario(
    org: str,
    scenario_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Take up a scenario again that was put aside."""
    made = scenarios.restore(store, caller, org, scenario_id, now, once=once, dry_run=asked.dry_run)
    return saved(answer, made, asked, once)


_READ_ONLY = tuple(name for name in Scenario.model_fields if name not in ChangedScenario.model_fields)


def _wanted(said: StackedPatch, number: int) -> WantedPatch:
    """A patch of the stack as it is to be. Raises DocumentInvalid."""
    if said.id is None:
        return WantedPatch(None, sent_patch(said, ("patches", number)))
    return WantedPatch(said.id, SentPatch(note=said.note), "note" in said.model_fields_set, said.patch)
