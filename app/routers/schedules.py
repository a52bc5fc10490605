"""`/v1/organizations/{org}/schedule`: when an organization is analysed again by itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.domain.read_only import without_read_only
from app.domain.schedules import Every
from app.services import schedules
from app.services.schemas.jobs import Schedule
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, WRITES, answers, problems, reads, refer, saves
from app.web.identity import Reader, Writer
from app.web.members import Members, as_members, object_of
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/schedule", "analyses")


class ScheduleBody(Members):
    """How often an organization is analysed."""

    every: Every


@router.get("", operation_id="get_schedule", responses=answers(Schedule, "The schedule.") | problems(NOT_FOUND))
def get_schedule(
    org: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show when an organization is analysed again.

    Besides, it is whenever KPIs, incentive plans or waivers of its document come into force or leave it, once it was analysed at all.
    """
    found = schedules.get(store, caller, org)
    return stored.one(answer, found.shown, found.tag)


@router.put(
    "",
    operation_id="put_schedule",
    responses=saves(Schedule, "The schedule as it is now.", creates=False) | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(Schedule), TEXTS, "How often the organization is analysed."),
)
def put_schedule(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Say how often an organization is analysed by itself.

    The first time comes when that time has passed. `analysis.completed` tells webhooks of each.
    """
    before = schedules.get(store, caller, org)
    said = as_members(without_read_only(object_of(body), before.shown, ("next_at",)), ScheduleBody)
    made = schedules.replace(store, caller, org, said.every, now, condition, dry_run=asked.dry_run)
    return stored.saved(answer, made.shown, made.tag, dry_run=asked.dry_run)
