"""Links in the OpenAPI document: from an answer that makes a thing to the operation that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_ELSEWHERE = {
    "/v1/organizations/{org}/roadmap": "/v1/organizations/{org}/roadmap",
    "/v1/api-keys/{key_id}/rotate": "/v1/api-keys/{key_id}",
    "/v1/webhooks/{webhook_id}/test": "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
    "/v1/organizations/{org}/analyses/{analysis_id}/plan": "/v1/organizations/{org}/analyses/{analysis_id}/plans/{plan_id}",
    "/v1/organizations/{org}/scenarios/{scenario_id}/analyses": "/v1/organizations/{org}/analyses/{analysis_id}",
}
"""Paths that make what has an address neither there nor below."""

_JOB = "/v1/jobs/{job_id}"


def add_links(paths: Json, schemas: Json) -> None:
    """Add them to the answers of every operation that makes something."""
    for path, operations in paths.items():
        for method, operation in operations.items():
            made = operation["responses"].get("201")
            if made is not None and (read := _reading(method, path, paths)):
                made["links"] = dict([_link(path, read, paths, _members(made, schemas))])
            if accepted := operation["responses"].get("202"):
                accepted["links"] = dict([_link(path, _JOB, paths, ("id",))])


def _reading(method: str, path: str, paths: Json) -> str | None:
    """The path at which what was made is read."""
    if method == "put":
        return path
    return _ELSEWHERE.get(path) or next((one for one in paths if _is_below(one, path) and "get" in paths[one]), None)


def _is_below(path: str, list_: str) -> bool:
    return path.startswith(f"{list_}/{{") and path.endswith("}") and "/" not in path.removeprefix(f"{list_}/")


def _members(answer: Json, schemas: Json) -> tuple[str, ...]:
    reference: str = answer["content"]["application/json"]["schema"]["$ref"]
    return tuple(schemas[reference.rpartition("/")[2]]["properties"])


def _link(path: str, read: str, paths: Json, members: tuple[str, ...]) -> tuple[str, Json]:
    """Name and link; what the address of the request does not tell, the body of the answer does."""
    is_put = read == path
    known = {name: f"$request.path.{name}" for name in _names(path)}
    told = {} if is_put else {name: _in_body(name, members) for name in [*_names(read)][-1:]}
    operation = paths[read]["get"]
    parameters = {name: (known | told)[name] for name in _names(read)}
    described = {"operationId": operation["operationId"], "parameters": parameters}
    return operation["operationId"], {**described, "description": f"{operation['summary']}."}


def _names(path: str) -> Iterator[str]:
    """The parameters of a path, in their order."""
    return (segment[1:-1] for segment in path.split("/") if segment.startswith("{"))


def _in_body(name: str, members: tuple[str, ...]) -> str:
    return f"$response.body#/{'key' if 'key' in members and not name.endswith('_id') else 'id'}"
