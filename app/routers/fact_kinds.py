"""`/v1/fact-kinds`: the typed tables that rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.domain.rules.forms import comparisons
from app.domain.rules.schema import FactKind as DomainFactKind
from app.domain.rules.schema import Field as DomainField
from app.domain.rules.schema import FieldType
from app.services import conditions, knowledge
from app.services.schemas.rule import RuleProblem, Texts
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, TextBody
from app.web.documented import READS, answers, answers_list, problems, reads, refer
from app.web.lists import Collection, ListParameters, listed
from app.web.members import object_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/fact-kinds", "fact-kinds", scope="read")


class FactField(BaseModel):
    """A column. `scale`: digits after the point at which a decimal is compared; what is not `testable` is for messages only.

    `comparisons`: what it can be asked in a form; `denials`: how a yes or no is denied; `said`: per language how the values are said.
    """

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
    comparisons: list[str]
    denials: Texts | None = None
    said: dict[str, dict[str, str]] | None = None


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
        "denials": dict(field.denials) or None,
        "said": {language: dict(words) for language, words in field.said.items()} or None,
    }
    return {
        "name": field.name,
        "type": field.type,
        "nullable": field.nullable,
        "testable": field.testable,
        "description": field.description,
        "labels": dict(field.labels),
        "comparisons": list(comparisons(field)),
        **{name: value for name, value in optional.items() if value is not None},
    }


class ConditionBody(BaseModel):
    """A condition as text, or as a form; and the parameters of its rule, which are names in it beside the columns."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=2000)] | None = None
    form: dict[str, Any] | None = None
    params: dict[str, bool | float | str] = {}


class ResolvedCondition(BaseModel):
    """A condition as text, as a form and in plain words, and the columns that it reads; or what is wrong with it.

    A form is `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a column: `{"field": "has_gate"}` for a yes or no, else with `is` and
    `value`, `param`, `other` or, for `in`, `values`; `missing` and `known` stand alone. What no form has stands in it as `{"text": "…"}`.
    """

    valid: bool
    problems: list[RuleProblem]
    text: str | None = None
    form: dict[str, Any] | None = None
    said: Texts | None = None
    fields: list[str] | None = None


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


@router.post(
    "/{fact_kind_id}/resolve",
    operation_id="resolve_condition",
    responses=answers(ResolvedCondition, "Text, form and words, or what is wrong.", kept=False)
    | problems(NOT_FOUND, *READS),
    openapi_extra=reads(refer(ConditionBody), TEXTS, "A condition, as text or as a form."),
)
def resolve_condition(
    fact_kind_id: str, _: Annotated[Parameters, Query()], body: TextBody, answer: JsonAnswer
) -> Response:
    """Read a condition on the columns of a fact kind, as text or as a form, and write it as both.

    For editors: a form and its text say the same, whichever was changed last. A condition that is wrong is a good answer, too, with every
    problem at its place in the text.
    """
    found = conditions.resolve(fact_kind_id, object_of(body), answer.context.language)
    return answer.computed(stored.written(found))
