"""Assessments: what people and the model answer to an instrument, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.client.exchange import JSON, Flow
from app.client.operations import Asked, Group, Listing, M, Operation, Query, named, patching, reading, state, writing
from app.client.things import Thing

LIST = "/v1/organizations/{org}/assessments"
ONE = f"{LIST}/{{assessment_id}}"
ANSWERS = f"{ONE}/answers"
CSV = "text/csv"


class ListedAssessment(Thing):
    """An assessment in short. `score`: None where nothing was answered, and of the perception gap."""

    SCHEMA = "ListedAssessment"

    id: str
    organization: str
    instrument: str
    instrument_version: int
    name: str
    as_of: date
    answer_count: int
    score: float | None
    coverage: float
    people: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class Assessment(ListedAssessment):
    """An assessment with its answers and what they come to."""

    SCHEMA = "Assessment"

    answers: list[dict[str, Any]]
    counts: list[dict[str, Any]]
    result: dict[str, Any]


class AssessmentAnswers(Thing):
    """What a score rests on: answers of people, and what the model answers by which facts."""

    SCHEMA = "AssessmentAnswers"

    assessment: str
    question: str | None
    answers: list[dict[str, Any]]
    counts: list[dict[str, Any]]
    model: dict[str, Any] | None
    answered_by_model: list[dict[str, Any]] | None


class Assessments(Group[M]):
    """Assessments of organizations; the instruments are `knowledge.list("instruments")`."""

    @Listing
    def list(
        self,
        org: str,
        *,
        instrument: Sequence[str] = (),
        q: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Query[ListedAssessment]:
        """The assessments, the newest first; those of one instrument are its history. Raises NotFound."""
        asked: Asked = {"instrument": instrument, "q": q, "sort": sort, "limit": limit}
        made: Asked = {"created_after": created_after, "created_before": created_before}
        return Query(ListedAssessment, reading("list_assessments", LIST, {"org": org}, **asked, **made))

    @Operation
    def get(self, org: str, assessment_id: str) -> Flow[Assessment]:
        """An assessment with its result. Raises NotFound."""
        return self.one(Assessment, reading("get_assessment", ONE, _names(org, assessment_id)))

    @Operation
    def add(
        self,
        org: str,
        instrument: str,
        name: str,
        *,
        as_of: date | None = None,
        answers: Sequence[Mapping[str, Any]] = (),
        counts: Sequence[Mapping[str, Any]] = (),
        dry_run: bool = False,
    ) -> Flow[Assessment]:
        """Begin an assessment; `counts`: of the perception gap only. Raises NotFound, Invalid."""
        said = {"instrument": instrument, "name": name, "answers": [*answers], "counts": [*counts]}
        body = {**said, **({} if as_of is None else {"as_of": as_of.isoformat()})}
        return self.one(Assessment, writing("add_assessment", "POST", LIST, {"org": org}, body, dry_run=dry_run))

    @Operation
    def change(
        self,
        org: str,
        assessment: str | Thing,
        changes: Mapping[str, Any],
        *,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Assessment]:
        """Change the name, day or answers, and ask the model anew; `{}` does only that. Raises NotFound, Changed, Invalid."""
        names, tag = _names(org, named(assessment, "id")), state(assessment, if_match)
        return self.one(Assessment, patching("patch_assessment", ONE, names, changes, tag, dry_run=dry_run))

    @Operation
    def delete(
        self, org: str, assessment: str | Thing, *, if_match: str | None = None, dry_run: bool = False
    ) -> Flow[None]:
        """Delete an assessment with its answers. Raises NotFound, Changed."""
        names, tag = _names(org, named(assessment, "id")), state(assessment, if_match)
        return self.nothing(writing("delete_assessment", "DELETE", ONE, names, if_match=tag, dry_run=dry_run))

    @Operation
    def answers(self, org: str, assessment_id: str, question: str | None = None) -> Flow[AssessmentAnswers]:
        """The answers and facts that the score of a question rests on, or all answers. Raises NotFound."""
        request = reading("get_assessment_answers", ANSWERS, _names(org, assessment_id), question=question)
        return self.one(AssessmentAnswers, request)

    @Operation
    def sheet(self, org: str, assessment_id: str, question: str | None = None) -> Flow[bytes]:
        """The answers as a CSV sheet. Raises NotFound."""
        request = reading(
            "get_assessment_answers", ANSWERS, _names(org, assessment_id), question=question, format="csv"
        )
        return self.file(replace(request, headers={"Accept": CSV}))

    @Operation
    def answer(
        self,
        org: str,
        assessment: str | Thing,
        answers: Sequence[Mapping[str, Any]] | bytes,
        *,
        media_type: str = CSV,
        if_match: str | None = None,
        dry_run: bool = False,
    ) -> Flow[Assessment]:
        """Add answers, all or none, each `{"respondent": "7", "group": "employees", "question": "sponsor", "score": 2}`, or the bytes of a
        sheet. Raises NotFound, Changed, Invalid."""
        is_file = isinstance(answers, bytes)
        body = answers if is_file else {"items": [*answers]}
        names = _names(org, named(assessment, "id"))
        asked: Asked = {"media_type": media_type if is_file else JSON, "if_match": if_match, "dry_run": dry_run}
        return self.one(Assessment, writing("add_assessment_answers", "POST", ANSWERS, names, body, **asked))


def _names(org: str, assessment_id: str) -> dict[str, object]:
    return {"org": org, "assessment_id": assessment_id}
