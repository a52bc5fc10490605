"""`/v1/oembed`: views for wikis and editors that know oEmbed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.embeds import origin_faults
from app.domain.faults import Fault, problem
from app.services.oembed import HEIGHT, WIDTH, oembed
from app.web.answers import JsonAnswer
from app.web.clock import Now
from app.web.identity import Embedder
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused
from app.web.seals import Seals
from app.web.stored import Store, written

router = operations("/v1/oembed", "embeds", listed=False)


class OEmbedParameters(Parameters):
    """Which page, for which page."""

    url: Annotated[str, Field(max_length=2000)] = Field(
        default="", description="The address of a page of this service, such as …/organizations/acme/matrix."
    )
    origin: Annotated[str, Field(max_length=300)] = Field(
        default="", description="The origin of the pages that will show the view, such as https://wiki.acme.example."
    )
    maxwidth: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="The widest frame there is room for."
    )
    maxheight: Annotated[int, Field(ge=1, le=10_000)] | None = Field(default=None, description="The highest.")
    format: Literal["json"] = Field(default="json", description="The form of the answer; `json` is the only one.")


@router.get("")
def get_oembed(
    caller: Embedder,
    asked: Annotated[OEmbedParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    sealer: Seals,
    now: Now,
) -> Response:
    """The frame that shows a page of this service, by oEmbed 1.0.

    `html` holds a token that is good for a quarter of an hour (`cache_age`): ask again when it is over.
    """
    if faults := _faults(asked):
        raise Refused(INVALID_REQUEST, problems=[problem(fault) for fault in faults], in_parameters=True)
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


def _faults(asked: OEmbedParameters) -> list[Fault]:
    """What is missing, and what is wrong with the origin."""
    missing = [Fault((name,), "missing") for name in ("url", "origin") if not getattr(asked, name)]
    wrong = origin_faults([asked.origin], ()) if asked.origin else []
    return [*missing, *(fault._replace(path=("origin",)) for fault in wrong)]
