"""`/v1/citations`: where claims come from, and whether anybody has looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.words import CitationStatus

router = operations("/v1/citations", "citations", scope="read")


class Citation(Shown):
    """A source. Status `verified`: the source or its record was seen (`seen` says what of it); `memory`: nobody has looked it up, so it is
    unverified; `editorial`: no source but a mark of the catalogue's own."""

    id: str
    authors: list[str]
    year: int | None = None
    title: str
    venue: str
    type: str | None = None
    status: CitationStatus
    verified: bool
    seen: str | None = None
    doi: str | None = None
    doi_seen: bool
    address: str | None = None
    finding: str | None = None


class CitationParameters(ListParameters):
    """How citations are searched, filtered and ordered."""

    status: Annotated[list[CitationStatus], COMMAS] = Field(default=[], description="Whether it was looked up.")
    type: Annotated[list[str], COMMAS] = Field(default=[], description="What kind of source it is.")
    year: Annotated[list[str], COMMAS] = Field(default=[], description="Years of publication.")
    sort: Annotated[list[Literal["id", "-id", "year", "-year", "title", "-title"]], COMMAS] = Field(
        default=[], description="Members to order by, `-` before one for descending order."
    )


def _citations() -> Sequence[Mapping[str, Any]]:
    return [Citation.of(citation) for citation in knowledge.citations().values()]


CITATIONS = Collection(
    "/v1/citations", _citations, ("id", "authors", "year", "title", "venue", "finding"), knowledge.citation
)


@router.get("", operation_id="list_citations", responses=answers_list(Citation, "Citations."))
def list_citations(asked: Annotated[CitationParameters, Query()], answer: JsonAnswer) -> Response:
    """List citations.

    The sources on which influences, rules and remedies rest.
    """
    return listed(CITATIONS, asked, answer)


@router.get(
    "/{citation_id}", operation_id="get_citation", responses=answers(Citation, "The citation.") | problems(NOT_FOUND)
)
def get_citation(citation_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a citation."""
    return answer.json(CITATIONS.one(citation_id))
