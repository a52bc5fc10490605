"""`/v1/organizations/{org}/kpis`, `…/incentive-plans`, …: the parts of a document by key; the same operations for each of its lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.claims import Claim
from app.domain.document.parts import PartId
from app.services import document_parts
from app.services.kept_parts import Removed, StoredPart
from app.services.schemas import stored as schemas
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
from app.web.kept_lists import KeptLists
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.page_links import self_link
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, VALIDATION
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, page_of_texts, sent, wanted
from app.web.stored_problem_types import ALREADY_EXISTS, STILL_REFERENCED
from app.web.writes import RemovalParameters, WriteParameters

router = operations("/v1/organizations/{org}", "documents")

SortMember = Literal["key", "-key", "name", "-name", "created_at", "-created_at", "updated_at", "-updated_at"]


class PartParameters(Searched, Created, StoredListParameters):
    """How the parts of a list are searched, filtered and ordered."""

    aside = frozenset({"deleted"})

    key: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of parts.")
    deleted: Flag = Field(default=False, description="Those that were deleted and can be restored; for administrators.")
    sort: Annotated[list[SortMember], COMMAS] = SORT


class DepartmentPartParameters(PartParameters):
    """The same for parts that belong to departments."""

    department: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of the departments they belong to.")


class PartRemovalParameters(RemovalParameters):
    """Whether the removal is meant, for good, and with what refers to it."""

    cascade: Flag = Field(default=False, description="Delete what refers to it as well, instead of refusing.")


class Listed(NamedTuple):
    """A list of the document. `one` and `several` name its operations and are what people call its items."""

    name: str
    one: str
    several: str
    schema: type[BaseModel]
    of_departments: bool = False

    @property
    def path(self) -> str:
        """Its path under the organization."""
        return f"/{self.name.replace('_', '-')}"


LISTS = (
    Listed("departments", "department", "departments", schemas.StoredDepartment),
    Listed("outcomes", "outcome", "outcomes", schemas.StoredOutcome),
    Listed("kpis", "KPI", "KPIs", schemas.StoredKpi, of_departments=True),
    Listed("incentive_plans", "incentive plan", "incentive plans", schemas.StoredIncentivePlan, of_departments=True),
    Listed("metrics", "own metric", "own metrics", schemas.StoredMetric),
    Listed("influences", "own influence", "own influences", schemas.StoredInfluence),
)

_WHOLE = (
    "The document is checked whole: problems in what was sent have pointers into it, those elsewhere pointers that begin with "
    "`#/document`."
)
_DELETION = (
    "What refers to it stands in the way, and is listed. With `cascade` it is deleted as well, directly or by way of others (governance "
    "stays, without the mention), and the answer says what went. It can be restored for 30 days; with `purge`, which needs the scope "
    "`admin`, its rows are erased at once, or those that are kept of an earlier deletion. Revisions keep what documents said."
)


def _add_list(of: Listed) -> None:
    """The operations of one list."""
    an = "an" if of.one[0] in "aeio" else "a"
    show = _list_of_department_parts if of.of_departments else _list_of_parts
    _operation(
        "GET", of, "", f"list_{_id(of.several)}", show(of),
        f"List {of.several}.\n\nBy key, unless another order is asked for; `q` looks through keys and names.",
        answers_list(of.schema, f"{of.several[0].upper()}{of.several[1:]}.") | problems(NOT_FOUND),
    )  # fmt: skip
    _operation(
        "POST", of, "", f"add_{_id(of.one)}", _add(of),
        f"Add {an} {of.one}.\n\n{_WHOLE}",
        saves(of.schema, f"The {of.one} that was made.") | problems(NOT_FOUND, ALREADY_EXISTS, *RETRIED, *WRITES),
        reads(refer(of.schema), TEXTS, f"The {of.one}."),
    )  # fmt: skip
    _operation(
        "GET", of, "/{key}", f"get_{_id(of.one)}", _get(of),
        f"Show {an} {of.one}.",
        answers(of.schema, f"The {of.one}.") | problems(NOT_FOUND),
    )  # fmt: skip
    _operation(
        "PUT", of, "/{key}", f"put_{_id(of.one)}", _put(of),
        f"Make or replace {an} {of.one}.\n\n{_WHOLE} A deleted {of.one} of that key is not brought back: this makes a new one.",
        saves(of.schema, f"The {of.one} as it is now.") | problems(NOT_FOUND, *CONDITIONAL, *WRITES),
        reads(refer(of.schema), TEXTS, f"The {of.one}."),
    )  # fmt: skip
    _operation(
        "PATCH", of, "/{key}", f"patch_{_id(of.one)}", _patch(of),
        f"Change some members of {an} {of.one}.\n\nA merge patch: null takes a member away, lists are replaced whole. {_WHOLE}",
        saves(of.schema, f"The {of.one} as it is now.", creates=False)
        | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
        reads(ANY_OBJECT, (MERGE_PATCH,), "The members that change."),
    )  # fmt: skip
    _operation(
        "DELETE", of, "/{key}", f"delete_{_id(of.one)}", _delete(of),
        f"Delete {an} {of.one}.\n\n{_DELETION}",
        {204: {"description": "It is gone."}, **answers(schemas.Removal, "What went, with `cascade` or `dry_run`.", kept=False)}
        | problems(NOT_FOUND, STILL_REFERENCED, VALIDATION, *CONDITIONAL),
    )  # fmt: skip
    _operation(
        "POST", of, "/{key}/restore", f"restore_{_id(of.one)}", _restore(of),
        f"Restore {an} {of.one}.\n\nThe one of that key that was deleted last, if the document can have it again.",
        saves(of.schema, f"The {of.one}, as it was.", creates=False)
        | problems(NOT_FOUND, ALREADY_EXISTS, VALIDATION, *RETRIED),
    )  # fmt: skip


def _operation(
    method: str,
    of: Listed,
    path: str,
    operation_id: str,
    endpoint: Any,
    description: str,
    responses: Any,
    extra: Mapping[str, Any] | None = None,
) -> None:
    endpoint.__name__ = operation_id
    router.add_api_route(
        of.path + path,
        endpoint,
        methods=[method],
        operation_id=operation_id,
        description=description,
        responses=responses,
        openapi_extra=dict(extra) if extra else None,
        status_code=204 if method == "DELETE" else 200,
    )


def _id(words: str) -> str:
    return words.lower().replace(" ", "_")


def _list_of_parts(of: Listed) -> Any:
    def endpoint(
        org: str, caller: Reader, asked: Annotated[PartParameters, Query()], answer: JsonAnswer, store: Store, now: Now
    ) -> Response:
        return _page(of, org, caller, asked, answer, store, now)

    return endpoint


def _list_of_department_parts(of: Listed) -> Any:
    def endpoint(
        org: str,
        caller: Reader,
        asked: Annotated[DepartmentPartParameters, Query()],
        answer: JsonAnswer,
        store: Store,
        now: Now,
    ) -> Response:
        return _page(of, org, caller, asked, answer, store, now)

    return endpoint


def _page(
    of: Listed, org: str, caller: Reader, asked: PartParameters, answer: Answer, store: Store, now: Now
) -> Response:
    if asked.deleted:
        asked_for = wanted(answer, asked, caller, of.schema)
        gone = document_parts.listed_deleted(store, caller, org, of.name, asked_for, now)
        return page(answer, asked, caller, gone.of(lambda part: part.shown))
    kept: KeptLists = answer.request.app.state.lists
    whose, address = caller.workspace, self_link(answer, answer.path)
    if kept.knows(whose, address):
        made = kept.find(whose, address, document_parts.state(store, caller, org))
        if made is not None:
            return sent(answer, made)
    found = document_parts.listed(store, caller, org, of.name, wanted(answer, asked, caller, of.schema))
    made = page_of_texts(answer, asked, caller, found.page)
    kept.keep(whose, address, found.state, made)
    return sent(answer, made)


def _add(of: Listed) -> Any:
    def endpoint(
        org: str,
        caller: Writer,
        answer: JsonAnswer,
        asked: Annotated[WriteParameters, Query()],
        body: TextBody,
        store: Store,
        once: Once,
        now: Now,
    ) -> Response:
        source = source_of(body)
        made = document_parts.add(store, caller, org, of.name, source, now, once=once, dry_run=asked.dry_run)
        return saved_part(answer, made, asked, once)

    return endpoint


def _get(of: Listed) -> Any:
    def endpoint(
        org: str, key: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
    ) -> Response:
        found = document_parts.get_as_text(store, caller, org, PartId(of.name, key))
        return stored.tagged(answer, found.text.encode(), found.tag, JSON)

    return endpoint


def _put(of: Listed) -> Any:
    def endpoint(
        org: str,
        key: str,
        caller: Writer,
        answer: JsonAnswer,
        asked: Annotated[WriteParameters, Query()],
        body: TextBody,
        condition: Precondition,
        store: Store,
        now: Now,
    ) -> Response:
        part, source = PartId(of.name, key), source_of(body)
        made = document_parts.replace(store, caller, org, part, source, now, condition, dry_run=asked.dry_run)
        return saved_part(answer, made, asked)

    return endpoint


def _patch(of: Listed) -> Any:
    def endpoint(
        org: str,
        key: str,
        caller: Writer,
        answer: JsonAnswer,
        asked: Annotated[WriteParameters, Query()],
        body: MergePatchBody,
        condition: Precondition,
        store: Store,
        once: Once,
        now: Now,
    ) -> Response:
        part, patch = PartId(of.name, key), source_of(body).raw
        made = document_parts.change(store, caller, org, part, patch, now, condition, once=once, dry_run=asked.dry_run)
        return saved_part(answer, made, asked, once)

    return endpoint


def _delete(of: Listed) -> Any:
    def endpoint(
        org: str,
        key: str,
        caller: Writer,
        answer: JsonAnswer,
        asked: Annotated[PartRemovalParameters, Query()],
        condition: Precondition,
        store: Store,
        now: Now,
    ) -> Response:
        went = document_parts.remove(
            store,
            caller,
            org,
            PartId(of.name, key),
            now,
            condition,
            cascade=asked.cascade,
            purge=asked.purge,
            dry_run=asked.dry_run,
        )
        return _removed(answer, went, asked)

    return endpoint


def _restore(of: Listed) -> Any:
    def endpoint(
        org: str,
        key: str,
        caller: Writer,
        answer: JsonAnswer,
        asked: Annotated[WriteParameters, Query()],
        store: Store,
        once: Once,
        now: Now,
    ) -> Response:
        part = PartId(of.name, key)
        made = document_parts.restore(store, caller, org, part, now, once=once, dry_run=asked.dry_run)
        return saved_part(answer, made, asked, once)

    return endpoint


def saved_part(answer: Answer, made: StoredPart, asked: WriteParameters, once: Claim | None = None) -> Response:
    """What was written of a part, with what that did to the document."""
    return stored.saved(
        answer,
        made.shown,
        made.tag,
        created=made.created,
        location=made.path,
        once=once,
        dry_run=asked.dry_run,
        diff=made,
    )


def _removed(answer: Answer, went: Removed, asked: PartRemovalParameters) -> Response:
    if not (asked.cascade or asked.dry_run):
        return stored.removed()
    said = {"removed": _addresses(answer, went, went.gone), "changed": _addresses(answer, went, went.changed)}
    return stored.told(said, dry_run=asked.dry_run, diff=went)


def _addresses(answer: Answer, went: Removed, parts: tuple[PartId, ...]) -> list[dict[str, str]]:
    base = answer.address(f"/v1/organizations/{went.organization}/")
    return [{"href": base + part.path, "kind": part.list, "key": part.key} for part in parts]


for _listed in LISTS:
    _add_list(_listed)
