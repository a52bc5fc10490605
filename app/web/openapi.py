"""The OpenAPI document: the framework's draft, mended once for all operations.

The framework knows neither problem documents nor that absent is not null, and it describes answers that are never given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.domain.access import Scope
from app.domain.analysis import ENGINE_VERSION
from app.services.schemas.published import components
from app.web import openapi_headers, openapi_problems
from app.web.body import FORM, XLSX, ZIP
from app.web.documented import MODELS, PATCHED, PROBLEM_SLUGS, headers, refer
from app.web.negotiation import HTML, JSON
from app.web.openapi_headers import LIMITED, answered, asked
from app.web.openapi_links import add_links
from app.web.openapi_problems import Problem, problem_answer
from app.web.problem_types import (
    ADDRESS_TOO_LONG,
    CURSOR_INVALID,
    FORBIDDEN,
    HEADERS_TOO_LARGE,
    INTERNAL,
    INVALID_REQUEST,
    ISSUER_UNAVAILABLE,
    NOT_ACCEPTABLE,
    PROBLEM_TYPES,
    RATE_LIMITED,
    UNAUTHENTICATED,
    ProblemType,
)
from app.web.stored_problem_types import JOB_INTERRUPTED, STORAGE_FULL, STORAGE_UNAVAILABLE

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
    "embeds": "What portals may show: one view each, for a short time.",
    "members": "The people of a workspace, whom assignees and approvals name.",
    "webhooks": "Endpoints that are told of changes, by Standard Webhooks.",
    "audit-events": "Who did what, when, in a chain that shows every change.",
    "organizations": "The companies that a workspace analyses.",
    "documents": "An organization's whole model, and its parts by key.",
    "revisions": "Every accepted change of a document, by whom; what differs between any two states, and the way back.",
    "imports": "Files in: what one would change, and the change made, whole or not at all.",
    "exports": "Files out: the document in the layout that imports read.",
    "observations": "Dated values of KPIs and metrics.",
    "customers": "What customers are worth, what a change of that is worth and costs, what a company's own observations say.",
    "assessments": "What people and the model answer to an instrument, and what that comes to.",
    "roadmaps": "The road from conflicts to a customer-centric company: items, dates, stages and what each needs for the next one.",
    "analyses": "What the engine said about a state of the document: kept, compared, verified, drawn.",
    "findings": "What an analysis found, one by one.",
    "conflicts": "Findings followed from analysis to analysis: how they stand, who looks after them, what was said.",
    "recommendations": "What would clear findings, proved; accepted into the document or a scenario, or dismissed.",
    "plans": "The few changes that clear the most, under constraints.",
    "robustness": "How far an analysis can be relied on, what decides it, where to cut, what may be at stake.",
    "scenarios": "What-ifs on the document, as stacks of patches: analysed, compared, rebased, promoted.",
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
    "instruments": "Questions by which a company is assessed, with anchors for every score.",
    "schemas": "JSON Schemas of what goes in and comes out.",
    "problems": "What each type of problem means.",
    "health": "For those who run the service.",
    "front": "Where to look.",
}
"""Tag → description, in the order in which they are shown."""

SCHEME = "credential"
_CREDENTIAL = "An API key (`cnc_…`), or a token of the issuer that the service accepts: `Authorization: Bearer …`."

WITH_CREDENTIAL = (UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, STORAGE_UNAVAILABLE, ISSUER_UNAVAILABLE)
"""Problems of every operation that needs a credential."""

ALWAYS = (INVALID_REQUEST, NOT_ACCEPTABLE, ADDRESS_TOO_LONG, HEADERS_TOO_LARGE, INTERNAL)
"""Problems of every operation."""

_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")

_IN_PATHS = {
    "org": "The key of the organization.",
    "key": "The key of the part within its list.",
    "number": "The number of the revision.",
    "fingerprint": "The fingerprint of the finding.",
    "file": "The name of the schema's file.",
    "slug": "The last part of the type of a problem.",
    "other_id": "The id of the analysis before.",
    "other": "`model`, `base`, or the id of a scenario.",
}
"""Parameters of paths that are no ids → what they are."""


@dataclass(frozen=True, slots=True)
class Example:
    """An exchange that really happens: what is sent (bodies by media type), with which path parameters, and what comes back.

    `forms`: media type → the answer in other forms than JSON.
    """

    answer: Any = None
    body: Mapping[str, Any] | None = None
    path: Mapping[str, str] | None = None
    summary: str = ""
    forms: Mapping[str, Any] | None = None


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
    problems: Json = {}
    for method, operation in _operations(draft):
        scope = scopes.get(operation["operationId"])
        operation["security"] = [{SCHEME: []}] if scope else []
        if scope:
            operation["x-required-scopes"] = [scope]
        _mend_texts(operation)
        _mend_parameters(operation)
        slugs = _slugs(operation)
        operation.setdefault("parameters", []).extend(
            asked(method, operation["responses"], set().union(*slugs.values()))
        )
        _mend_answers(operation, slugs, problems)
        _add_example(operation, examples.get(operation["operationId"]))
    refer(Problem)
    schemas = components(MODELS.values(), PATCHED)
    add_links(draft["paths"], schemas)
    return {
        **draft,
        "servers": [{"url": "/"}],
        "components": {
            "schemas": schemas,
            "responses": dict(sorted(problems.items())),
            "headers": openapi_headers.components(),
            "securitySchemes": {SCHEME: {"type": "http", "scheme": "bearer", "description": _CREDENTIAL}},
            "examples": openapi_problems.examples(problems.values()),
        },
    }


def _operations(draft: Json) -> Iterator[tuple[str, Json]]:
    for methods in draft["paths"].values():
        yield from methods.items()


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
        if parameter["in"] == "path":
            name = parameter["name"]
            parameter["description"] = _IN_PATHS.get(
                name, f"The id of the {name.removesuffix('_id').replace('_', ' ')}."
            )


def _slugs(operation: Json) -> dict[str, list[str]]:
    """Status → the types of problems that the operation answers with; what the framework would answer is never answered."""
    answers: Json = operation["responses"]
    drafted = answers.get("422", {}).get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "")
    if drafted.endswith(_FRAMEWORKS_OWN):
        del answers["422"]
    found = {status: list(answer[PROBLEM_SLUGS]) for status, answer in answers.items() if PROBLEM_SLUGS in answer}
    for type_ in _more_problems(operation):
        if type_.slug not in (noted := found.setdefault(str(type_.status), [])):
            noted.append(type_.slug)
    return found


def _more_problems(operation: Json) -> Iterator[ProblemType]:
    """Problems that follow from what an operation is."""
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    yield from ALWAYS
    if "cursor" in parameters:
        yield CURSOR_INVALID
    if operation["security"]:
        yield from WITH_CREDENTIAL
    if "dry_run" in parameters:
        yield STORAGE_FULL
    if "202" in operation["responses"]:
        yield JOB_INTERRUPTED


def _mend_answers(operation: Json, slugs: Mapping[str, Sequence[str]], problems: Json) -> None:
    """Problems are problem documents, kept in `problems` by name and referred to; other answers name their headers."""
    answers: Json = operation["responses"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    more = (*answered(names, answers), *(LIMITED if operation["security"] else ()), *openapi_headers.ALWAYS)
    for status in sorted({*answers, *slugs}):
        answer = answers.pop(status, {})
        if status in slugs:
            name, problem = problem_answer([PROBLEM_TYPES[slug] for slug in sorted(slugs[status])])
            problems[name] = problem
            answer = {"$ref": f"#/components/responses/{name}"}
        else:
            answer["headers"] = {
                **answer.get("headers", {}),
                **headers(*(more if status < "300" else openapi_headers.ALWAYS)),
            }
        answers[status] = answer


def _add_example(operation: Json, example: Example | None) -> None:
    if example is None:
        return
    named = {"summary": example.summary} if example.summary else {}
    forms = {HTML: "<!doctype html>…", **_BYTES, **(example.forms or {}), JSON: example.answer}
    for status in ("200", "201", "202"):
        for media_type, content in operation["responses"].get(status, {}).get("content", {}).items():
            if "examples" not in content:
                content["examples"] = {"example": {**named, "value": forms[media_type]}}
    bodies = {**_BYTES, **(example.body or {})}
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type in bodies:
            content["examples"] = {"example": {"value": bodies[media_type]}}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path" and parameter["name"] in (example.path or {}):
            parameter["example"] = (example.path or {})[parameter["name"]]


_BYTES: Json = {XLSX: "PK…", ZIP: "PK…", FORM: {"file": "PK…"}}
"""Media type → what stands for bytes."""
