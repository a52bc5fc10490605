"""`/v1/members`: the people of a workspace."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import members
from app.services.schemas.access import Member
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
from app.web.identity import Admin, Reader
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.stored_problem_types import ALREADY_EXISTS

router = operations("/v1/members", "members")

Name = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$")]
Roles = Annotated[list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=20)]

SortMember = Literal["id", "-id", "name", "-name", "email", "-email", "created_at", "-created_at"]


class NewMember(Members):
    """A person who is to be added."""

    name: Name
    email: Email
    roles: Roles = Field(default=[])


class ChangedMember(Members):
    """What is to change of a person."""

    name: Name = ""
    email: Email = ""
    roles: Roles = Field(default=[])


class MemberParameters(Created, StoredListParameters):
    """How members are filtered and ordered."""

    email: Annotated[list[str], COMMAS] = Field(default=[], description="E-mail addresses.")
    sort: Annotated[list[SortMember], COMMAS] = SORT


class WriteParameters(Parameters):
    """Whether the write is meant."""

    dry_run: Flag = Field(default=False, description="Check and answer as always, but change nothing.")


@router.get("", operation_id="list_members", responses=answers_list(Member, "Members."))
def list_members(
    caller: Reader, asked: Annotated[MemberParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List the people of the workspace."""
    found = members.listed(store, caller, wanted(answer, asked, caller, Member))
    return page(answer, asked, caller, found.of(lambda member: member.shown))


@router.post(
    "",
    operation_id="add_member",
    responses=saves(Member, "The member.") | problems(ALREADY_EXISTS, *RETRIED, *WRITES),
    openapi_extra=reads(refer(NewMember), TEXTS, "Name, e-mail address and roles."),
)
def add_member(
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Add a person, so that assignees and approvals can name them."""
    said = members_of(body, NewMember).model_dump()
    added = members.add(store, caller, said, now, once=once, dry_run=asked.dry_run)
    location = f"/v1/members/{added.id}"
    return stored.saved(
        answer, added.shown, added.tag, created=True, location=location, once=once, dry_run=asked.dry_run
    )


@router.get("/{member_id}", operation_id="get_member", responses=answers(Member, "The member.") | problems(NOT_FOUND))
def get_member(
    member_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a person."""
    found = members.get(store, caller, member_id)
    return stored.one(answer, found.shown, found.tag)


@router.patch(
    "/{member_id}",
    operation_id="patch_member",
    responses=saves(Member, "The member as they are now.", creates=False)
    | problems(NOT_FOUND, ALREADY_EXISTS, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(ChangedMember), (MERGE_PATCH,), "What is to change."),
)
def patch_member(
    member_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change name, e-mail address or roles of a person."""
    said = members_of(body, ChangedMember).given()
    changed = members.change(store, caller, member_id, said, now, condition, once=once, dry_run=asked.dry_run)
    return stored.saved(answer, changed.shown, changed.tag, once=once, dry_run=asked.dry_run)


@router.delete(
    "/{member_id}",
    operation_id="remove_member",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def remove_member(
    member_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Remove a person; what they did stays in the audit events.

    Conflicts that they looked after stay, and nobody looks after them.
    """
    members.remove(store, caller, member_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)
