"""Headers in the OpenAPI document: those of answers, and those of requests, which follow from what an operation answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from app.web.idempotency import HEADER as IDEMPOTENCY_KEY
from app.web.stored_problem_types import CLAIM_REUSED, PRECONDITION_FAILED, PRECONDITION_REQUIRED

Json = dict[str, Any]

ANSWERED = {
    "Accept-Patch": ("The formats that patches are read in here.", "application/merge-patch+json"),
    "Accept-Post": ("The formats that are read here.", "application/json, application/yaml"),
    "Content-Disposition": ("The name that the file should have.", 'attachment; filename="acme-3.xlsx"'),
    "Content-Location": (
        "The address of the revision that the answer holds.",
        "http://localhost:8000/v1/organizations/acme/revisions/3",
    ),
    "Dry-Run": ("`true` where nothing was changed because of `dry_run`.", "true"),
    "ETag": ("The strong entity tag of the state.", '"4f2a…"'),
    "Idempotency-Replayed": ("`true` where the answer is that to an earlier request with the same key.", "true"),
    "Link": ("The links of the list, as in the body (RFC 8288).", '<http://localhost:8000/v1/metrics>; rel="first"'),
    "Location": ("The address of what was made.", "http://localhost:8000/v1/organizations/acme"),
    "Preference-Applied": ("What was done of `Prefer` (RFC 7240).", "respond-async, wait=10"),
    "RateLimit": ("How the quotas stand: what is left, and the seconds until all is back.", '"key";r=587;t=21'),
    "RateLimit-Policy": ("The quotas, in requests and seconds.", '"key";q=600;w=60'),
    "Retry-After": ("Seconds after which it is worth asking again.", "5"),
    "WWW-Authenticate": ("The scheme of credentials.", "Bearer"),
    "X-Request-Id": ("The id of the request: the caller's, or one of ours.", "req_5f1c0e7a9b3d2c4e6f8a0b1c"),
    "traceparent": (
        "The trace to which the request belongs (W3C).",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ),
}
"""Name → meaning and example."""

ALWAYS = ("X-Request-Id", "traceparent")
"""Headers of every answer."""

LIMITED = ("RateLimit", "RateLimit-Policy")
"""Headers of answers to whoever is admitted, where the settings limit how much may be asked."""

_TAGS = r'^(\*|(W/)?"[!#-~]*"(, ?(W/)?"[!#-~]*")*)$'

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The entity tag of the state that is changed; `*` for any. Without it what exists is not changed (428).",
    "schema": {"type": "string", "pattern": _TAGS, "maxLength": 1000},
    "example": "*",
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The entity tag of the state that the client has: when it is the present one the answer is 304.",
    "schema": {"type": "string"},
}
_ONLY_CREATE = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "`*`: only make what is new; 412 where it exists.",
    "schema": {"type": "string", "pattern": _TAGS, "maxLength": 1000},
}
_KEY = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "A name for the request, 1 to 255 visible characters. Sent again under it, it is done once, and answered as at first.",
    "schema": {"type": "string", "pattern": '^("[!-~]{1,255}"|[!#-~][!-~]{0,254})$', "maxLength": 257},
}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "`respond-async`, to be answered by a job; with `wait=10` after so many seconds at most.",
    "schema": {"type": "string"},
}


def components() -> Json:
    """The headers of answers, to be referred to."""
    return {
        name: {
            "description": meaning,
            "schema": {"type": "string"},
            "example": example,
            **({"required": True} if name in ALWAYS else {}),
        }
        for name, (meaning, example) in ANSWERED.items()
    }


def asked(method: str, answers: Json, slugs: Collection[str]) -> Iterator[Json]:
    """The headers that requests to an operation may carry, by its answers and the types of its problems."""
    if "304" in answers:
        yield _IF_NONE_MATCH
    if PRECONDITION_FAILED.slug in slugs:
        yield {**_IF_MATCH, "required": PRECONDITION_REQUIRED.slug in slugs and "201" not in answers}
        if method == "put" and "201" in answers:
            yield _ONLY_CREATE
    if CLAIM_REUSED.slug in slugs:
        yield _KEY
    if "202" in answers:
        yield _PREFER


def answered(parameters: Collection[str], answers: Json) -> tuple[str, ...]:
    """The headers that answers of success may carry, by the operation's parameters."""
    return (
        *(("Dry-Run",) if "dry_run" in parameters else ()),
        *(("Idempotency-Replayed",) if IDEMPOTENCY_KEY in parameters else ()),
        *(("Preference-Applied",) if "202" in answers else ()),
    )
