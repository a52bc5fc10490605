"""The page of the HTTP API: its habits, and every operation with its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.main import application
from app.settings import Settings
from tools.docs.markdown import bullets, listed, mono, one_line, page, section, table

HABITS = (
    "Everything is under `/v1`; members and parameters are snake_case, every answer is an object at its top.",
    "Every request carries a key or a token: `Authorization: Bearer …` ([security](security.md)). What belongs to another workspace is "
    "404, as if it did not exist.",
    "What a user names has a key and is made or replaced by `PUT`; what the service makes has an id. Changing or deleting what is there "
    "needs `If-Match`; `dry_run=true` only says what would happen; `Idempotency-Key` makes POST and PATCH safe to repeat "
    "([documents that are kept](kept-documents.md)).",
    "Audits and the catalogue keep nothing of what is sent; everything under `/v1/organizations` is kept.",
    "A document is sent as JSON, YAML or a workbook; `Content-Type` says which. It is refused whole, with every problem at once: a JSON "
    "pointer, line and column or sheet and cell, what was found, what was expected, the nearest valid value.",
    "Errors are `application/problem+json`; clients branch on `type` and `code` ([problem types](problem-types.md)).",
    "Texts come in English or German: `Accept-Language`, or `lang` where there is one.",
    "Lists have `items` and, unless it is the last page, `next`: a complete address. Filters are parameters, a comma is *or*; unknown "
    "parameters are refused, never ignored.",
    "What can be kept carries an `ETag`; `If-None-Match` is answered 304. HEAD works wherever GET does, OPTIONS tells the methods.",
    "What takes long is done by a job where `Prefer: respond-async` asks for it, or where it must be: 202, with the job's address.",
    "Every answer carries `X-Request-Id`, the caller's own if it sent one, and says how the quotas stand.",
    "Within `/v1` things are only added. New members and new values of enumerations may come; clients must accept them.",
)


class Operation(NamedTuple):
    """One method on one path, as the OpenAPI document has it."""

    method: str
    path: str
    described: Mapping[str, Any]

    @property
    def title(self) -> str:
        """`POST /v1/audits`."""
        return f"{self.method} {self.path}"


def http_page() -> str:
    """Habits, then operations by tag."""
    known = [*operations()]
    return page(
        "# The HTTP API",
        "`concord serve` starts it; `/docs` shows every operation with examples, `/openapi.json` describes it for programs.",
        section("Habits", bullets(HABITS)),
        *(_tag(tag, known) for tag in dict.fromkeys(map(_tag_of, known))),
        source="the OpenAPI document and tools/docs/http.py",
    )


def operations() -> Iterator[Operation]:
    """Every operation of the service."""
    described = application(Settings()).openapi()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield Operation(method.upper(), path, operation)


def _tag(tag: str, known: Sequence[Operation]) -> str:
    rows = [_row(operation) for operation in known if _tag_of(operation) == tag]
    return section(tag.replace("-", " ").capitalize(), table(["operation", "what it does", "parameters"], rows))


def _row(operation: Operation) -> list[str]:
    described = operation.described
    names = [mono(each["name"]) for each in described.get("parameters", []) if each["in"] == "query"]
    return [mono(operation.title), one_line(described.get("summary", "")), listed(names)]


def _tag_of(operation: Operation) -> str:
    return str(operation.described.get("tags", ["service"])[0])
