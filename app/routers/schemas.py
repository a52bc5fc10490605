"""`/v1/schemas`: JSON Schemas of what goes in and comes out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import RootModel
from starlette.responses import Response

from app.domain.errors import Unknown
from app.domain.nearest import nearest
from app.services.schemas import NAMES, schema
from app.web.answers import JsonAnswer
from app.web.documented import answers, problems
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND

router = operations("/v1/schemas", "schemas")

_SUFFIX = ".json"
FILES = tuple(name + _SUFFIX for name in NAMES)


class JsonSchema(RootModel[dict[str, Any]]):
    """A JSON Schema (draft 2020-12)."""


@router.get("/{file}", operation_id="get_schema", responses=answers(JsonSchema, "The schema.") | problems(NOT_FOUND))
def get_schema(file: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a JSON Schema: `document.json`, `analysis.json`, `rule.json` or `config.json`."""
    if file not in FILES:
        raise Unknown("schema", file, tuple(nearest(file, FILES)))
    return answer.json(schema(file.removesuffix(_SUFFIX)))
