"""The OpenAPI document: the framework's draft, mended once for all operations.

The framework knows neither problem documents nor that absent is not null, and it describes answers that are never given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from app.domain.access import Scope
from app.domain.analysis import ENGINE_VERSION
from app.domain.faults import Fault, problem
from app.services.schemas.published import components
from app.web.context import Context
from app.web.documented import MODELS, PROBLEM_SLUGS, headers
from app.web.limits import MOST_BODY
from app.web.negotiation import HTML, JSON
from app.web.problem_types import (
    ADDRESS_TOO_LONG,
    CURSOR_INVALID,
    FORBIDDEN,
    HEADERS_TOO_LARGE,
    INTERNAL,
    INVALID_REQUEST,
    MALFORMED,
    NOT_ACCEPTABLE,
    PROBLEM_TYPES,
    RATE_LIMITED,
    UNAUTHENTICATED,
    VALIDATION,
    ProblemType,
)
from app.web.problems import MEDIA_TYPE, Refused, problem_document
from app.web.stored_problem_types import STORAGE_UNAVAILABLE

Json = dict[str, Any]

DESCRIPTION = """\
Concord finds conflicts among departments' goals and incentive plans before a plan is signed. Send a model document to `POST /v1/audits`,
which stores nothing; or keep organizations here, analyse them, and be told what changed.

**Access.** Send an API key or a token: `Authorization: Bearer …`. A credential belongs to a workspace; what is in another one does not
exist for it. Each operation names in `x-required-scopes` the scope that it needs; who may write may read, who administers may do all.

**Problems.** Every 4xx and 5xx is `application/problem+json` (RFC 9457). Branch on `type` and on the `code` of each entry of `errors`.

**Compatibility.** Within `/v1` members, parameters, operations and values of enumerations may be added; clients must accept new ones.
"""

TAGS = {
    "audits": "A model document in, the full analysis out.",
    "api-keys": "Credentials of programs, and whose the present one is.",
    "members": "The people of a workspace, whom assignees and approvals name.",
    "webhooks": "Endpoints that are told of changes, by Standard Webhooks.",
    "audit-events": "Who did what, when, in a chain that shows every change.",
    "organizations": "The companies that a workspace analyses.",
    "documents": "An organization's whole model, and its parts by key.",
    "revisions": "Every accepted change of a document, by whom; what differs between any two states, and the way back.",
    "imports": "Files in: what one would change, and the change made, whole or not at all.",
    "exports": "Files out: the document in the layout that imports read.",
    "observations": "Dated values of KPIs and metrics.",
    "analyses": "What the engine said about a state of the document: kept, compared, verified, drawn.",
    "findings": "What an analysis found, one by one.",
    "conflicts": "Findings followed from analysis to analysis: how they stand, who looks after them, what was said.",
    "recommendations": "What would clear findings, proved; accepted into the document, or dismissed.",
    "jobs": "Work that takes long: how far it is, what it came to.",
    "metrics": "What can be measured, and what KPIs' names mean.",
    "levers": "Design features of plans that act like the source of a movement.",
    "families": "Archetypes of metrics, the fallback for what the catalogue lacks.",
    "influences": "What moves what, how strongly, how soon, and how anybody knows.",
    "citations": "Where claims come from, and whether anybody has looked.",
    "rules": "What is reported, when and why.",
    "rule-packs": "Rules that are versioned together.",
    "remedies": "Kinds of change that clear findings.",
    "fact-kinds": "The typed tables that rules read.",
    "schemas": "JSON Schemas of what goes in and comes out.",
    "problems": "What each type of problem means.",
    "health": "For those who run the service.",
    "front": "Where to look.",
}
"""Tag → description, in the order in which they are shown."""

SCHEME = "credential"
_CREDENTIAL = "An API key (`cnc_…`), or a token of the issuer that the service accepts: `Authorization: Bearer …`."

WITH_CREDENTIAL = (UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, STORAGE_UNAVAILABLE)
"""Problems of every operation that needs a credential."""

ALWAYS = (INVALID_REQUEST, NOT_ACCEPTABLE, ADDRESS_TOO_LONG, HEADERS_TOO_LARGE, INTERNAL)
"""Problems of every operation."""

HEADERS = {
    "ETag": ("The strong entity tag of this answer, for `If-None-Match`.", '"4f2a…"'),
    "Link": ("The links of the list, as in the body (RFC 8288).", '<http://localhost:8000/v1/metrics>; rel="first"'),
    "X-Request-Id": ("The id of the request: the caller's, or one of ours.", "req_5f1c0e7a9b3d2c4e6f8a0b1c"),
    "traceparent": (
        "The trace to which the request belongs (W3C).",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ),
    "Content-Location": (
        "The address of the revision that the answer holds.",
        "http://localhost:8000/v1/organizations/acme/revisions/3",
    ),
    "Content-Disposition": ("The name that the file should have.", 'attachment; filename="acme-3.xlsx"'),
    "Location": ("The address of what was made.", "http://localhost:8000/v1/organizations/acme"),
    "Preference-Applied": ("What was done of `Prefer` (RFC 7240).", "respond-async, wait=10"),
    "Retry-After": ("Seconds after which it is worth asking again.", "5"),
}
"""Name → meaning and example."""

_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")


class ProblemError(BaseModel):
    """One thing that is wrong, at a `pointer` into the body or in a `parameter`; files add line and column, or sheet and cell."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str
    code: str
    value: Any = None
    expected: str | None = None
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None


class Problem(BaseModel):
    """What went wrong (RFC 9457). `type` is an address that explains it, `request_id` the id under which the service has logged it."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str
    request_id: str
    errors: list[ProblemError] | None = Field(default=None, max_length=100)
    errors_truncated: bool | None = Field(
        default=None, description="There are more errors than the hundred that are listed."
    )
    nearest: list[str] | None = Field(default=None, description="Known names that look like the one asked for.")
    offered: list[str] | None = Field(default=None, description="The forms or formats that there are.")
    allowed: list[str] | None = Field(default=None, description="The methods that there are.")
    possible: list[str] | None = Field(default=None, description="The states that the thing can be brought to.")
    parameter: str | None = Field(default=None, description="The parameter that is to blame.")


@dataclass(frozen=True, slots=True)
class Example:
    """An exchange that really happens: what is sent (bodies by media type), with which path parameters, and what comes back."""

    answer: Any = None
    body: Mapping[str, Any] | None = None
    path: Mapping[str, str] | None = None
    summary: str = ""


def describe(app: FastAPI, examples: Mapping[str, Example]) -> Json:
    """The document of an application. `examples`: operation id → an example."""
    draft = get_openapi(
        title="Concord",
        version=ENGINE_VERSION,
        openapi_version="3.1.0",
        summary="Conflicts among departments' goals and incentive plans, and what clears them.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": description} for name, description in TAGS.items()],
        routes=app.routes,
    )
    scopes = dict(_scopes(app.routes))
    for operation in _operations(draft):
        _refusals(operation, scopes)
        _mend_texts(operation)
        _mend_parameters(operation)
        _mend_answers(operation)
        _add_example(operation, examples.get(operation["operationId"]))
        if scope := scopes.get(operation["operationId"]):
            operation["security"] = [{SCHEME: []}]
            operation["x-required-scopes"] = [scope]
    return {
        **draft,
        "servers": [{"url": "/"}],
        "components": {
            "schemas": components([*MODELS.values(), Problem]),
            "headers": _headers(),
            "securitySchemes": {SCHEME: {"type": "http", "scheme": "bearer", "description": _CREDENTIAL}},
            "examples": {slug: {"value": _problem_example(type_)} for slug, type_ in PROBLEM_TYPES.items()},
        },
    }


def _operations(draft: Json) -> Iterator[Json]:
    for methods in draft["paths"].values():
        yield from methods.values()


def _scopes(routes: Iterable[Any]) -> Iterator[tuple[str, Scope]]:
    """Operation id → the scope that its dependencies ask for, where they ask for one."""
    for route in _each(routes):
        for dependency in getattr(getattr(route, "dependant", None), "dependencies", ()):
            if (scope := getattr(dependency.call, "scope", None)) is not None:
                yield route.operation_id, scope


def _each(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes of an application, those of routers that it includes one by one."""
    for route in routes:
        yield from route.effective_route_contexts() if hasattr(route, "effective_route_contexts") else (route,)


def _refusals(operation: Json, scopes: Mapping[str, Scope]) -> None:
    """The problems of every operation that needs a credential."""
    if operation["operationId"] in scopes:
        for type_ in WITH_CREDENTIAL:
            noted = operation["responses"].setdefault(str(type_.status), {})
            noted[PROBLEM_SLUGS] = [*noted.get(PROBLEM_SLUGS, []), type_.slug]


def _mend_texts(operation: Json) -> None:
    """The summary is the first sentence of the endpoint's docstring, the description all of it but that."""
    first, _, rest = operation["description"].partition("\n\n")
    operation["summary"] = first.split(". ")[0].rstrip(".")
    operation["description"] = " ".join((rest or first).split())


def _mend_parameters(operation: Json) -> None:
    """Absent is not null; several values are written with commas; a name needs no title."""
    for parameter in operation.get("parameters", []):
        schema = {name: value for name, value in parameter["schema"].items() if name not in ("title", "description")}
        if "anyOf" in schema:
            (kept,) = [one for one in schema.pop("anyOf") if one != {"type": "null"}]
            schema |= kept
        parameter["schema"] = schema
        if schema.get("type") == "array":
            parameter |= {"style": "form", "explode": False}


def _mend_answers(operation: Json) -> None:
    """Problems are problem documents; what the framework would answer is never answered."""
    answers: Json = operation["responses"]
    drafted = answers.get("422", {}).get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "")
    if drafted.endswith(_FRAMEWORKS_OWN):
        del answers["422"]
    has_cursor = any(parameter["name"] == "cursor" for parameter in operation.get("parameters", []))
    for type_ in (*ALWAYS, *([CURSOR_INVALID] if has_cursor else [])):
        noted = answers.setdefault(str(type_.status), {})
        noted[PROBLEM_SLUGS] = [*noted.get(PROBLEM_SLUGS, []), type_.slug]
    for status in sorted(answers):
        answer = answers.pop(status)
        slugs = answer.pop(PROBLEM_SLUGS, None)
        if slugs:
            answer = _problem_answer([PROBLEM_TYPES[slug] for slug in slugs])
        answer["headers"] = {**answer.get("headers", {}), **headers("X-Request-Id", "traceparent")}
        answers[status] = answer


def _problem_answer(types: list[ProblemType]) -> Json:
    found = {
        "description": "; ".join(f"{type_.title.en}. {type_.meaning.en}" for type_ in types),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {type_.slug: {"$ref": f"#/components/examples/{type_.slug}"} for type_ in types},
            }
        },
    }
    return found | ({"headers": headers("Retry-After")} if types[0].status == 503 else {})


def _problem_example(type_: ProblemType) -> Json:
    context = Context(
        request_id=HEADERS["X-Request-Id"][1],
        traceparent=HEADERS["traceparent"][1],
        base="http://localhost:8000",
        path="/v1/audits",
        language="en",
    )
    fault = _FAULTS.get(type_.slug)
    refused = Refused(
        type_,
        problems=[problem(fault)] if fault else (),
        in_parameters=type_ is INVALID_REQUEST,
        found="Content-Type text/csv",
        offered=JSON,
        most=MOST_BODY,
        method="PUT",
        allowed="GET, HEAD, OPTIONS",
        scope="write",
        quota=600,
        window=60,
        seconds=21,
        reason="The import was applied already.",
    )
    return problem_document(refused, context)


_FAULTS = {
    INVALID_REQUEST.slug: Fault(("limit",), "too_small", 0, "at_least", details={"bound": "1"}),
    MALFORMED.slug: Fault((), "tab_indents"),
    VALIDATION.slug: Fault(("kpis", 3, "weight"), "too_small", -4, "at_least", details={"bound": "0"}),
}
"""Slug → what stands under `errors` in the example."""


def _add_example(operation: Json, example: Example | None) -> None:
    if example is None:
        return
    named = {"summary": example.summary} if example.summary else {}
    for status in ("200", "201", "202"):
        for media_type, content in operation["responses"].get(status, {}).get("content", {}).items():
            if "examples" in content:
                continue
            if media_type == JSON:
                content["examples"] = {"example": {**named, "value": example.answer}}
            elif media_type == HTML:
                content["examples"] = {"example": {**named, "value": "<!doctype html>…"}}
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type in (example.body or {}):
            content["examples"] = {"example": {"value": (example.body or {})[media_type]}}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path" and parameter["name"] in (example.path or {}):
            parameter["example"] = (example.path or {})[parameter["name"]]


def _headers() -> Json:
    return {
        name: {"description": meaning, "schema": {"type": "string"}, "example": example}
        for name, (meaning, example) in HEADERS.items()
    }
