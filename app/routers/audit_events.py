"""`/v1/audit-events`: who did what, when."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import audit_events
from app.services.schemas.access import AuditEvent, Verification
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list
from app.web.identity import Admin
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.stored import CACHE, Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted

router = operations("/v1/audit-events", "audit-events")


class EventParameters(Created, StoredListParameters):
    """How events are filtered and ordered."""

    actor: Annotated[list[str], COMMAS] = Field(default=[], description="Who did it.")
    action: Annotated[list[str], COMMAS] = Field(default=[], description="What was done, such as `document.replaced`.")
    target: Annotated[list[str], COMMAS] = Field(default=[], description="To what, such as `organizations/acme`.")
    sort: Annotated[list[Literal["number", "-number"]], COMMAS] = SORT


@router.get("", operation_id="list_audit_events", responses=answers_list(AuditEvent, "Events."))
def list_audit_events(
    caller: Admin, asked: Annotated[EventParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List what was done in the workspace, the latest first."""
    found = audit_events.listed(store, caller, wanted(answer, asked, caller, AuditEvent))
    return page(answer, asked, caller, found)


@router.get("/verify", operation_id="verify_audit_events", responses=answers(Verification, "Whether the chain holds."))
def verify_audit_events(caller: Admin, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store) -> Response:
    """Compute the chain of the workspace's events anew.

    Each event carries the hash of the one before, so that nothing can be changed or taken out unseen.
    """
    count, broken = audit_events.verified(store, caller)
    where = {} if broken is None else {"broken_at": broken.number, "fault": broken.fault}
    return answer.json({"holds": broken is None, "events": count, **where}, {"Cache-Control": CACHE})
