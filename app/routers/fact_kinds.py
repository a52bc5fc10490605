"""`/v1/fact-kinds`: the typed tables that rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.rules.schema import FactKind as DomainFactKind
from app.domain.rules.schema import Field as DomainField
from app.domain.rules.schema import FieldType
from app.services import knowledge
from app.services.schemas.rule import Texts
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/fact-kinds", "fact-kinds", scope="read")


class FactField(BaseModel):
    """A column. `scale`: digits after the point at which a decimal is compared; what is not `testable` is for messages only."""

    name: str
    type: FieldType
    nullable: bool
    testable: bool
    description: str
    labels: Texts
    scale: int | None = None
    values: list[str] | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    example: Any = None


class FactKind(BaseModel):
    """A table that rules read. `subjects` are names that a message may use beside the fields."""

    id: str
    labels: Texts
    subjects: list[str]
    fields: list[FactField]


class FactKindParameters(ListParameters):
    """How fact kinds are searched and ordered."""

    sort: Annotated[list[Literal["id", "-id"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _fact_kinds() -> Sequence[Mapping[str, Any]]:
    return [_shown(kind) for kind in knowledge.fact_kinds().values()]


def _shown(kind: DomainFactKind) -> Mapping[str, Any]:
    return {
        "id": kind.name,
        "labels": dict(kind.labels),
        "subjects": list(kind.subjects),
        "fields": [_field(field) for field in kind.fields.values()],
    }


def _field(field: DomainField) -> Mapping[str, Any]:
    optional = {
        "scale": field.scale if field.type == "decimal" else None,
        "values": list(field.values) or None,
        "unit": field.unit,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "example": list(field.example) if isinstance(field.example, tuple) else field.example,
    }
    return {
        "name": field.name,
        "type": field.type,
        "nullable": field.nullable,
        "testable": field.testable,
        "description": field.description,
        "labels": dict(field.labels),
        **{name: value for name, value in optional.items() if value is not None},
    }


FACT_KINDS = Collection("/v1/fact-kinds", _fact_kinds, ("id", "labels", "fields"), knowledge.fact_kind)


@router.get("", operation_id="list_fact_kinds", responses=answers_list(FactKind, "Fact kinds."))
def list_fact_kinds(asked: Annotated[FactKindParameters, Query()], answer: JsonAnswer) -> Response:
    """List fact kinds.

    What a rule may read: one table for each thing that rules are about, with types, labels and bounds.
    """
    return listed(FACT_KINDS, asked, answer)


@router.get(
    "/{fact_kind_id}", operation_id="get_fact_kind", responses=answers(FactKind, "The fact kind.") | problems(NOT_FOUND)
)
def get_fact_kind(fact_kind_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a fact kind."""
    return answer.json(FACT_KINDS.one(fact_kind_id))
