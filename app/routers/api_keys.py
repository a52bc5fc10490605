"""`/v1/api-keys`: credentials of programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.access import Scope
from app.services import api_keys
from app.services.schemas.access import ApiKey
from app.web import stored
from app.web.answers import JsonAnswer, unkept
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
from app.web.identity import Admin
from app.web.members import Instant, Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.stored_problem_types import WRONG_STATE

router = operations("/v1/api-keys", "api-keys")

Name = Annotated[str, Field(min_length=1, max_length=200)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=4)]
Organizations = Annotated[list[Annotated[str, Field(max_length=63)]], Field(min_length=1, max_length=1000)]
Networks = Annotated[list[str], Field(min_length=1)]


class NewApiKey(Members):
    """A key that is to be made. What is left out does not limit it."""

    name: Name
    scopes: Scopes
    expires_at: Instant | None = None
    organizations: Organizations | None = None
    networks: Networks | None = None


class ChangedApiKey(Members):
    """What is to change of a key; null takes a limit away."""

    name: Name = ""
    scopes: Scopes = Field(default=[])
    expires_at: Instant | None = None
    organizations: Organizations | None = None
    networks: Networks | None = None


class KeyParameters(Created, StoredListParameters):
    """How keys are filtered and ordered."""

    name: Annotated[list[str], COMMAS] = Field(default=[], description="Names of keys.")
    sort: Annotated[list[Literal["id", "-id", "name", "-name", "created_at", "-created_at"]], COMMAS] = SORT


class WriteParameters(Parameters):
    """Whether the write is meant."""

    dry_run: Flag = Field(default=False, description="Check and answer as always, but change nothing.")


class RotateParameters(WriteParameters):
    """For how long the old key stays good."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = Field(
        default=24, description="Hours for which the key that is replaced is still good."
    )


@router.get("", operation_id="list_api_keys", responses=answers_list(ApiKey, "Keys."))
def list_api_keys(
    caller: Admin, asked: Annotated[KeyParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List keys.

    Those that were not revoked, oldest first unless another order is asked for. The keys themselves are kept nowhere.
    """
    found = api_keys.listed(store, caller, wanted(answer, asked, caller, ApiKey))
    return unkept(page(answer, asked, caller, found.of(lambda key: key.shown)))


@router.post(
    "",
    operation_id="add_api_key",
    responses=saves(ApiKey, "The key; this answer alone shows it.") | problems(*RETRIED, *WRITES),
    openapi_extra=reads(refer(NewApiKey), TEXTS, "Name, scopes and limits of the key."),
)
def add_api_key(
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a key.

    `key` in the answer is the key itself. It is shown once: a repeated request with the same `Idempotency-Key` is answered without it.
    """
    said = members_of(body, NewApiKey).model_dump(exclude_none=True)
    made = api_keys.add(store, caller, said, now, once=once, dry_run=asked.dry_run)
    return _made(answer, made, once, dry_run=asked.dry_run)


@router.get("/{key_id}", operation_id="get_api_key", responses=answers(ApiKey, "The key.") | problems(NOT_FOUND))
def get_api_key(
    key_id: str, caller: Admin, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show what is known of a key."""
    found = api_keys.get(store, caller, key_id)
    return unkept(stored.one(answer, found.shown, found.tag))


@router.patch(
    "/{key_id}",
    operation_id="patch_api_key",
    responses=saves(ApiKey, "The key as it is now.", creates=False)
    | problems(NOT_FOUND, WRONG_STATE, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(ChangedApiKey), (MERGE_PATCH,), "What is to change."),
)
def patch_api_key(
    key_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change name, scopes or limits of a key; the key itself stays."""
    said = members_of(body, ChangedApiKey).given()
    changed = api_keys.change(store, caller, key_id, said, now, condition, once=once, dry_run=asked.dry_run)
    return unkept(stored.saved(answer, changed.shown, changed.tag, once=once, dry_run=asked.dry_run))


@router.post(
    "/{key_id}/rotate",
    operation_id="rotate_api_key",
    responses=saves(ApiKey, "The new key; this answer alone shows it.") | problems(NOT_FOUND, WRONG_STATE, *RETRIED),
)
def rotate_api_key(
    key_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[RotateParameters, Query()],
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a key that takes another one's place.

    Both are good until the overlap ends; then the old one is not.
    """
    overlap = timedelta(hours=asked.overlap_hours)
    made = api_keys.rotate(store, caller, key_id, now, overlap=overlap, once=once, dry_run=asked.dry_run)
    return _made(answer, made, once, dry_run=asked.dry_run)


@router.delete(
    "/{key_id}",
    operation_id="revoke_api_key",
    status_code=204,
    responses=problems(NOT_FOUND, WRONG_STATE, *CONDITIONAL),
)
def revoke_api_key(
    key_id: str,
    caller: Admin,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Revoke a key, from the next request on.

    The last key that can administer the workspace stays.
    """
    api_keys.revoke(store, caller, key_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


def _made(answer: JsonAnswer, made: api_keys.StoredKey, once: Once, *, dry_run: bool) -> Response:
    location = f"/v1/api-keys/{made.id}"
    saved = stored.saved(answer, made.shown, made.tag, created=True, location=location, once=once, dry_run=dry_run)
    return unkept(saved)
