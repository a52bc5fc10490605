"""`/v1/workspace-settings`: what holds for everybody in a workspace."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.domain.read_only import without_read_only
from app.services import workspace_settings
from app.services.schemas.rule import WorkspaceSettings
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import CONDITIONAL, WRITES, answers, problems, reads, refer, saves
from app.web.identity import Admin, Reader
from app.web.members import Members, as_members, object_of
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.stored import Store
from app.web.writes import WriteParameters

router = operations("/v1/workspace-settings", "members")


class SettingsBody(Members):
    """The settings."""

    four_eyes: bool


@router.get("", operation_id="get_workspace_settings", responses=answers(WorkspaceSettings, "The settings."))
def get_workspace_settings(
    caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show the settings of the workspace."""
    found = workspace_settings.get(store, caller)
    return stored.one(answer, found.shown, found.tag)


@router.put(
    "",
    operation_id="put_workspace_settings",
    responses=saves(WorkspaceSettings, "The settings as they are now.", creates=False)
    | problems(*CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(WorkspaceSettings), TEXTS, "Whether rules need four eyes."),
)
def put_workspace_settings(
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Say whether rules need four eyes: then a rule is activated only when somebody else than its author approved it."""
    before = workspace_settings.get(store, caller)
    said = as_members(without_read_only(object_of(body), before.shown, ("updated_at", "updated_by")), SettingsBody)
    made = workspace_settings.replace(
        store, caller, four_eyes=said.four_eyes, now=now, condition=condition, dry_run=asked.dry_run
    )
    return stored.saved(answer, made.shown, made.tag, dry_run=asked.dry_run)
