"""`/v1/organizations/{org}/roadmap`: the road from conflicts to a customer-centric company, its items, pilots, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from app.domain.read_only import without_read_only
from app.domain.roadmap_changes import Wanted
from app.exchange.merging import merge_object
from app.exchange.roadmap_files import roadmap_calendar, roadmap_sheet
from app.reports.markdown_roadmap import roadmap_markdown
from app.routers.roadmap_bodies import BuildBody, ChangeBody, ItemBody
from app.services import roadmap_pilots, roadmaps
from app.services.schemas.roadmaps import (
    Roadmap,
    RoadmapItem,
    RoadmapItemToChange,
    RoadmapPilot,
    RoadmapToBuild,
    RoadmapToChange,
)
from app.web import stored
from app.web.answers import Answer, JsonAnswer, answering
from app.web.attachments import named
from app.web.body import CALENDAR, CSV, MARKDOWN, MERGE_PATCH, TEXTS, MergePatchBody, TextBody
from app.web.clock import Now
from app.web.documented import (
    CONDITIONAL,
    READS,
    RETRIED,
    WRITES,
    also_as,
    answers,
    problems,
    reads,
    refer,
    refer_patch,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import HeavyReader, HeavyWriter, Reader, Writer
from app.web.members import as_members, members_of, object_of
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import Store
from app.web.stored_problem_types import CRITERIA_UNMET, WRONG_STATE
from app.web.told import Told, in_language, told_as
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/roadmap", "roadmaps")

FileForm = Literal["ics", "csv", "md"]
Form = Literal["json", FileForm]
FORMS: Mapping[str, Form] = {JSON: "json", CALENDAR: "ics", CSV: "csv", MARKDOWN: "md"}
MEDIA_TYPES = {form: media_type for media_type, form in FORMS.items()}


RoadmapAnswer = Annotated[Answer, Depends(answering(*FORMS))]

CHANGES = (NOT_FOUND, *CONDITIONAL, *RETRIED)


class RoadmapWriteParameters(WriteParameters, Told):
    """Whether the write is meant, and the language of texts."""


class RoadmapParameters(Told):
    """In which language, and as what."""

    format: Form | None = Field(default=None, description="As what; wins over `Accept`: a calendar, a sheet, a text.")


class PilotParameters(Told):
    """What is known of where it is tried."""

    people_of_unit: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=10, description="How many people, or cases, one unit has: a team, a shop, a region."
    )
    lag: Annotated[int, Field(ge=0, le=3650)] | None = Field(
        default=None, description="After how many days the effect shows; read from influences where nobody says it."
    )
    deviation: Annotated[float, Field(gt=0, le=1e12)] | None = Field(
        default=None, description="The standard deviation of the measure, where it is no share."
    )


@router.get(
    "",
    operation_id="get_roadmap",
    responses=also_as(answers(Roadmap, "The roadmap."), CALENDAR, CSV, MARKDOWN, extra=("Content-Disposition",))
    | problems(NOT_FOUND, VALIDATION),
)
def get_roadmap(
    org: str, caller: Reader, asked: Annotated[RoadmapParameters, Query()], answer: RoadmapAnswer, store: Store
) -> Response:
    """Show the roadmap: items in four phases with dates, critical path, progress, and what each needs for its next stage.

    As a calendar (`ics`, RFC 5545), a sheet (`csv`) or a text (`md`) as well.
    """
    found, language = roadmaps.get(store, caller, org), answer.context.language
    form = asked.format or FORMS[answer.media_type]
    if form == "json":
        value = found.told(language, answer.address)
        return in_language(stored.one(answer, value, _tag(found, answer)), answer)
    return roadmap_file(found, form, answer)


def roadmap_file(found: roadmaps.Roadmap, form: FileForm, answer: Answer) -> Response:
    """The roadmap as a file, in the caller's language."""
    language = answer.context.language
    told = partial(found.told, language, answer.address)
    made = {
        "ics": lambda: roadmap_calendar(
            told(), found.organization_id, answer.address(found.path), found.updated_at, found.version, language
        ),
        "csv": lambda: roadmap_sheet(told()),
        "md": lambda: roadmap_markdown(told(), language),
    }[form]
    name = named(f"{found.organization}-roadmap.{form}")
    return told_as(answer, f"{_tag(found, answer)}-{form}", MEDIA_TYPES[form], made, name)


@router.post(
    "",
    operation_id="build_roadmap",
    responses=saves(Roadmap, "The roadmap.") | problems(NOT_FOUND, *RETRIED, *READS),
    openapi_extra=reads(refer(RoadmapToBuild), TEXTS, "When it starts."),
)
async def build_roadmap(
    org: str,
    caller: HeavyWriter,
    answer: JsonAnswer,
    asked: Annotated[RoadmapWriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Build the roadmap, or build it anew.

    From the conflicts that stand, from what facts of the document say is missing, and from recommendations that were accepted; within a
    phase the weightiest items come first. Built again it takes the grounds of today and keeps all that people entered.
    """
    said = members_of(body, BuildBody)
    build = partial(
        roadmaps.build, store, caller, org, said.starts_on, now, most_goals=most_goals, once=once, dry_run=asked.dry_run
    )
    made = await turns.run(build)
    saved = stored.saved(
        answer,
        made.told(answer.context.language, answer.address),
        _tag(made, answer),
        created=made.is_new,
        location=made.path,
        once=once,
        dry_run=asked.dry_run,
    )
    return in_language(saved, answer)


@router.patch(
    "",
    operation_id="patch_roadmap",
    responses=saves(Roadmap, "The roadmap as it is now.", creates=False) | problems(*CHANGES, *WRITES),
    openapi_extra=reads(refer_patch(RoadmapToChange), (MERGE_PATCH,), "The day on which it starts."),
)
def patch_roadmap(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[RoadmapWriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Let the roadmap start on another day: what has no day of its own moves with it."""
    raw = {name: value for name, value in object_of(body).items() if name not in _READ_ONLY}
    said = as_members(raw, ChangeBody)
    made = roadmaps.change(store, caller, org, said.starts_on, now, condition, once=once, dry_run=asked.dry_run)
    value = made.told(answer.context.language, answer.address)
    return in_language(stored.saved(answer, value, _tag(made, answer), once=once, dry_run=asked.dry_run), answer)


@router.delete(
    "",
    operation_id="delete_roadmap",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def delete_roadmap(
    org: str,
    caller: Writer,
    _: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Forget the roadmap, with all that people entered."""
    roadmaps.remove(store, caller, org, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


@router.get(
    "/items/{item}",
    operation_id="get_roadmap_item",
    responses=answers(RoadmapItem, "The item.") | problems(NOT_FOUND),
)
def get_roadmap_item(
    org: str, item: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show an item: its dates, what it needs to leave its stage, how customers take part, why it is there."""
    found = roadmaps.get(store, caller, org)
    value = found.item_told(item, answer.context.language, answer.address)
    return in_language(stored.one(answer, value, _tag(found, answer)), answer)


@router.patch(
    "/items/{item}",
    operation_id="patch_roadmap_item",
    responses=saves(RoadmapItem, "The item as it is now.", creates=False)
    | problems(*CHANGES, WRONG_STATE, CRITERIA_UNMET, *WRITES),
    openapi_extra=reads(refer_patch(RoadmapItemToChange), (MERGE_PATCH,), "What is to become of it."),
)
def patch_roadmap_item(
    org: str,
    item: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[RoadmapWriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change an item, confirm criteria of its stage, let it go to the next one.

    What is entered counts before the stage is left. A next stage whose criteria are unmet is refused with 409, and `missing` lists them; an
    item goes back to any stage before, and what was confirmed from there on is open again. Its ETag is that of the roadmap.
    """
    wanted, language = item_wanted(item, object_of(body), answer), answer.context.language
    made = roadmaps.change_item(store, caller, org, item, wanted, now, condition, once=once, dry_run=asked.dry_run)
    value = made.item_told(item, language, answer.address)
    return in_language(stored.saved(answer, value, _tag(made, answer), once=once, dry_run=asked.dry_run), answer)


def item_wanted(item: str, said: Mapping[str, Any], answer: Answer) -> Callable[[roadmaps.Roadmap], Wanted]:
    """What is to become of an item, once it is seen as it is. It raises DocumentInvalid with every fault of what is said."""

    def wanted(current: roadmaps.Roadmap) -> Wanted:
        shown = current.item_told(item, answer.context.language, answer.address)
        changes = without_read_only(said, shown, _ITEM_READ_ONLY)
        whole = {name: value for name, value in shown.items() if name not in _ITEM_READ_ONLY}
        merge_object(whole, changes)
        return as_members(whole, ItemBody).wanted()

    return wanted


@router.get(
    "/items/{item}/pilot",
    operation_id="design_pilot",
    responses=answers(RoadmapPilot, "The pilot.", kept=False)
    | problems(NOT_FOUND, WRONG_STATE, VALIDATION, TOO_LARGE, OVERLOADED),
)
async def design_pilot(
    org: str,
    item: str,
    caller: HeavyReader,
    asked: Annotated[PilotParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Design the pilot of an item at the stage experiment: how many people and units, how long, and when it is stopped.

    So that the change of its measure, from today's value to the wanted one, is found in four of five pilots.
    """
    found = await run_sync(roadmap_pilots.tried, store, caller, org, item)
    said = roadmap_pilots.Asked(asked.people_of_unit, asked.lag, asked.deviation)
    value = await turns.run(roadmap_pilots.designed, found, said, answer.context.language, now, most_goals=most_goals)
    return answer.computed(stored.written(value))


_READ_ONLY = frozenset(Roadmap.model_fields) - frozenset(RoadmapToChange.model_fields)
_ITEM_READ_ONLY = tuple(name for name in RoadmapItem.model_fields if name not in RoadmapItemToChange.model_fields)


def _tag(found: roadmaps.Roadmap, answer: Answer) -> str:
    """The tag of the roadmap in the language that it is told in; conditions leave the language out."""
    return f"{found.tag}-{answer.context.language}"
