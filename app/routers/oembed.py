"""`/v1/oembed`: views for wikis and editors that know oEmbed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.embeds import origin_faults
from app.domain.faults import problem
from app.services.oembed import HEIGHT, WIDTH, oembed
from app.services.schemas.embeds import EmbedFrame
from app.web.answers import JsonAnswer
from app.web.clock import Now
from app.web.documented import answers, problems
from app.web.identity import Embedder
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import INVALID_REQUEST, NOT_FOUND
from app.web.problems import Refused
from app.web.seals import Seals
from app.web.stored import Store, written

router = operations("/v1/oembed", "embeds")


class OEmbedParameters(Parameters):
    """Which page, for which page."""

    url: Annotated[str, Field(min_length=1, max_length=2000)] = Field(
        description="The address of a page of this service, such as …/organizations/acme/matrix."
    )
    origin: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="The origin of the pages that will show the view, such as https://wiki.acme.example."
    )
    maxwidth: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="The widest frame there is room for."
    )
    maxheight: Annotated[int, Field(ge=1, le=10_000)] | None = Field(default=None, description="The highest.")
    format: Literal["json"] = Field(default="json", description="The form of the answer; `json` is the only one.")


@router.get(
    "",
    operation_id="get_oembed",
    responses=answers(EmbedFrame, "The frame.", kept=False) | problems(NOT_FOUND),
)
def get_oembed(
    caller: Embedder,
    asked: Annotated[OEmbedParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    sealer: Seals,
    now: Now,
) -> Response:
    """Get the frame that shows a page of this service.

    oEmbed 1.0, of type `rich`. `html` holds a token that is good for a quarter of an hour (`cache_age`): ask again when it is over.
    """
    if faults := origin_faults([asked.origin], ()):
        listed = [problem(fault._replace(path=("origin",))) for fault in faults]
        raise Refused(INVALID_REQUEST, problems=listed, in_parameters=True)
    said = oembed(
        store,
        sealer,
        caller,
        asked.url,
        asked.origin,
        answer.context.base,
        now,
        answer.context.language,
        width=min(asked.maxwidth or WIDTH, WIDTH),
        height=min(asked.maxheight or HEIGHT, HEIGHT),
    )
    return answer.computed(written(said), JSON)
