"""The page of problem types: every kind of error that the service answers with."""

from __future__ import annotations

from app.web.problem_types import PROBLEM_TYPES, ProblemType
from tools.docs.markdown import page, section


def problem_types_page() -> str:
    """All types by status."""
    return page(
        "# Problem types",
        "Every answer from 400 on is `application/problem+json` (RFC 9457). Its `type` is an address that the service itself serves, "
        "`/problems/` and the slug below; clients branch on it and on the `code` of each of the `errors`. `detail` is for people and "
        "comes in the language that `Accept-Language` asks for, English or German.",
        *(_type(type_) for type_ in sorted(PROBLEM_TYPES.values(), key=lambda t: (t.status, t.slug))),
        source="app/web/problem_types.py",
    )


def _type(type_: ProblemType) -> str:
    return section(
        type_.slug,
        f"{type_.status}: {type_.title.en}.",
        type_.meaning.en,
        f"*Cause*: {type_.cause.en}",
        f"*Remedy*: {type_.remedy.en}",
    )
