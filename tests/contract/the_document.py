"""The OpenAPI document of the service as it is, and what it says of each answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import httpx
import jsonschema

from app.main import application
from app.settings import Settings
from tests.contract.problem_shape import check_problem

Json = dict[str, Any]

PROBLEM = "application/problem+json"


class Operation(NamedTuple):
    """An operation, and what is said of it."""

    id: str
    method: str
    path: str
    said: Json

    @property
    def scope(self) -> str | None:
        """The scope that it needs."""
        return next(iter(self.said.get("x-required-scopes", ())), None)

    def parameters(self, place: str) -> dict[str, Json]:
        """The parameters in the path, query or header by name."""
        return {one["name"]: one for one in self.said["parameters"] if one["in"] == place}

    def answer(self, status: int | str) -> Json:
        """What is said of the answer with a status."""
        return resolved(self.said["responses"][str(status)])

    def problems(self) -> set[str]:
        """The types of problems that it is answered with."""
        return {
            slug
            for status in self.said["responses"]
            for slug in self.answer(status).get("content", {}).get(PROBLEM, {}).get("examples", {})
        }

    def bodies(self) -> Json:
        """Media type → what is said of the body."""
        found: Json = self.said.get("requestBody", {}).get("content", {})
        return found

    def body(self) -> tuple[str, Any] | None:
        """A media type and a body of it that is right, as bytes or text."""
        for media_type, content in self.bodies().items():
            value = next(iter(content["examples"].values()))["value"]
            return media_type, value if isinstance(value, str) else json.dumps(value)
        return None


@lru_cache(maxsize=1)
def document() -> Json:
    """The document."""
    return application(Settings()).openapi()


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """Every operation."""
    return tuple(
        Operation(said["operationId"], method.upper(), path, said)
        for path, methods in document()["paths"].items()
        for method, said in methods.items()
    )


def operation(id_: str) -> Operation:
    """The operation of that id."""
    return next(one for one in operations() if one.id == id_)


def resolved(node: Json) -> Json:
    """What is meant, where it is a reference into the document."""
    if "$ref" not in node:
        return node
    found: Any = document()
    for segment in node["$ref"].removeprefix("#/").split("/"):
        found = found[segment]
    return resolved(found)


def validate(schema: Json, value: Any) -> None:
    """Raises ValidationError for a value that the schema does not allow."""
    jsonschema.Draft202012Validator({**schema, "components": document()["components"]}).validate(value)


def nodes(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every object of a value with its place, those in examples aside."""
    if isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            if name not in ("example", "examples"):
                yield from nodes(member, f"{path}/{name}")
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from nodes(member, f"{path}/{place}")


def check_documented(of: Operation, response: httpx.Response) -> None:
    """The answer is one that is documented: status, form, headers, schema."""
    assert str(response.status_code) in of.said["responses"], (of.id, response.status_code, response.text[:500])
    told = of.answer(response.status_code)
    required = [name for name, header in told["headers"].items() if resolved(header).get("required")]
    assert [name for name in required if name not in response.headers] == []
    content = told.get("content")
    if content is None:
        assert response.content == b"", (of.id, response.status_code)
        return
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in content, (of.id, media_type)
    if media_type.endswith("json"):
        validate(content[media_type]["schema"], response.json())
    if media_type == PROBLEM:
        slug = check_problem(response)["type"].rpartition("/")[2]  # type: ignore[attr-defined]
        assert slug in content[media_type]["examples"], (of.id, slug)
