"""Assessments as they are kept: their answers, those of the model, and what both come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.assessment_answers import (
    ANSWER_MEMBERS,
    Counted,
)
from app.domain.assessments import Answer
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.instruments import Instrument
from app.services import knowledge
from app.services.assessment_model import Model
from app.services.assessment_results import Result, result_of
from app.storage import assessments
from app.storage.assessments import AssessmentRow
from app.storage.organizations import Organization
from app.storage.rows import value_of
from app.storage.workspace import Transaction

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment in short. `summary`: `score` (None where nothing answered), `coverage` and `people`."""

    organization: str
    id: str
    instrument: str
    instrument_version: int
    name: str
    as_of: str
    answer_count: int
    summary: dict[str, Any]
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    version: int

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"{self.id}-{self.version}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/assessments/{self.id}"

    @property
    def listed(self) -> Json:
        """It as lists show it."""
        return {
            "id": self.id,
            "organization": self.organization,
            "instrument": self.instrument,
            "instrument_version": self.instrument_version,
            "name": self.name,
            "as_of": self.as_of,
            "answer_count": self.answer_count,
            **self.summary,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "updated_at": written(self.updated_at),
            "updated_by": self.updated_by,
        }


@dataclass(frozen=True, slots=True)
class WholeAssessment:
    """An assessment with all answers, and what they come to."""

    short: StoredAssessment
    answers: tuple[dict[str, Any], ...]
    counts: tuple[dict[str, Any], ...]
    result: dict[str, Any]

    @property
    def shown(self) -> Json:
        """It as the API shows it."""
        return {
            **self.short.listed,
            "answers": list(self.answers),
            "counts": list(self.counts),
            "result": self.result,
        }


def existing_assessment(
    tx: Transaction, organization: Organization, id_: str, *, locked: bool = False
) -> AssessmentRow:
    """The assessment of that id; raises Missing."""
    found = assessments.assessment(tx, organization.id, id_, locked=locked)
    if found is None:
        raise Missing("assessment", id_)
    return found


def short_of(organization: Organization, row: Any) -> StoredAssessment:
    """An assessment in short, of its row."""
    return value_of(StoredAssessment, row, organization=organization.key)


def whole(organization: Organization, row: AssessmentRow) -> WholeAssessment:
    """An assessment with all answers, and what they come to."""
    kept = row.answers
    return WholeAssessment(
        short_of(organization, row), tuple(kept["answers"]), tuple(kept["counts"]), dict(result_in(row).shown)
    )


def answers_of(row: AssessmentRow) -> tuple[Answer, ...]:
    """What people answered."""
    return tuple(Answer(**one) for one in row.answers["answers"])


def counts_of(row: AssessmentRow) -> tuple[Counted, ...]:
    """What was answered by counts."""
    return tuple(Counted(one["group"], one["question"], tuple(one["counts"])) for one in row.answers["counts"])


def result_in(row: AssessmentRow) -> Result:
    """What all answers come to."""
    return result_of(instrument_of(row.instrument), answers_of(row), counts_of(row), row.answers)


def put_answers(row: AssessmentRow, model: Model, said: Sequence[Answer], counted: Sequence[Counted]) -> None:
    """Let an assessment have these answers, and those of the model."""
    row.answers = {
        "answers": [_plain(one) for one in said],
        "counts": [one._asdict() | {"counts": list(one.counts)} for one in counted],
        "facts": model.facts,
        "revision": model.revision,
        "analysis": model.analysis,
        "recommendations": model.recommendations,
    }
    row.answer_count = len(said) + sum(sum(one.counts) for one in counted)
    row.summary = result_in(row).summary


def _plain(one: Answer) -> dict[str, Any]:
    return {name: value for name in ANSWER_MEMBERS if (value := getattr(one, name)) is not None}


def instrument_of(id_: str) -> Instrument:
    """The instrument of that id. Raises DocumentInvalid with those that there are."""
    known = knowledge.instruments()
    if id_ not in known:
        words = {"values": ", ".join(known)}
        raise invalid([Fault(("instrument",), "not_one_of", id_, "one_of", tuple(known), words)])
    return known[id_]


def target_of(organization: str, id_: str) -> str:
    """What audit events call an assessment."""
    return f"organizations/{organization}/assessments/{id_}"
