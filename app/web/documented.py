"""What operations say about themselves in the OpenAPI document: answers, problems, bodies, by reference to named schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, Field, create_model

from app.web.body import CALENDAR, CSV, MARKDOWN, XLSX, YAML, ZIP
from app.web.negotiation import HTML, JSON
from app.web.problem_types import MALFORMED, OVERLOADED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION, ProblemType
from app.web.stored_problem_types import CLAIM_REUSED, CLAIM_RUNNING, PRECONDITION_FAILED, PRECONDITION_REQUIRED

Responses = dict[int | str, dict[str, Any]]

MODELS: dict[str, type[BaseModel]] = {}
"""Name → the models that operations refer to."""

PATCHED: set[type[BaseModel]] = set()
"""Those of them that merge patches are made of: there null takes a member away, and leaving out is something else."""

PROBLEM_SLUGS = "x-problem-types"
"""Where a response names the types of its problems."""

READS = (MALFORMED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION, OVERLOADED)
"""Problems of operations that read and compute on a body."""

WRITES = (MALFORMED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION)
"""Problems of operations that read a body and keep what it says."""

RETRIED = (CLAIM_RUNNING, CLAIM_REUSED)
"""Problems of operations that can be sent again with the same `Idempotency-Key`."""

CONDITIONAL = (PRECONDITION_FAILED, PRECONDITION_REQUIRED)
"""Problems of operations that need the state that is changed."""


ANY_OBJECT: dict[str, Any] = {"type": "object"}
"""The schema of a merge patch: any members of what it changes."""


def refer(model: type[BaseModel]) -> dict[str, str]:
    """A reference to the schema of a model. Two models never share a name."""
    if (
        MODELS.setdefault(model.__name__, model) is not model
        and model.model_fields != MODELS[model.__name__].model_fields
    ):
        raise ValueError(f"there are two models with the name {model.__name__}")
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def refer_patch(model: type[BaseModel]) -> dict[str, str]:
    """A reference to the schema of a merge patch."""
    PATCHED.add(model)
    return refer(model)


def answers(model: type[BaseModel], description: str, *, kept: bool = True) -> Responses:
    """A JSON answer; `kept` ones have an entity tag, so that 304 may be the answer as well."""
    found: dict[str, Any] = {"description": description, "content": {JSON: {"schema": refer(model)}}}
    if not kept:
        return {200: found}
    unchanged = {"description": "The client has it already.", "headers": headers("ETag")}
    return {200: {**found, "headers": headers("ETag")}, 304: unchanged}


def saves(model: type[BaseModel], description: str, *, creates: bool = True) -> Responses:
    """A thing that was written: 201 when it is new, where the operation `creates` things; 200 when it was there, or with `dry_run`."""
    found: dict[str, Any] = {
        "description": description,
        "content": {JSON: {"schema": refer(model)}},
        "headers": headers("ETag"),
    }
    return {200: found, **({201: {**found, "headers": headers("ETag", "Location")}} if creates else {})}


def also_as(responses: Responses, *media_types: str, extra: tuple[str, ...] = ()) -> Responses:
    """The same answers in other forms as well, as text or bytes; `extra` are more headers that they have."""
    return {
        status: {
            **found,
            "content": {**found["content"], **_in_forms(found["content"][JSON]["schema"], media_types)},
            "headers": {**found["headers"], **headers(*extra)},
        }
        if "content" in found
        else found
        for status, found in responses.items()
    }


def _in_forms(schema: dict[str, Any], media_types: tuple[str, ...]) -> dict[str, Any]:
    return {
        media_type: {
            "schema": _written_as(media_type, schema),
            "examples": {"example": {"value": _WRITTEN.get(media_type, "PK…")}},
        }
        for media_type in media_types
    }


def answers_list(model: type[BaseModel], description: str) -> Responses:
    """A page of a list."""
    found = answers(list_of(model), description)
    found[200]["headers"] = headers("ETag", "Link")
    return found


def pages(responses: Responses) -> Responses:
    """The same answers, as a page where a browser asks."""
    found = responses[200]
    return {**responses, 200: {**found, "content": {**found.get("content", {}), HTML: {"schema": {"type": "string"}}}}}


def problems(*types: ProblemType) -> Responses:
    """The problems that an operation answers with, beside those that all do."""
    found: Responses = {}
    for type_ in types:
        response = found.setdefault(type_.status, {"description": "", PROBLEM_SLUGS: []})
        response[PROBLEM_SLUGS].append(type_.slug)
    return found


def reads(
    schema: dict[str, Any], media_types: tuple[str, ...], description: str, *, required: bool = True
) -> dict[str, Any]:
    """The body that an operation reads, as `openapi_extra`."""
    content = {media_type: {"schema": _written_as(media_type, schema)} for media_type in media_types}
    return {"requestBody": {"required": required, "description": description, "content": content}}


def answers_file(description: str, *media_types: str, extra: tuple[str, ...] = ()) -> Responses:
    """A file in one of these forms, with its entity tag; `extra` are more headers that it has."""
    content = _in_forms({"type": "string"}, media_types)
    unchanged = {"description": "The client has it already.", "headers": headers("ETag")}
    return {200: {"description": description, "content": content, "headers": headers("ETag", *extra)}, 304: unchanged}


_WRITTEN = {
    YAML: "concord: 1\norganization: {key: acme, name: Acme Telecom, industry: telecommunications}\n",
    CSV: "kpi,metric,on,value\naht,,2026-01-31,412\n",
    CALENDAR: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Concord//Roadmap//EN\r\nEND:VCALENDAR\r\n",
    MARKDOWN: "# Roadmap of Acme Telecom\n",
}
"""Examples of forms that are no bytes."""

BINARY = {"type": "string", "format": "binary"}
"""The schema of bytes."""


def _written_as(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a body in that form: workbooks and archives are bytes; sheets, calendars and the like are text."""
    if media_type in (XLSX, ZIP):
        return BINARY
    return {"type": "string"} if media_type.startswith("text/") else schema


@cache
def list_of(model: type[BaseModel]) -> type[BaseModel]:
    """The envelope of a list; several lists of one thing have the same."""
    return create_model(
        f"{model.__name__}List",
        __doc__="A page of a list. `next` and `prev` are there while there is more.",
        items=(list[model], Field(description="What is on this page.")),  # type: ignore[valid-type]
        self=(str, Field(description="The address of this page.")),
        first=(str, Field(description="The address of the first page.")),
        next=(str | None, Field(default=None, description="The address of the next page.")),
        prev=(str | None, Field(default=None, description="The address of the page before.")),
        total=(int | None, Field(default=None, ge=0, description="Items on all pages, with `count=true`.")),
    )


def headers(*names: str) -> dict[str, Any]:
    """References to headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
