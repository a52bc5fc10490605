"""`/v1/organizations`: the companies that a workspace analyses."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.claims import Claim
from app.services import organizations
from app.services.schemas.stored import StoredOrganization as Organization
from app.web import stored
from app.web.answers import Answer, JsonAnswer
from app.web.body import MERGE_PATCH, TEXTS, MergePatchBody, TextBody, source_of
from app.web.clock import Now
from app.web.documented import (
    ANY_OBJECT,
    CONDITIONAL,
    RETRIED,
    WRITES,
    answers,
    answers_list,
    problems,
    reads,
    refer,
    saves,
)
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.stored_problem_types import ALREADY_EXISTS
from app.web.writes import RemovalParameters, WriteParameters

router = operations("/v1/organizations", "organizations")


SortMember = Literal["key", "-key", "name", "-name", "created_at", "-created_at", "updated_at", "-updated_at"]


class OrganizationParameters(Searched, Created, StoredListParameters):
    """How organizations are searched, filtered and ordered."""

    aside = frozenset({"deleted"})

    key: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of organizations.")
    industry: Annotated[list[str], COMMAS] = Field(default=[], description="What they do, as their documents say it.")
    deleted: Flag = Field(default=False, description="Those that were deleted and can be restored; for administrators.")
    sort: Annotated[list[SortMember], COMMAS] = SORT


@router.get(
    "",
    operation_id="list_organizations",
    responses=answers_list(Organization, "Organizations."),
)
def list_organizations(
    caller: Reader, asked: Annotated[OrganizationParameters, Query()], answer: JsonAnswer, store: Store, now: Now
) -> Response:
    """List organizations.

    By key, unless another order is asked for; `q` looks through keys, names and industries. A credential that is good for some
    organizations only sees those.
    """
    asked_for = wanted(answer, asked, caller, Organization)
    found = organizations.listed(store, caller, asked_for, now, deleted=asked.deleted)
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.post(
    "",
    operation_id="add_organization",
    responses=saves(Organization, "The organization that was made.") | problems(ALREADY_EXISTS, *RETRIED, *WRITES),
    openapi_extra=reads(refer(Organization), TEXTS, "What the organization says of itself; `key` is required."),
)
def add_organization(
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Add an organization.

    It begins with a document that names it and nothing else; fill it with `PUT …/document`.
    """
    made = organizations.add(store, caller, source_of(body), now, once=once, dry_run=asked.dry_run)
    return _saved(answer, made, asked, once)


@router.get(
    "/{org}",
    operation_id="get_organization",
    responses=answers(Organization, "The organization.") | problems(NOT_FOUND),
)
def get_organization(
    org: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show an organization."""
    found = organizations.get(store, caller, org)
    return stored.one(answer, found.shown, found.tag)


@router.put(
    "/{org}",
    operation_id="put_organization",
    responses=saves(Organization, "The organization as it is now.") | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer(Organization), TEXTS, "What the organization says of itself."),
)
def put_organization(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Make an organization, or replace what it says of itself.

    The rest of its document stays as it is. A deleted organization of that key is not brought back: this makes a new one.
    """
    made = organizations.replace(store, caller, org, source_of(body), now, condition, dry_run=asked.dry_run)
    return _saved(answer, made, asked)


@router.patch(
    "/{org}",
    operation_id="patch_organization",
    responses=saves(Organization, "The organization as it is now.", creates=False)
    | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(ANY_OBJECT, (MERGE_PATCH,), "The members that change; null takes one away."),
)
def patch_organization(
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
    """Change some of what an organization says of itself."""
    patch = source_of(body).raw
    made = organizations.change(store, caller, org, patch, now, condition, once=once, dry_run=asked.dry_run)
    return _saved(answer, made, asked, once)


@router.delete(
    "/{org}",
    operation_id="delete_organization",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def delete_organization(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[RemovalParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Delete an organization, with all that belongs to it.

    It can be restored for 30 days. With `purge`, which needs the scope `admin`, everything about it is erased at once, or what is kept of
    organizations of that key that were deleted before; no more than the audit event stays.
    """
    organizations.remove(store, caller, org, now, condition, purge=asked.purge, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


@router.post(
    "/{org}/restore",
    operation_id="restore_organization",
    responses=saves(Organization, "The organization, as it was.", creates=False)
    | problems(NOT_FOUND, ALREADY_EXISTS, *RETRIED),
)
def restore_organization(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Restore the organization of that key that was deleted last."""
    made = organizations.restore(store, caller, org, now, once=once, dry_run=asked.dry_run)
    return _saved(answer, made, asked, once)


def _saved(
    answer: Answer, made: organizations.StoredOrganization, asked: WriteParameters, once: Claim | None = None
) -> Response:
    return stored.saved(
        answer,
        made.shown,
        made.tag,
        created=made.created,
        location=f"/v1/organizations/{made.key}",
        once=once,
        dry_run=asked.dry_run,
        diff=made,
    )
