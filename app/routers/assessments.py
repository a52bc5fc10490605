"""`/v1/organizations/{org}/assessments`: what people and the model answer to an instrument, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.document.values import Day
from app.domain.read_only import without_read_only
from app.exchange.answer_sheets import SentAnswers, answers_sheet, read_answers
from app.services import assessments
from app.services.assessments import WantedAssessment
from app.services.kept_assessments import WholeAssessment
from app.services.schemas.assessments import (
    AnswersToAdd,
    Assessment,
    AssessmentAnswers,
    AssessmentToAdd,
    AssessmentToChange,
    ListedAssessment,
)
from app.web import stored
from app.web.answers import Answer, JsonAnswer, answering
from app.web.attachments import named
from app.web.body import CSV, JSON, MERGE_PATCH, TEXTS, YAML, Body, MergePatchBody, TextBody, reading, source_of
from app.web.clock import Now
from app.web.documented import (
    CONDITIONAL,
    RETRIED,
    WRITES,
    also_as,
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
from app.web.parameters import COMMAS, Parameters
from app.web.preconditions import Precondition
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, Searched, StoredListParameters, page, wanted
from app.web.stored_problem_types import PRECONDITION_FAILED
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/assessments", "assessments")

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=100)]
SheetAnswer = Annotated[Answer, Depends(answering(JSON, CSV))]
SheetBody = Annotated[Body, Depends(reading(JSON, YAML, CSV))]


class NewAssessment(Members):
    """An assessment that is to be made."""

    instrument: Id
    name: Name
    as_of: Day | None = None
    answers: list[Any] | None = None
    counts: list[Any] | None = None


class ChangedAssessment(Members):
    """What is to become of an assessment."""

    name: Name | None = None
    as_of: Day | None = None
    answers: list[Any] | None = None
    counts: list[Any] | None = None


_READ_ONLY = tuple(name for name in Assessment.model_fields if name not in ChangedAssessment.model_fields)


class AssessmentParameters(Created, Searched, StoredListParameters):
    """How assessments are searched, filtered and ordered."""

    instrument: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of instruments.")
    sort: Annotated[
        list[
            Literal[
                "created_at",
                "-created_at",
                "updated_at",
                "-updated_at",
                "as_of",
                "-as_of",
                "name",
                "-name",
                "id",
                "-id",
            ]
        ],
        COMMAS,
    ] = SORT


class AnswerParameters(Parameters):
    """Which answers, and in which form."""

    question: str | None = Field(default=None, max_length=100, description="The key of a question; all by default.")
    format: Literal["json", "csv"] | None = Field(
        default=None, description="The form of the answer; wins over `Accept`."
    )


@router.get(
    "",
    operation_id="list_assessments",
    responses=answers_list(ListedAssessment, "Assessments.") | problems(NOT_FOUND),
)
def list_assessments(
    org: str, caller: Reader, asked: Annotated[AssessmentParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List assessments with their scores, the newest first unless another order is asked for.

    Those of one `instrument` are its history.
    """
    found = assessments.listed(store, caller, org, wanted(answer, asked, caller, ListedAssessment))
    return page(answer, asked, caller, found.of(lambda one: one.listed))


@router.post(
    "",
    operation_id="add_assessment",
    responses=saves(Assessment, "The assessment.") | problems(NOT_FOUND, *RETRIED, *WRITES),
    openapi_extra=reads(refer(AssessmentToAdd), TEXTS, "The assessment."),
)
def add_assessment(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Begin an assessment.

    What the model can answer, it has answered at once, by the document as it stands; people's answers can come with it or later.
    """
    said = members_of(body, NewAssessment)
    what = WantedAssessment(None, said.as_of, said.answers, said.counts)
    made = assessments.add(store, caller, org, said.instrument, said.name, what, now, once=once, dry_run=asked.dry_run)
    return _saved(answer, made, asked, once, created=True)


@router.get(
    "/{assessment_id}",
    operation_id="get_assessment",
    responses=answers(Assessment, "The assessment.") | problems(NOT_FOUND),
)
def get_assessment(
    org: str, assessment_id: str, caller: Reader, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show an assessment: its answers, and what they come to, each score with what it rests on."""
    found = assessments.get(store, caller, org, assessment_id)
    return stored.one(answer, found.shown, found.short.tag)


@router.patch(
    "/{assessment_id}",
    operation_id="patch_assessment",
    responses=saves(Assessment, "The assessment as it is now.", creates=False)
    | problems(NOT_FOUND, *RETRIED, *CONDITIONAL, *WRITES),
    openapi_extra=reads(refer_patch(AssessmentToChange), (MERGE_PATCH,), "What is to become of it."),
)
def patch_assessment(
    org: str,
    assessment_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: MergePatchBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Change an assessment, and ask the model anew.

    `answers` and `counts` are all that there are then; an empty object changes nothing of them and lets the document as it stands answer.
    """
    raw = object_of(body)
    said = as_members({name: value for name, value in raw.items() if name not in _READ_ONLY}, ChangedAssessment)

    def asked_for(current: WholeAssessment) -> WantedAssessment:
        without_read_only(raw, current.shown, _READ_ONLY)
        given = {name: [] if value is None else value for name, value in said.given().items() if name in _LISTS}
        return WantedAssessment(said.name, said.as_of, **given)

    made = assessments.change(
        store, caller, org, assessment_id, asked_for, now, condition, once=once, dry_run=asked.dry_run
    )
    return _saved(answer, made, asked, once)


@router.delete(
    "/{assessment_id}",
    operation_id="delete_assessment",
    status_code=204,
    responses=problems(NOT_FOUND, *CONDITIONAL),
)
def delete_assessment(
    org: str,
    assessment_id: str,
    caller: Writer,
    _: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    condition: Precondition,
    store: Store,
    now: Now,
) -> Response:
    """Delete an assessment with its answers."""
    assessments.remove(store, caller, org, assessment_id, now, condition, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


@router.get(
    "/{assessment_id}/answers",
    operation_id="get_assessment_answers",
    responses=also_as(answers(AssessmentAnswers, "The answers."), CSV) | problems(NOT_FOUND),
)
def get_assessment_answers(
    org: str,
    assessment_id: str,
    caller: Reader,
    asked: Annotated[AnswerParameters, Query()],
    answer: SheetAnswer,
    store: Store,
) -> Response:
    """Show the answers that a score rests on: those of people to a question, and the facts by which the model answers it."""
    found = assessments.get(store, caller, org, assessment_id)
    traced = assessments.traced(found, asked.question)
    tag = found.short.tag
    is_sheet = asked.format == "csv" if asked.format else answer.media_type == CSV
    if not is_sheet:
        return stored.one(answer, traced, tag)
    response = stored.tagged(answer, answers_sheet(traced["answers"]), f"{tag}-csv", CSV)
    response.headers.update(named(f"{org}-{found.short.instrument}-answers.csv"))
    return response


@router.post(
    "/{assessment_id}/answers",
    operation_id="add_assessment_answers",
    responses=saves(Assessment, "The assessment as it is now.", creates=False)
    | problems(NOT_FOUND, PRECONDITION_FAILED, *RETRIED, *WRITES),
    openapi_extra=reads(refer(AnswersToAdd), (JSON, YAML, CSV), "The answers, at most 10,000."),
)
def add_assessment_answers(
    org: str,
    assessment_id: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: SheetBody,
    condition: Precondition,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Add answers, all or none.

    Those of the same person to the same question replace what was said before. A CSV sheet has the columns `respondent`, `group`,
    `department`, `question`, `score`, `about` and `note`; rows without a score were not answered, and are left out.
    """
    sent = read_answers(body.data, "body") if body.media_type == CSV else SentAnswers(source_of(body))
    made = assessments.answer(store, caller, org, assessment_id, sent, now, condition, once=once, dry_run=asked.dry_run)
    return _saved(answer, made, asked, once)


_LISTS = ("answers", "counts")


def _saved(
    answer: Answer, made: WholeAssessment, asked: WriteParameters, once: Once, *, created: bool = False
) -> Response:
    shown: Mapping[str, Any] = made.shown
    return stored.saved(
        answer, shown, made.short.tag, created=created, location=made.short.path, once=once, dry_run=asked.dry_run
    )
