"""`/v1/organizations/{org}/analyses/{analysis_id}/…`: what drawings of an analysis need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.services import analyses, analysis_views
from app.services.analysis_views import View
from app.services.schemas.analyses import AnalysisAlignment, AnalysisMatrix, AnalysisNetwork
from app.web.answers import Answer, JsonAnswer
from app.web.documented import answers, problems
from app.web.identity import Reader
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store, written
from app.web.told import Told, told_as

router = operations("/v1/organizations/{org}/analyses/{analysis_id}", "analyses")


@router.get(
    "/matrix",
    operation_id="get_analysis_matrix",
    responses=answers(AnalysisMatrix, "Rows, columns and cells.") | problems(NOT_FOUND),
)
def get_analysis_matrix(
    org: str, analysis_id: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show who works against whom."""
    return _view(analysis_views.matrix, "matrix", org, analysis_id, caller, answer, store)


@router.get(
    "/network",
    operation_id="get_analysis_network",
    responses=answers(AnalysisNetwork, "Goals, movements and influences.") | problems(NOT_FOUND),
)
def get_analysis_network(
    org: str, analysis_id: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show the graph behind the findings.

    The goals, and every movement and influence that some finding's witness chain runs over.
    """
    return _view(analysis_views.network, "network", org, analysis_id, caller, answer, store)


@router.get(
    "/alignment",
    operation_id="get_analysis_alignment",
    responses=answers(AnalysisAlignment, "Index, coverage, outcomes and departments.") | problems(NOT_FOUND),
)
def get_analysis_alignment(
    org: str, analysis_id: str, caller: Reader, _: Annotated[Told, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show how departments stand to what customers are owed.

    The alignment index is shown with its coverage and the goals that are gone since the analysis before, so that nobody raises it by hiding
    goals.
    """
    return _view(analysis_views.alignment, "alignment", org, analysis_id, caller, answer, store)


def _view(
    view: Callable[..., View], name: str, org: str, analysis_id: str, caller: Reader, answer: Answer, store: Store
) -> Response:
    """The view, unless the client has it: it is of an analysis, which never changes."""
    language = answer.context.language
    analysis = analyses.get(store, caller, org, analysis_id)
    return told_as(
        answer,
        f"{analysis.tag(language)}-{name}",
        JSON,
        lambda: written(view(store, caller, org, analysis_id, language).shown),
    )
