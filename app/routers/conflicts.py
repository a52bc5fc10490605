"""`/v1/organizations/{org}/conflicts`: findings followed over time, what people make of them, and what they say about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.conflict_states import Status
from app.domain.document.values import Day
from app.domain.read_only import without_read_only
from app.domain.terms import FindingKind, Level
from app.services import conflict_comments, conflicts
from app.services.conflicts import StoredConflict
from app.services.schemas.conflicts import Comment, ConflictToChange, ListedConflict
from app.services.schemas.conflicts import StoredConflict as ConflictShown
from app.web import stored
from app.web.answers import Answer, JsonAnswer
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
from app.web.parameters import COMMAS, Flag, Moment, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.stored_problem_types import WRONG_STATE
from app.web.told import Told, in_language, told
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/conflicts", "conflicts")

Severity = Annotated[float, Field(ge=0, le=100)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class GivenWaiver(Members):
    """The waiver that comes with the status `waived`; what is left out stays as it is."""

    owner: Name | None = None
    reason: Reason | None = None
    expires: Day | None = None
    grounds: str | None = None
    place: str | None = None


class ChangedConflict(Members):
    """What is to become of a conflict."""

    status: Status | None = None
    waiver: GivenWaiver | None = None
    assignee: Annotated[str, Field(min_length=1, max_length=100)] | None = None


class NewComment(Members):
    """What somebody says."""

    text: Remark


class ConflictParameters(Searched, StoredListParameters, Told):
    """How conflicts are searched, filtered and ordered."""

    aside = frozenset(("lang",))

    status: Annotated[list[Status], COMMAS] = Field(default=[], description="How they stand.")
    level: Annotated[list[Level], COMMAS] = Field(default=[], description="How grave they are.")
    kind: Annotated[list[FindingKind], COMMAS] = Field(default=[], description="Kinds of findings.")
    rule: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of the rules that report them.")
    department: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of departments that they name.")
    outcome: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of outcomes that they work against.")
    assignee: Annotated[list[str], COMMAS] = Field(
        default=[], description="Ids of members who look after them; `none`: nobody does."
    )
    goal_removed: Flag | None = Field(
        default=None, description="Whether they are resolved only because a goal is gone that they were about."
    )
    severity_min: Severity | None = Field(default=None, description="The least severity, 0 to 100.")
    severity_max: Severity | None = Field(default=None, description="The greatest severity, 0 to 100.")
    changed_after: Moment | None = Field(default=None, description="Only what changed after this instant.")
    changed_before: Moment | None = Field(default=None, description="Only what changed last before this instant.")
    sort: Annotated[
        list[
            Literal[
                "severity",
                "-severity",
                "changed_at",
                "-changed_at",
                "first_seen_at",
                "-first_seen_at",
                "last_seen_at",
                "-last_seen_at",
                "status",
                "-status",
                "kind",
                "-kind",
                "rule",
                "-rule",
                "fingerprint",
                "-fingerprint",
            ]
        ],
        COMMAS,
    ] = SORT


class CommentParameters(Created, StoredListParameters):
    """How comments are ordered."""

    sort: Annotated[list[Literal["created_at", "-created_at"]], COMMAS] = SORT


class ConflictWriteParameters(WriteParameters, Told):
    """Whether the change is meant, and in which language the conflict is told."""


@router.get(
    "", operation_id="list_conflicts", responses=answers_list(ListedConflict, "Conflicts.") | problems(NOT_FOUND)
)
def list_conflicts(
    org: str, caller: Reader, asked: Annotated[ConflictParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List conflicts.

    The worst first unless another order is asked for, resolved ones among them. To keep a copy in step, walk through
    `?sort=changed_at`, and next time through `?sort=changed_at&changed_after=` with the last `changed_at` of the walk before: no change is
    missed, however many write at once.
    """
    found = conflicts.listed(store, caller, org, wanted(answer, asked, caller, ListedConflict))
    return in_language(page(answer, asked, caller, found.of(lambda one: _listed(answer, one))), answer)


@router.get(
    "/{fingerprint}",
    operation_id="get_conflict",
    responses=answers(ConflictShown, "The conflict.") | problems(NOT_FOUND),
)
def get_conflict(
    org: str, fingerprint: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show a conflict, with what happened to it."""
    found = conflicts.get(store, caller, org, fingerprint)
    return told(answer, _shown(answer, found), _tag(answer, found))


@router.patch(
    "/{fingerprint}",
    operation_id="patch_conflict",
    responses=saves(ConflictShown, "The conflict as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(ConflictToChange), (MERGE_PATCH,), "What is to become of it."),
)
def patch_conflict(
    org: str,
    fingerprint: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[ConflictWriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Acknowledge, dispute, waive or reopen a conflict, or let a member look after it.

    `new`, `resolved` and `regressed` are what analyses see, not what people make of it: where the state does not allow what is asked the
    answer is 409, with what is `possible`. A waiver has a reason and a last day. It ends before that day when the finding's witness chain
    changes or what the chain rests on, and with the finding itself.
    """
    raw = object_of(body)
    asked_for = as_members({name: value for name, value in raw.items() if name not in _READ_ONLY}, ChangedConflict)
    said = {name: value.given() if isinstance(value, Members) else value for name, value in asked_for.given().items()}
    changed = conflicts.change(
        store,
        caller,
        org,
        fingerprint,
        said,
        now,
        condition,
        unchanged=lambda current: without_read_only(raw, _shown(answer, current), _READ_ONLY),
        once=once,
        dry_run=asked.dry_run,
    )
    response = stored.saved(answer, _shown(answer, changed), _tag(answer, changed), once=once, dry_run=asked.dry_run)
    return in_language(response, answer)


@router.get(
    "/{fingerprint}/comments",
    operation_id="list_comments",
    responses=answers_list(Comment, "Comments.") | problems(NOT_FOUND),
)
def list_comments(
    org: str,
    fingerprint: str,
    caller: Reader,
    asked: Annotated[CommentParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the comments on a conflict, the oldest first."""
    found = conflict_comments.listed(store, caller, org, fingerprint, wanted(answer, asked, caller, Comment))
    return page(answer, asked, caller, found.of(lambda comment: comment.shown))


@router.post(
    "/{fingerprint}/comments",
    operation_id="add_comment",
    responses=saves(Comment, "The comment.") | problems(NOT_FOUND, *RETRIED, *WRITES),
    openapi_extra=reads(refer(NewComment), TEXTS, "What is to be said."),
)
def add_comment(
    org: str,
    fingerprint: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Comment on a conflict."""
    text = members_of(body, NewComment).text
    made = conflict_comments.add(store, caller, org, fingerprint, text, now, once=once, dry_run=asked.dry_run)
    location = f"/v1/organizations/{org}/conflicts/{fingerprint}/comments/{made.id}"
    return stored.saved(answer, made.shown, made.tag, created=True, location=location, once=once, dry_run=asked.dry_run)


@router.get(
    "/{fingerprint}/comments/{comment_id}",
    operation_id="get_comment",
    responses=answers(Comment, "The comment.") | problems(NOT_FOUND),
)
def get_comment(
    org: str,
    fingerprint: str,
    comment_id: str,
    caller: Reader,
    _: Annotated[Parameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show a comment."""
    found = conflict_comments.get(store, caller, org, fingerprint, comment_id)
    return stored.one(answer, found.shown, found.tag)


_READ_ONLY = tuple(name for name in ConflictShown.model_fields if name not in ChangedConflict.model_fields)


def _listed(answer: Answer, conflict: StoredConflict) -> Mapping[str, Any]:
    return {**conflict.told(answer.context.language), "finding": answer.address(conflict.finding)}


def _shown(answer: Answer, conflict: StoredConflict) -> Mapping[str, Any]:
    return {**_listed(answer, conflict), "history": conflict.history}


def _tag(answer: Answer, conflict: StoredConflict) -> str:
    return f"{conflict.tag}-{answer.context.language}"
