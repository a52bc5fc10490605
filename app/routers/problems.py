"""`/problems`: what each type of problem means, what causes it, what helps."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.errors import Unknown
from app.domain.nearest import nearest
from app.domain.terms import Language
from app.web.answers import PageAnswer
from app.web.documented import answers, pages, problems
from app.web.operations import operations
from app.web.pages.layout import shown
from app.web.pages.problems import problem_page, problems_page
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND, PROBLEM_TYPES, ProblemType

router = operations("/problems", "problems")


class ProblemDescription(BaseModel):
    """A type of problem: what it means, what usually causes it, what helps."""

    type: str
    slug: str
    status: int
    title: str
    meaning: str
    cause: str
    remedy: str


class ProblemDescriptions(BaseModel):
    """Every type of problem."""

    items: list[ProblemDescription]


class ProblemParameters(Parameters):
    """In which language."""

    lang: Language | None = Field(default=None, description="The language of texts; wins over `Accept-Language`.")


@router.get(
    "",
    operation_id="list_problem_types",
    responses=pages(answers(ProblemDescriptions, "Every type of problem.")),
)
def list_problem_types(_: Annotated[ProblemParameters, Query()], answer: PageAnswer) -> Response:
    """List the types of problems. Browsers get a page."""
    if answer.wants_html:
        return shown(answer, problems_page(answer.context.language))
    return answer.json({"items": [_described(type_, answer) for type_ in PROBLEM_TYPES.values()]})


@router.get(
    "/{slug}",
    operation_id="get_problem_type",
    responses=pages(answers(ProblemDescription, "The type of problem.")) | problems(NOT_FOUND),
)
def get_problem_type(slug: str, _: Annotated[ProblemParameters, Query()], answer: PageAnswer) -> Response:
    """Show a type of problem: meaning, cause, remedy. Browsers get a page."""
    type_ = PROBLEM_TYPES.get(slug)
    if type_ is None:
        raise Unknown("problem type", slug, tuple(nearest(slug, PROBLEM_TYPES)))
    if answer.wants_html:
        return shown(answer, problem_page(type_, answer.context.language))
    return answer.json(_described(type_, answer))


def _described(type_: ProblemType, answer: PageAnswer) -> dict[str, Any]:
    language = answer.context.language
    return {
        "type": answer.address(f"/problems/{type_.slug}"),
        "slug": type_.slug,
        "status": type_.status,
        "title": type_.title.said(language),
        "meaning": type_.meaning.said(language),
        "cause": type_.cause.said(language),
        "remedy": type_.remedy.said(language),
    }
