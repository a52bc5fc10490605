"""`/v1/organizations/{org}/scenarios`: what-ifs on the model, as stacks of patches; compared, rebased, promoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.document import Day
from app.domain.faults import Fault, Path, invalid
from app.domain.read_only import without_read_only
from app.routers.analyses import made_of
from app.services import analyses, analysis_jobs, scenario_comparisons, scenario_rebases, scenarios
from app.services.analyses import AnalysisRequest
from app.services.scenario_patches import SentPatch, changes_of
from app.services.scenario_rebases import Choice
from app.services.scenarios import WantedPatch, WantedScenario, WholeScenario
from app.services.schemas.analyses import ListedAnalysis
from app.services.schemas.analyses import StoredAnalysis as AnalysisShown
from app.services.schemas.scenarios import (
    ListedScenario,
    PatchToAdd,
    PatchToKeep,
    PromotedScenario,
    Rebase,
    RebaseToMake,
    Scenario,
    ScenarioAnalysisToRun,
    ScenarioComparison,
    ScenarioToAdd,
    ScenarioToChange,
)
from app.web import stored
from app.web.answers import Answer, JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody
from app.web.clock import Now
from app.web.documented import READS, WRITES, answers, answers_list, problems, reads, refer, refer_patch, saves
from app.web.idempotency import Once
from app.web.identity import HeavyReader, HeavyWriter, Reader, Writer
from app.web.members import Members, as_members, members_of, object_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.prefer import Preferred, accepts, by_job
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import CACHE, Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.stored_problem_types import (
    CLAIM_REUSED,
    CLAIM_RUNNING,
    CLASHING,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    WRONG_STATE,
)
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/scenarios", "scenarios")

Number = Annotated[int, Field(ge=1, le=2_147_483_647, strict=True)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Id = Annotated[str, Field(max_length=100)]

refer(PatchToKeep)  # what it leaves out is not null, though a merge patch holds it

RETRIED = (CLAIM_RUNNING, CLAIM_REUSED)
CONDITIONAL = (PRECONDITION_FAILED, PRECONDITION_REQUIRED)


class NewPatch(Members):
    """A patch for the top of a stack."""

    patch: Any = None
    plan: Id | None = None
    step: Annotated[int, Field(ge=0, le=1000, strict=True)] | None = None
    note: LongText | None = None


class NewScenario(Members):
    """A scenario that is to be made."""

    name: Name
    description: LongText | None = None
    revision: Number | None = None
    patches: list[NewPatch] = Field(default=[])


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


class SideOfConflict(Members):
    """Whose value stands at a place that both changed."""

    pointer: Annotated[str, Field(max_length=2000)]
    take: Literal["scenario", "model"]


class Choices(Members):
    """A choice for each conflict."""

    choices: list[SideOfConflict] = Field(default=[])


class ScenarioAnalysisBody(Members):
    """How a scenario is to be analysed."""

    as_of: Day | None = None
    with_recommendations: Annotated[bool, Field(strict=True)] = True


class ScenarioParameters(Created, Searched, StoredListParameters):
    """How scenarios are searched, filtered and ordered."""

    status: Annotated[list[Literal["open", "promoted", "discarded"]], COMMAS] = Field(
        default=["open", "promoted"], description="How they stand; those that were put aside are left out by default."
    )
    revision: Annotated[list[int], COMMAS] = Field(default=[], description="Numbers of revisions that they stand on.")
    sort: Annotated[
        list[Literal["created_at", "-created_at", "updated_at", "-updated_at", "name", "-name", "id", "-id"]], COMMAS
    ] = SORT


class ScenarioAnalysisParameters(Created, StoredListParameters, Told):
    """How analyses of a scenario are filtered and ordered."""

    aside = frozenset(("lang",))

    sort: Annotated[list[Literal["created_at", "-created_at", "as_of", "-as_of"]], COMMAS] = SORT


class ScenarioRunParameters(WriteParameters, Told):
    """The day on which the scenario is looked at wins over the member of the body."""

    as_of: Day | None = Field(
        default=None, description="The day on which the plans are looked at; today (UTC) by default."
    )


class ScenarioComparisonParameters(Told):
    """As of when, and how much is listed."""

    as_of: Day | None = Field(default=None, description="The day on which both are looked at; today (UTC) by default.")
    include: Annotated[list[Literal["unchanged"]], COMMAS] = Field(
        default=[], description="`unchanged`: findings that are as they were are listed, too."
    )


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
    sent = [_sent(one, ("patches", place)) for place, one in enumerate(said.patches)]
    made = scenarios.add(
        store, caller, org, said.name, said.description, said.revision, sent, now, once=once, dry_run=asked.dry_run
    )
    return _saved(answer, made, asked, once, created=True)


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
    return _saved(answer, made, asked, once)


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
    return _saved(answer, made, asked, once)


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
    sent = _sent(members_of(body, NewPatch), ())
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
    return _saved(answer, made, asked, once)


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
    return _saved(answer, made, asked, once)


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


@router.get(
    "/{scenario_id}/compare/{other}",
    operation_id="compare_scenario",
    responses=answers(ScenarioComparison, "What the scenario has that the other has not.")
    | problems(NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def compare_scenario(
    org: str,
    scenario_id: str,
    other: str,
    caller: HeavyReader,
    asked: Annotated[ScenarioComparisonParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Compare a scenario with the model, or with another scenario.

    `other` is what it is compared with: `model`, the document as it stands; `base`, the revision that the scenario stands on; or the id
    of another scenario. Both are analysed as of a day: findings that are new, worse, better and fixed, the alignment index, pay that
    moves role by role, and for each role whose incentive plan is another its payout curve and effective weights before and after.
    """
    found = await run_sync(scenario_comparisons.sides, store, caller, org, scenario_id, other)
    compared = await turns.run(
        scenario_comparisons.compared,
        found,
        answer.context.language,
        asked.as_of or now.date(),
        with_unchanged="unchanged" in asked.include,
        most_goals=most_goals,
    )
    return in_language(answer.json(compared, {"Cache-Control": CACHE}), answer)


@router.post(
    "/{scenario_id}/analyses",
    operation_id="run_scenario_analysis",
    responses=saves(AnalysisShown, "The analysis that was made.") | accepts() | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(ScenarioAnalysisToRun), TEXTS, "How it is to be analysed.", required=False),
)
async def run_scenario_analysis(
    org: str,
    scenario_id: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[ScenarioRunParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    preference: Preferred,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Analyse the document that a scenario makes.

    The analysis is kept among those of the organization, marked with its `scenario`. Conflicts over time, and the index of the model over
    time, take no note of it. `Prefer: respond-async` has it done by a job.
    """
    said = members_of(body, ScenarioAnalysisBody) if body.data.strip() else ScenarioAnalysisBody()
    request = AnalysisRequest(asked.as_of or said.as_of, None, said.with_recommendations, scenario_id)
    if not asked.dry_run and (
        preference is not None or await run_sync(analysis_jobs.is_big, store, caller, org, request)
    ):
        return await by_job(
            answer,
            store,
            caller,
            preference,
            once,
            ask=partial(analysis_jobs.ask, store, caller, org, request, now, once=once),
            done=lambda job: made_of(answer, org, analyses.get(store, caller, org, job.result_id)),
        )
    made = await turns.run(
        analyses.run, store, caller, org, request, now, most_goals=most_goals, once=once, dry_run=asked.dry_run
    )
    return made_of(answer, org, made, once, dry_run=asked.dry_run)


@router.get(
    "/{scenario_id}/analyses",
    operation_id="list_scenario_analyses",
    responses=answers_list(ListedAnalysis, "Analyses.") | problems(NOT_FOUND),
)
def list_scenario_analyses(
    org: str,
    scenario_id: str,
    caller: Reader,
    asked: Annotated[ScenarioAnalysisParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the analyses of a scenario, oldest first unless another order is asked for."""
    found = analyses.listed(store, caller, org, wanted(answer, asked, caller, ListedAnalysis), scenario=scenario_id)
    return in_language(page(answer, asked, caller, found.of(lambda one: one.listed(answer.context.language))), answer)


_READ_ONLY = tuple(name for name in Scenario.model_fields if name not in ChangedScenario.model_fields)


def _saved(
    answer: Answer, made: WholeScenario, asked: WriteParameters, once: Once, *, created: bool = False
) -> Response:
    return stored.saved(
        answer,
        made.shown,
        made.short.tag,
        created=created,
        location=made.short.path,
        once=once,
        dry_run=asked.dry_run,
    )


def _sent(said: NewPatch, place: Path) -> SentPatch:
    """A patch as it was sent. Raises DocumentInvalid for one that is neither a JSON Patch nor a step of a plan, or both."""
    faults = _faults(said, place)
    if faults:
        raise invalid(faults)
    return SentPatch(place, said.patch, said.plan, said.step, said.note)


def _faults(said: NewPatch, place: Path) -> Sequence[Fault]:
    of_plan = {name: getattr(said, name) for name in ("plan", "step")}
    missing: Mapping[str, Any] = {name: value for name, value in of_plan.items() if value is None}
    if said.patch is None and len(missing) < len(of_plan):
        return [Fault((*place, name), "missing") for name in missing]
    if said.patch is None or len(missing) < len(of_plan):
        return [Fault(place, "patch_or_plan")]
    return []


def _wanted(said: StackedPatch, number: int) -> WantedPatch:
    """A patch of the stack as it is to be. Raises DocumentInvalid."""
    if said.id is None:
        return WantedPatch(None, _sent(said, ("patches", number)))
    return WantedPatch(said.id, SentPatch(note=said.note), "note" in said.model_fields_set, said.patch)
