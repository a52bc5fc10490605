"""Whatever goes wrong → a problem document (RFC 9457). The only place that knows the status codes of errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.domain.errors import (
    AlreadyExists,
    Changed,
    ClaimReused,
    ClaimRunning,
    Clashing,
    ConditionNeeded,
    CriteriaUnmet,
    DocumentInvalid,
    EmbedRefused,
    Forbidden,
    JobInterrupted,
    Missing,
    PlaceLost,
    Problem,
    SchemaTooNew,
    StillReferenced,
    StorageFull,
    StorageTrouble,
    Unknown,
    WrongState,
)
from app.domain.faults import MOST_PROBLEMS, printable
from app.domain.problem_texts import told
from app.domain.terms import Language
from app.web.context import Context, context_of
from app.web.parameters import parameter_problems
from app.web.problem_types import (
    CURSOR_INVALID,
    FORBIDDEN,
    INTERNAL,
    INVALID_REQUEST,
    MALFORMED,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHENTICATED,
    VALIDATION,
    WHAT,
    ProblemType,
)
from app.web.stored_problem_types import (
    ALREADY_EXISTS,
    CLAIM_REUSED,
    CLAIM_RUNNING,
    CLASHING,
    CRITERIA_UNMET,
    EMBED_EXPIRED,
    EMBED_REVOKED,
    EMBED_VIEW,
    JOB_INTERRUPTED,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    STILL_REFERENCED,
    STORAGE_FULL,
    STORAGE_UNAVAILABLE,
    WRONG_STATE,
)

MEDIA_TYPE = "application/problem+json"

Json = dict[str, Any]


class Refused(Exception):
    """A request that is answered with a problem.

    `details` fill the problem's sentence; `detail` replaces it. `problems` are listed as `errors`, in parameters when `in_parameters`,
    else in the body. `members` are added to the document as they are, `headers` to the answer.
    """

    def __init__(
        self,
        type_: ProblemType,
        *,
        detail: str | None = None,
        problems: Sequence[Problem] = (),
        in_parameters: bool = False,
        omitted: int = 0,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **details: object,
    ) -> None:
        self.type = type_
        self.detail = detail
        self.problems = tuple(problems)
        self.in_parameters = in_parameters
        self.omitted = omitted
        self.members = dict(members or {})
        self.headers = dict(headers or {})
        self.details = details
        super().__init__(type_.slug)


def handle_problems(app: FastAPI) -> None:
    """Let the application answer every error with a problem document."""
    for error, refused in _REFUSALS.items():
        app.add_exception_handler(error, _handler(refused))


def refused_for(error: Exception, request: Request) -> Refused:
    """What a request is answered with for an error of the domain."""
    refused: Refused = _REFUSALS[type(error)](error, request)
    return refused


def refusal_of(error: Exception, request: Request) -> Refused | None:
    """What a request is answered with for any error; None for one that nobody expects."""
    refused = next((_REFUSALS[kind] for kind in type(error).__mro__ if kind in _REFUSALS), None)
    return None if refused is None else refused(error, request)


def problem_response(refused: Refused, context: Context) -> Response:
    """The answer to a refused request, in the caller's language."""
    language = context.language
    headers = {"Content-Language": language, "Cache-Control": "no-store", **refused.headers}
    body = json.dumps(problem_document(refused, context), ensure_ascii=False).encode()
    return Response(body, refused.type.status, headers, MEDIA_TYPE)


def problem_document(refused: Refused, context: Context) -> Json:
    """The problem as JSON values."""
    language = context.language
    listed = refused.problems[:MOST_PROBLEMS]
    omitted = refused.omitted + len(refused.problems) - len(listed)
    document = {
        "type": f"{context.base}/problems/{refused.type.slug}",
        "title": refused.type.title.said(language),
        "status": refused.type.status,
        "detail": _detail(refused, context, len(listed) + omitted),
        "instance": quote(context.path, safe="/%"),
        "request_id": context.request_id,
    }
    if listed:
        document["errors"] = [_error(problem, language, refused.in_parameters) for problem in listed]
    if omitted:
        document["errors_truncated"] = True
    return {**document, **refused.members}


def _detail(refused: Refused, context: Context, count: int) -> str:
    if refused.detail is not None:
        return refused.detail
    nouns = ("Problem", "Probleme") if context.language == "de" else ("problem", "problems")
    details = {"path": context.path, "problems": f"{count} {nouns[count != 1]}", **refused.details}
    return refused.type.detail.said(context.language).format_map(details)


def _error(problem: Problem, language: Language, in_parameters: bool) -> Json:
    """One entry of `errors`. The nearest valid value stands in the hint alone."""
    said = told(problem._replace(nearest=None), language)
    place = (
        {"parameter": problem.pointer.strip("/")}
        if in_parameters
        else {"pointer": "#" + quote(problem.pointer, safe=_FRAGMENT)}
    )
    entry: Json = {**place, "detail": said.message, "code": problem.code}
    if problem.found is not None:
        entry["value"] = _value(problem.found)
    optional = {"expected": said.expected, "hint": _hint(problem, language)}
    places = {name: getattr(problem, name) for name in ("line", "column", "sheet", "cell")}
    return entry | {name: value for name, value in {**optional, **places}.items() if value is not None}


_FRAGMENT = "/~!$&'()*+,;=:@?"
"""What may stand unencoded in the fragment of an address."""


def _hint(problem: Problem, language: Language) -> str | None:
    if problem.nearest is None:
        return None
    return f"meinten Sie '{problem.nearest}'?" if language == "de" else f"did you mean '{problem.nearest}'?"


def _value(found: str) -> Any:
    """The rejected value as JSON, where the note of it is JSON; else as text."""
    if len(found) >= 2 and found[0] == found[-1] == "'":
        return found[1:-1]
    try:
        value = json.loads(found, parse_constant=lambda name: name)
    except (ValueError, RecursionError):
        return found
    return found if isinstance(value, float) and not -1e308 < value < 1e308 else value


def _handler(refused: Any) -> Any:
    async def answer(request: Request, error: Exception) -> Response:
        context = context_of(request.scope)
        return problem_response(refused(error, request), context)

    return answer


def _as_it_is(refused: Refused, _: Request) -> Refused:
    return refused


def _document_invalid(invalid: DocumentInvalid, request: Request) -> Refused:
    detail = None
    if invalid.too_large:
        language = context_of(request.scope).language
        detail = "; ".join(told(problem, language).message for problem in invalid.problems)
    type_ = TOO_LARGE if invalid.too_large else MALFORMED if invalid.malformed else VALIDATION
    return Refused(type_, detail=detail, problems=invalid.problems, omitted=invalid.omitted)


def _unknown(unknown: Unknown, request: Request) -> Refused:
    sentence = WHAT[unknown.what].said(context_of(request.scope).language).format(name=f"'{printable(unknown.name)}'")
    members = {"nearest": list(unknown.nearest)} if unknown.nearest else {}
    return Refused(NOT_FOUND, detail=f"{sentence[0].upper()}{sentence[1:]}.", members=members)


def _parameters_invalid(invalid: RequestValidationError, request: Request) -> Refused:
    problems = parameter_problems(invalid, request.scope["endpoint"])
    return Refused(INVALID_REQUEST, problems=problems, in_parameters=True)


def _already_exists(_: AlreadyExists, __: Request) -> Refused:
    return Refused(ALREADY_EXISTS)


def _still_referenced(error: StillReferenced, request: Request) -> Refused:
    base, _, rest = context_of(request.scope).path.partition("/organizations/")
    organization = f"{context_of(request.scope).base}{base}/organizations/{rest.partition('/')[0]}"
    references = [{"href": f"{organization}/{r.path}", "kind": r.kind, "key": r.key} for r in error.references]
    return Refused(STILL_REFERENCED, members={"references": references})


def _wrong_state(error: WrongState, request: Request) -> Refused:
    german = context_of(request.scope).language == "de"
    members = {} if error.possible is None else {"possible": list(error.possible)}
    return Refused(WRONG_STATE, reason=error.german if german else error.reason, members=members)


def _criteria_unmet(error: CriteriaUnmet, request: Request) -> Refused:
    german = context_of(request.scope).language == "de"
    missing = [{"criterion": one.key, "text": one.german if german else one.text} for one in error.missing]
    told_ = "; ".join(one["text"] for one in missing)
    return Refused(CRITERIA_UNMET, stage=error.stage, criteria=told_, members={"missing": missing})


def _clashing(error: Clashing, _: Request) -> Refused:
    return Refused(CLASHING, members={"conflicts": list(error.conflicts)})


def _changed(error: Changed, _: Request) -> Refused:
    return Refused(PRECONDITION_FAILED, headers={"ETag": f'"{error.tag}"'} if error.tag else {})


def _condition_needed(error: ConditionNeeded, _: Request) -> Refused:
    return Refused(PRECONDITION_REQUIRED, headers={"ETag": f'"{error.tag}"'})


def _forbidden(error: Forbidden, _: Request) -> Refused:
    return Refused(FORBIDDEN, scope=error.scope, members={"scope": error.scope})


def _embed_refused(error: EmbedRefused, _: Request) -> Refused:
    """Why is told to whoever has a token that we made; all others get the one answer."""
    told = {"expired": EMBED_EXPIRED, "revoked": EMBED_REVOKED, "view": EMBED_VIEW}.get(error.reason, UNAUTHENTICATED)
    return Refused(told, headers={"WWW-Authenticate": "Bearer"} if told.status == UNAUTHENTICATED.status else {})


def _later(type_: ProblemType) -> Any:
    return lambda _, __: Refused(type_, headers={"Retry-After": "2"})


def _http(error: HTTPException, _: Request) -> Refused:
    """The framework itself refuses only paths that do not exist; anything else would be a fault of ours."""
    return Refused(NOT_FOUND if error.status_code == NOT_FOUND.status else INTERNAL)


_REFUSALS: dict[type[Exception], Any] = {
    Refused: _as_it_is,
    DocumentInvalid: _document_invalid,
    Unknown: _unknown,
    Missing: lambda _, __: Refused(NOT_FOUND),
    AlreadyExists: _already_exists,
    StillReferenced: _still_referenced,
    WrongState: _wrong_state,
    CriteriaUnmet: _criteria_unmet,
    Clashing: _clashing,
    Changed: _changed,
    ConditionNeeded: _condition_needed,
    ClaimReused: lambda _, __: Refused(CLAIM_REUSED),
    ClaimRunning: _later(CLAIM_RUNNING),
    JobInterrupted: lambda _, __: Refused(JOB_INTERRUPTED),
    Forbidden: _forbidden,
    EmbedRefused: _embed_refused,
    PlaceLost: lambda _, __: Refused(CURSOR_INVALID, members={"parameter": "cursor"}),
    StorageFull: _later(STORAGE_FULL),
    StorageTrouble: _later(STORAGE_UNAVAILABLE),
    SchemaTooNew: _later(STORAGE_UNAVAILABLE),
    RequestValidationError: _parameters_invalid,
    HTTPException: _http,
}
