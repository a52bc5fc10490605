"""`/healthz` and `/readyz`: is the process alive, should it get work."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.reports.canonical_json import written
from app.services import knowledge
from app.web.answers import JsonAnswer
from app.web.documented import answers, problems
from app.web.negotiation import JSON
from app.web.parameters import Parameters
from app.web.problem_types import NOT_READY
from app.web.problems import Refused

router = APIRouter(tags=["health"], default_response_class=Response)


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
    responses=answers(Readiness, "The process can do its work.", kept=False) | problems(NOT_READY),
)
def get_readiness(request: Request, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Should the process get work?"""
    if request.app.state.ending:
        raise Refused(NOT_READY, headers={"Retry-After": "5"})
    return _unkept({"status": "ready", "catalogue": knowledge.version()})


def _unkept(value: dict[str, str]) -> Response:
    return Response(written(value), headers={"Cache-Control": "no-store"}, media_type=JSON)
