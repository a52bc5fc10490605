"""`/`, `/docs` and `/openapi.json`: where to look."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel, RootModel
from starlette.responses import Response

from app.domain.analysis import ENGINE_VERSION
from app.web.answers import HtmlAnswer, JsonAnswer, PageAnswer
from app.web.documented import answers, pages
from app.web.operations import operations
from app.web.pages.front import front_page
from app.web.pages.layout import shown
from app.web.pages.reference import reference_page
from app.web.parameters import Parameters

router = operations("", "front")

LINKS = {
    "docs": "/docs",
    "openapi": "/openapi.json",
    "audits": "/v1/audits",
    "metrics": "/v1/metrics",
    "levers": "/v1/levers",
    "families": "/v1/families",
    "influences": "/v1/influences",
    "citations": "/v1/citations",
    "rules": "/v1/rules",
    "rule_packs": "/v1/rule-packs",
    "remedies": "/v1/remedies",
    "fact_kinds": "/v1/fact-kinds",
    "document_schema": "/v1/schemas/document.json",
    "analysis_schema": "/v1/schemas/analysis.json",
    "rule_schema": "/v1/schemas/rule.json",
    "problems": "/problems",
}


class Front(BaseModel):
    """What the service is, and complete addresses of what it has."""

    name: str
    version: str
    links: dict[str, str]


class OpenApi(RootModel[dict[str, Any]]):
    """An OpenAPI document (3.1)."""


@router.get("/", operation_id="get_front", responses=pages(answers(Front, "Where to look.")))
def get_front(_: Annotated[Parameters, Query()], answer: PageAnswer) -> Response:
    """Where to look. Browsers get a page."""
    if answer.wants_html:
        return shown(answer, front_page(answer.context.base))
    links = {name: answer.address(path) for name, path in LINKS.items()}
    return answer.json({"name": "Concord", "version": ENGINE_VERSION, "links": links})


@router.get("/openapi.json", operation_id="get_openapi", responses=answers(OpenApi, "The OpenAPI document."))
def get_openapi(request: Request, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """The OpenAPI document of this service."""
    return answer.json(request.app.openapi())


@router.get("/docs", operation_id="get_docs", responses=pages({200: {"description": "The page."}}))
def get_docs(request: Request, _: Annotated[Parameters, Query()], answer: HtmlAnswer) -> Response:
    """Every operation, with examples, as a page."""
    return shown(answer, reference_page(request.app.openapi()))
