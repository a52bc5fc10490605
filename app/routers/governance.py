"""`/v1/organizations/{org}/governance`: who answers for customers; every document has it, be it empty."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.domain.document.parts import GOVERNANCE, PartId
from app.routers.document_parts import saved_part
from app.services import document_parts
from app.services.schemas import stored as schemas
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody, source_of
from app.web.clock import Now
from app.web.documented import ANY_OBJECT, CONDITIONAL, RETRIED, WRITES, answers, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/governance", "documents")


_GOVERNANCE = PartId(GOVERNANCE, GOVERNANCE)


@router.get(
    "",
    operation_id="get_governance",
    responses=answers(schemas.StoredGovernance, "Who answers for customers.") | problems(NOT_FOUND),
)
def get_governance(
    org: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show who answers for customers."""
    found = document_parts.get_as_text(store, caller, org, _GOVERNANCE)
    return stored.tagged(answer, found.text.encode(), found.tag, JSON)


@router.put(
    "",
    operation_id="put_governance",
    responses=saves(schemas.StoredGovernance, "Governance as it is now.", creates=False)
    | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(schemas.StoredGovernance), TEXTS, "Who answers for customers."),
)
def put_governance(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Replace who answers for customers.

    Every document has governance, be it empty, so that `If-Match` is always needed.
    """
    source = source_of(body)
    made = document_parts.replace(store, caller, org, _GOVERNANCE, source, now, condition, dry_run=asked.dry_run)
    return saved_part(answer, made, asked)


@router.patch(
    "",
    operation_id="patch_governance",
    responses=saves(schemas.StoredGovernance, "Governance as it is now.", creates=False)
    | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(ANY_OBJECT, (MERGE_PATCH,), "The members that change."),
)
def patch_governance(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change some of who answers for customers."""
    patch = source_of(body).raw
    made = document_parts.change(
        store, caller, org, _GOVERNANCE, patch, now, condition, once=once, dry_run=asked.dry_run
    )
    return saved_part(answer, made, asked, once)
