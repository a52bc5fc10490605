"""`/v1/organizations/{org}/revisions`: every accepted change of the document, what differs between any two states, and the way back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.routers.documents import DocumentWriteParameters, saved_document
from app.services import revisions
from app.services.schemas.revisions import Difference, ListedRevision, Revision
from app.services.schemas.stored import SavedDocument
from app.web.answers import JsonAnswer
from app.web.body import YAML
from app.web.clock import Now
from app.web.document_forms import WrittenAnswer
from app.web.documented import CONDITIONAL, RETRIED, also_as, answers, answers_list, problems, saves
from app.web.idempotency import Once
from app.web.identity import Reader, Writer
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import COMMAS
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND, VALIDATION
from app.web.stored import Store, written
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.told import Told, told_as

router = operations("/v1/organizations/{org}/revisions", "revisions")


class RevisionListParameters(Created, StoredListParameters):
    """How revisions are filtered and ordered."""

    actor: Annotated[list[str], COMMAS] = Field(default=[], description="Who made them.")
    action: Annotated[list[str], COMMAS] = Field(default=[], description="What was done, such as `document.replaced`.")
    sort: Annotated[list[Literal["number", "-number"]], COMMAS] = SORT


class RevisionParameters(Told):
    """How much is told."""

    include: Annotated[list[Literal["document"]], COMMAS] = Field(
        default=[], description="`document`: the whole document that came of it."
    )


class DifferenceParameters(Told):
    """Against what."""

    against: Annotated[int, Field(ge=0, le=999_999_999)] | None = Field(
        default=None,
        description="The number of the other revision, 0 for an empty document; the one before by default.",
    )


@router.get(
    "",
    operation_id="list_revisions",
    responses=answers_list(ListedRevision, "Revisions.") | problems(NOT_FOUND),
)
def list_revisions(
    org: str, caller: Reader, asked: Annotated[RevisionListParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List the revisions of an organization's document.

    The first one first, unless another order is asked for. The latest is `?limit=1&sort=-number`.
    """
    found = revisions.listed(store, caller, org, wanted(answer, asked, caller, ListedRevision))
    return page(answer, asked, caller, found.of(lambda one: one.shown))


@router.get(
    "/{number}",
    operation_id="get_revision",
    responses=answers(Revision, "The revision.") | problems(NOT_FOUND),
)
def get_revision(
    org: str,
    number: str,
    caller: Reader,
    asked: Annotated[RevisionParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show who changed what, and when.

    `changes` tells it part by part, each with a sentence; `patch` makes this document of the one before. The document itself comes with
    `include=document`, or in any form from `GET …/document?revision=`.
    """
    language, with_document = answer.context.language, "document" in asked.include
    found = revisions.get(store, caller, org, revisions.number_of(number))
    tag = f"{found.tag}-{language}{'-document' if with_document else ''}"

    def told() -> bytes:
        return written(revisions.told(store, caller, org, found.number, language, with_document=with_document))

    return told_as(answer, tag, JSON, told)


@router.get(
    "/{number}/diff",
    operation_id="compare_revisions",
    responses=answers(Difference, "What differs.") | problems(NOT_FOUND),
)
def compare_revisions(
    org: str,
    number: str,
    caller: Reader,
    asked: Annotated[DifferenceParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Compare any two revisions.

    What differs in this one from the other, whichever came first: part by part, each with a sentence, and as a JSON Patch that makes this
    document of the other.
    """
    language = answer.context.language
    found = revisions.get(store, caller, org, revisions.number_of(number))
    against = found.number - 1 if asked.against is None else asked.against
    other = revisions.get(store, caller, org, against).tag if against else "nothing"

    def told() -> bytes:
        return written(revisions.difference(store, caller, org, found.number, against, language))

    return told_as(answer, f"{found.tag}-{other}-{language}", JSON, told)


@router.post(
    "/{number}/restore",
    operation_id="restore_revision",
    responses=also_as(
        saves(SavedDocument, "The document as it is again.", creates=False), YAML, extra=("Content-Location",)
    )
    | problems(NOT_FOUND, VALIDATION, *RETRIED, *CONDITIONAL),
)
def restore_revision(
    org: str,
    number: str,
    caller: Writer,
    answer: WrittenAnswer,
    asked: Annotated[DocumentWriteParameters, Query()],
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Make a past document the present one.

    That is a new revision: nothing of what came between is lost. `If-Match` names the state of the document, as `GET …/document` gives it.
    With `dry_run` nothing changes, and the answer also holds what would.
    """
    past = revisions.number_of(number)
    made = revisions.restore(store, caller, org, past, now, condition, once=once, dry_run=asked.dry_run)
    return saved_document(answer, made, asked, once)
