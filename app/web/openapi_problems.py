"""Problems in the OpenAPI document: their schema, an example of each type, and the answers that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field

from app.domain.faults import Fault, problem
from app.services.schemas.scenarios import RebaseConflict
from app.web.context import Context
from app.web.documented import headers
from app.web.limits import MOST_BODY
from app.web.negotiation import JSON
from app.web.openapi_headers import ALWAYS, ANSWERED
from app.web.problem_types import (
    CURSOR_INVALID,
    FORBIDDEN,
    INVALID_REQUEST,
    MALFORMED,
    NOT_ACCEPTABLE,
    PROBLEM_TYPES,
    RATE_LIMITED,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION,
    ProblemType,
)
from app.web.problems import MEDIA_TYPE, Refused, problem_document
from app.web.stored_problem_types import (
    CLAIM_RUNNING,
    CLASHING,
    CRITERIA_UNMET,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    STILL_REFERENCED,
)

Json = dict[str, Any]


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


class Reference(BaseModel):
    """A part of the document that refers to what should go."""

    href: str
    kind: str
    key: str


class UnmetCriterion(BaseModel):
    """What has to be so before an item of a roadmap leaves its stage, and is not."""

    criterion: str
    text: str


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
    scope: str | None = Field(default=None, description="The scope that is needed.")
    references: list[Reference] | None = Field(default=None, description="What refers to the thing that should go.")
    missing: list[UnmetCriterion] | None = Field(default=None, description="What the next stage of an item needs.")
    conflicts: list[RebaseConflict] | None = Field(
        default=None, description="What a scenario and the model changed in different ways."
    )


def examples(answers: Iterable[Json]) -> Json:
    """An example of every type of problem that these answers refer to, by its slug."""
    slugs = {slug for answer in answers for slug in answer["content"][MEDIA_TYPE]["examples"]}
    return {slug: {"value": _example(PROBLEM_TYPES[slug])} for slug in sorted(slugs)}


def problem_answer(types: Sequence[ProblemType]) -> tuple[str, Json]:
    """Name and description of the answer with any of these problems, which have one status."""
    name = "Or".join(type_.slug.title().replace("-", "") for type_ in types)
    told = dict.fromkeys(header for type_ in types for header in _headers_of(type_))
    return name, {
        "description": " ".join(f"{type_.title.en}. {type_.meaning.en}" for type_ in types),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {type_.slug: {"$ref": f"#/components/examples/{type_.slug}"} for type_ in types},
            }
        },
        "headers": headers(*told, *ALWAYS),
    }


def _headers_of(type_: ProblemType) -> tuple[str, ...]:
    return ("Retry-After",) if type_.status == 503 else _HEADERS.get(type_.slug, ())


_HEADERS = {
    UNAUTHENTICATED.slug: ("WWW-Authenticate",),
    UNSUPPORTED_MEDIA_TYPE.slug: ("Accept-Post", "Accept-Patch"),
    PRECONDITION_FAILED.slug: ("ETag",),
    PRECONDITION_REQUIRED.slug: ("ETag",),
    CLAIM_RUNNING.slug: ("Retry-After",),
    RATE_LIMITED.slug: ("Retry-After", "RateLimit", "RateLimit-Policy"),
}
"""Slug → headers that tell more."""


def _example(type_: ProblemType) -> Json:
    context = Context(
        request_id=ANSWERED["X-Request-Id"][1],
        traceparent=ANSWERED["traceparent"][1],
        base="http://localhost:8000",
        path="/v1/organizations/acme/kpis/aht",
        language="en",
    )
    fault = _FAULTS.get(type_.slug)
    refused = Refused(
        type_,
        problems=[problem(fault)] if fault else (),
        in_parameters=type_ is INVALID_REQUEST,
        members=_MEMBERS.get(type_.slug),
        found="Content-Type text/csv",
        offered=JSON,
        most=MOST_BODY,
        scope="write",
        quota=600,
        window=60,
        seconds=21,
        reason="The import was applied already.",
        stage="experiment",
        criteria="Somebody owns it by name",
    )
    return problem_document(refused, context)


_FAULTS = {
    INVALID_REQUEST.slug: Fault(("limit",), "too_small", 0, "at_least", details={"bound": "1"}),
    MALFORMED.slug: Fault((), "tab_indents"),
    VALIDATION.slug: Fault(("kpis", 3, "weight"), "too_small", -4, "at_least", details={"bound": "0"}),
}
"""Slug → what stands under `errors` in the example."""

_MEMBERS: dict[str, Json] = {
    CURSOR_INVALID.slug: {"parameter": "cursor"},
    CLASHING.slug: {
        "conflicts": [
            {
                "pointer": "/kpis/aht/weight",
                "patch": "pch_01m8c5b3mrfs8rebgnj7tqbqng",
                "base": 60,
                "model": 50,
                "scenario": 30,
            }
        ]
    },
    CRITERIA_UNMET.slug: {"missing": [{"criterion": "owner", "text": "Somebody owns it by name"}]},
    FORBIDDEN.slug: {"scope": "write"},
    NOT_ACCEPTABLE.slug: {"offered": [JSON]},
    STILL_REFERENCED.slug: {
        "references": [
            {
                "href": "http://localhost:8000/v1/organizations/acme/incentive-plans/agents",
                "kind": "incentive_plans",
                "key": "agents",
            }
        ]
    },
    UNSUPPORTED_MEDIA_TYPE.slug: {"offered": [JSON]},
}
"""Slug → members of the example that its type alone has."""
