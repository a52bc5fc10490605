"""`/v1/remedies`: kinds of change that clear findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.patch_templates import Text
from app.domain.remedies import Remedy as DomainRemedy
from app.domain.terms import FindingKind
from app.services import knowledge
from app.services.schemas.rule import Texts
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/remedies", "remedies", scope="read")


class RemedyRisk(BaseModel):
    """What may go wrong; without references it is judgement."""

    text: Texts
    references: list[str]


class RemedyForm(BaseModel):
    """One way to carry the remedy out. `rules`: only for findings of these rules; none: wherever the remedy fits."""

    id: str
    title: Texts
    effort: Literal["low", "medium", "high"]
    rules: list[str]


class RemedyExample(BaseModel):
    """A document before and after, and the finding for which the remedy was asked."""

    because: str
    rule: str
    subjects: list[str]
    before: dict[str, Any]
    after: dict[str, Any]


class Remedy(BaseModel):
    """A kind of change. It is tried for findings whose rule names it, and for those of its `kinds`, `flaws` and `rules`.

    Lists leave the examples out.
    """

    id: str
    name: Texts
    when: Texts
    rationale: Texts
    cost: Texts
    kinds: list[FindingKind]
    flaws: list[str]
    rules: list[str]
    references: list[str]
    forms: list[RemedyForm]
    risks: list[RemedyRisk]
    examples: list[RemedyExample] | None = None


class RemedyParameters(ListParameters):
    """How remedies are searched, filtered and ordered."""

    kinds: Annotated[list[FindingKind], COMMAS] = Field(
        default=[], description="Kinds of findings that it is tried for."
    )
    flaws: Annotated[list[str], COMMAS] = Field(default=[], description="Flaws that it is tried for.")
    rules: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of rules that it is tried for.")
    references: Annotated[list[str], COMMAS] = Field(default=[], description="Citations that it rests on.")
    sort: Annotated[list[Literal["id", "-id"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _remedies() -> Sequence[Mapping[str, Any]]:
    return [_shown(remedy) for remedy in knowledge.remedies().values()]


def _shown(remedy: DomainRemedy) -> Mapping[str, Any]:
    return {
        "id": remedy.id,
        "name": _texts(remedy.name),
        "when": _texts(remedy.when),
        "rationale": _texts(remedy.rationale),
        "cost": _texts(remedy.cost),
        "kinds": list(remedy.kinds),
        "flaws": list(remedy.flaws),
        "rules": list(remedy.rules),
        "references": list(remedy.references),
        "forms": [
            {"id": form.id, "title": _texts(form.title), "effort": form.effort, "rules": list(form.rules)}
            for form in remedy.forms
        ],
        "risks": [{"text": _texts(risk.text), "references": list(risk.references)} for risk in remedy.risks],
        "examples": [
            {
                "because": example.because,
                "rule": example.rule,
                "subjects": list(example.subjects),
                "before": dict(example.before),
                "after": dict(example.after),
            }
            for example in remedy.examples
        ],
    }


def _texts(text: Text) -> Mapping[str, str]:
    return {"en": text.en, "de": text.de}


REMEDIES = Collection(
    "/v1/remedies", _remedies, ("id", "name", "when", "rationale"), knowledge.remedy, detailed=("examples",)
)


@router.get("", operation_id="list_remedies", responses=answers_list(Remedy, "Remedies."))
def list_remedies(asked: Annotated[RemedyParameters, Query()], answer: JsonAnswer) -> Response:
    """List remedies.

    Kinds of change that an audit tries and proves; what a plan needs in numbers, an audit's recommendations say.
    """
    return listed(REMEDIES, asked, answer)


@router.get("/{remedy_id}", operation_id="get_remedy", responses=answers(Remedy, "The remedy.") | problems(NOT_FOUND))
def get_remedy(remedy_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a remedy, with a document before and after."""
    return answer.json(REMEDIES.one(remedy_id))
