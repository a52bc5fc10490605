"""Operations: routes whose dependencies and handler run in one thread, one after the other.

FastAPI looks at dependencies one by one on the loop and hands each that is a plain function, and the handler, to a thread of its own. Who
asks is looked up in the database, so that every request would change threads twice. Here it does so once: what depends on a body only
waits until all of it has come, and a body that is not long is read before. The order stays: the credential comes first in every handler,
so nothing else is judged before it is known who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from inspect import iscoroutinefunction
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response

from app.domain.access import Scope
from app.web.context import context_of
from app.web.identity import needs
from app.web.problems import problem_response, refusal_of

MOST_AT_ONCE = 64 * 1024
"""Bytes of a body that are read before it is known who sends it; with longer ones FastAPI takes step by step."""

_TELEMETRY = "fastapi.telemetry"

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Operation(APIRoute):
    """A route that changes threads once; one of a shape that is not known here, or whose body is long, is left to FastAPI."""

    _at_once: Handler | None = None

    def get_route_handler(self) -> Handler:
        """What answers its requests."""
        step_by_step = super().get_route_handler()
        if not _is_simple(self.dependant):
            return step_by_step
        self._at_once = at_once = _answering(self.endpoint, _solver(self.dependant))

        async def answered(request: Request) -> Response:
            return await (at_once if _is_short(request.headers) else step_by_step)(request)

        return answered

    async def answer(self, request: Request) -> Response | None:
        """The answer to a request that is for this operation, also where it is a problem; None when it is left to FastAPI.

        FastAPI would lead the request through a dozen layers that look for what operations do not have: what is to be closed after the
        answer, other routes, telemetry. Raises what nobody expects.
        """
        if self._at_once is None or not _is_short(request.headers) or request.scope.get(_TELEMETRY) is not None:
            return None
        try:
            return await self._at_once(request)
        except Exception as error:
            if (refused := refusal_of(error, request)) is None:
                raise
            return problem_response(refused, context_of(request.scope))


def _answering(endpoint: Callable[..., Any], solve: Callable[[Request], dict[str, Any]]) -> Handler:
    """What answers requests with short bodies."""
    is_async = iscoroutinefunction(endpoint)

    def in_one_thread(request: Request) -> Response:
        response: Response = endpoint(**solve(request))
        return response

    async def answered(request: Request) -> Response:
        if request.method != "GET":
            await request.body()
        if not is_async:
            return await run_in_threadpool(in_one_thread, request)
        response: Response = await endpoint(**await run_in_threadpool(solve, request))
        return response

    return answered


def operations(
    prefix: str, tag: str, *, scope: Scope | None = None, heavy: bool = False, listed: bool = True
) -> APIRouter:
    """A router of operations. With a scope all of them need it, `heavy` for work that takes long; `listed`: whether OpenAPI shows them."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        dependencies=[Depends(needs(scope, heavy=heavy))] if scope else [],
        default_response_class=Response,
        route_class=Operation,
        include_in_schema=listed,
    )


class _Step(NamedTuple):
    """A dependency: what is called, with the request and what it depends on itself, under which names; what its value is called."""

    call: Callable[..., Any]
    name: str | None
    request: str | None
    steps: tuple[_Step, ...]
    is_async: bool


def _is_simple(dependant: Dependant) -> bool:
    """Whether the operation takes no more than its path, query parameters and what is made of the request."""
    taken = (dependant.header_params, dependant.cookie_params, dependant.body_params)
    given = (dependant.response_param_name, dependant.background_tasks_param_name, dependant.http_connection_param_name)
    return not any((*taken, *given)) and all(map(_is_made_of_the_request, dependant.dependencies))


def _is_made_of_the_request(dependant: Dependant) -> bool:
    return _is_simple(dependant) and not dependant.path_params and not dependant.query_params


def _steps(dependants: Sequence[Dependant]) -> tuple[_Step, ...]:
    return tuple(
        _Step(one.call, one.name, one.request_param_name, _steps(one.dependencies), iscoroutinefunction(one.call))
        for one in dependants
        if one.call is not None
    )


def _solver(dependant: Dependant) -> Callable[[Request], dict[str, Any]]:
    """What makes the arguments of an endpoint. It raises what dependencies raise, and RequestValidationError."""
    steps, in_path, in_query = _steps(dependant.dependencies), dependant.path_params, dependant.query_params
    name = dependant.request_param_name
    unasked, missing = request_params_to_args(in_query, QueryParams())
    are_texts = all(map(_is_any_text, in_path))

    def solve(request: Request) -> dict[str, Any]:
        values = _made(steps, request, {})
        said, faults = (request.path_params, []) if are_texts else request_params_to_args(in_path, request.path_params)
        if request.scope["query_string"]:
            asked, wrong = request_params_to_args(in_query, request.query_params)
        else:
            asked, wrong = unasked, missing
        if faults or wrong:
            raise RequestValidationError([*faults, *wrong])
        return {**values, **said, **asked, **({name: request} if name else {})}

    return solve


def _is_any_text(field: ModelField) -> bool:
    """Whether a placeholder of a path is handed on as it is."""
    said = field.field_info
    return said.annotation is str and not said.metadata and field.alias == field.name


def _made(steps: Sequence[_Step], request: Request, known: dict[Callable[..., Any], Any]) -> dict[str, Any]:
    """The values of dependencies by name, each made once a request."""
    values = {}
    for step in steps:
        if step.call not in known:
            arguments = _made(step.steps, request, known)
            if step.request:
                arguments[step.request] = request
            made = step.call(**arguments)
            known[step.call] = _at_once(made) if step.is_async else made
        if step.name:
            values[step.name] = known[step.call]
    return values


def _at_once(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine comes to that has nothing to wait for: the body has been read."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        return ended.value
    coroutine.close()
    raise RuntimeError("a dependency waits for more than the body")


def _is_short(headers: Headers) -> bool:
    """Whether a request says that its body is not long, or that it has none."""
    length = headers.get("content-length", "0")
    return "transfer-encoding" not in headers and length.isdigit() and int(length) <= MOST_AT_ONCE
