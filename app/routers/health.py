"""`/healthz`, `/readyz` and `/metrics`: is the process alive, should it get work, what does it count of itself."""

from __future__ import annotations

import hmac
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.domain.networks import address_of
from app.reports.canonical_json import written
from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, problems
from app.web.identity import presented, unauthenticated
from app.web.measures import MEDIA_TYPE
from app.web.negotiation import JSON
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import NOT_READY
from app.web.problems import Refused
from app.web.stored import Store
from app.web.stored_problem_types import STORAGE_UNAVAILABLE

router = operations("", "health")


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """The process can do its work."""

    status: Literal["ready"]
    catalogue: str


@router.get("/healthz", operation_id="get_health", responses=answers(Health, "The process is alive.", kept=False))
async def get_health(_: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Is the process alive?"""
    return _unkept({"status": "ok"})


@router.get(
    "/readyz",
    operation_id="get_readiness",
    responses=answers(Readiness, "The process can do its work.", kept=False) | problems(NOT_READY, STORAGE_UNAVAILABLE),
)
def get_readiness(request: Request, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store) -> Response:
    """Should the process get work?

    Not while it is ending, and not while its database does not answer.
    """
    if request.app.state.ending:
        raise Refused(NOT_READY, headers={"Retry-After": "5"})
    request.app.state.schema.ensure()
    store.check()
    return _unkept({"status": "ready", "catalogue": knowledge.version()})


@router.get("/metrics", operation_id="get_metrics", include_in_schema=False)
def get_metrics(request: Request) -> Response:
    """What the process counts of itself, for Prometheus: with the token of the settings, or from this very machine where there is none."""
    token: str = request.app.state.metrics_token
    client = address_of(request.client.host if request.client else None)
    is_near = client is not None and client.is_loopback
    knows = hmac.compare_digest((presented(request) or "").encode(), token.encode())
    if not (knows if token else is_near):
        raise unauthenticated()
    return Response(request.app.state.measures.text(), headers={"Cache-Control": "no-store"}, media_type=MEDIA_TYPE)


def _unkept(value: dict[str, str]) -> Response:
    return Response(written(value), headers={"Cache-Control": "no-store"}, media_type=JSON)
