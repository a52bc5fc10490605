"""The OpenAPI document keeps to what it promises, and operations to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.main import application
from app.settings import Settings
from app.web.openapi import TAGS
from app.web.problem_types import PROBLEM_TYPES
from tests.http_client import Client
from tools import openapi

Json = dict[str, Any]

DOCUMENT: Json = json.loads((Path(__file__).parents[2] / "openapi.json").read_text())
OPERATIONS: dict[str, tuple[str, str, Json]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
NEVER_BY_AN_OPERATION = {"method-not-allowed", "bad-http"}
"""What is answered before an operation is found."""


def validate(schema: Json, value: Any) -> None:
    jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)


def resolved(example: Json) -> Json:
    return DOCUMENT["components"]["examples"][example["$ref"].rsplit("/", 1)[1]] if "$ref" in example else example


def nodes(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            if name not in ("example", "examples"):
                yield from nodes(member, f"{path}/{name}")
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from nodes(member, f"{path}/{place}")


def test_the_committed_document_is_fresh() -> None:
    """`make docs` writes it again."""
    assert openapi.FILE.read_text(encoding="utf-8") == openapi.wanted()


def test_the_served_document_is_the_committed_one(client: Client) -> None:
    """Whatever the settings."""
    assert client.get("/openapi.json").json() == DOCUMENT
    assert application(Settings(public_url="https://x.example")).openapi() == DOCUMENT


def test_it_is_openapi_3_1_with_a_described_tag_for_each_resource() -> None:
    """In the order of the reference."""
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert [tag["name"] for tag in DOCUMENT["tags"]] == list(TAGS)
    assert {tag for _, _, operation in OPERATIONS.values() for tag in operation["tags"]} == set(TAGS)


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_an_operation_is_described(operation_id: str) -> None:
    """A name in snake_case, one tag, a summary, a description, a meaning for every parameter."""
    _, path, operation = OPERATIONS[operation_id]

    assert re.fullmatch("[a-z]+(_[a-z]+)+", operation_id)
    assert len(operation["tags"]) == 1
    assert operation["summary"] and not operation["summary"].endswith(".")
    assert operation["description"]
    assert operation["security"] == []
    assert operation.get("x-required-scopes") == (["read"] if path.startswith("/v1/") else None)
    assert all(
        p.get("description") for p in operation.get("parameters", []) if p["in"] == "query" and p["name"] != "lang"
    )


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_answer_has_a_schema_and_an_example_that_is_valid(operation_id: str) -> None:
    """Problems are problem documents, and no answer is made up by the framework."""
    _, _, operation = OPERATIONS[operation_id]

    for status, answer in operation["responses"].items():
        assert answer["description"]
        assert {"X-Request-Id", "traceparent"} <= set(answer["headers"])
        assert (status == "304") == ("content" not in answer)
        for media_type, content in answer.get("content", {}).items():
            assert (media_type == "application/problem+json") == (status >= "400")
            assert content["examples"]
            for example in content["examples"].values():
                validate(content["schema"], resolved(example)["value"])
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        for example in content.get("examples", {}).values():
            if media_type == "application/json":
                validate(content["schema"], example["value"])


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_example_of_an_operation_works(client: Client, operation_id: str) -> None:
    """Sent as it stands, it is answered as documented: status, form, headers, schema."""
    method, path, operation = OPERATIONS[operation_id]
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", parameter["example"].replace(">", "%3E"))
    bodies: Json = operation.get("requestBody", {}).get("content", {"": {"examples": {"": {"value": ""}}}})

    for sent, content in bodies.items():
        for example in content.get("examples", {}).values():
            body = example["value"] if isinstance(example["value"], str) else json.dumps(example["value"])
            response = client.request(method, path, content=body, headers={"Content-Type": sent} if sent else {})

            documented = operation["responses"][str(response.status_code)]
            media_type = response.headers["content-type"].split(";")[0]
            assert response.status_code == 200, response.text
            assert set(documented["headers"]) <= {
                *(h for h in DOCUMENT["components"]["headers"] if h in response.headers)
            }
            if media_type == "application/json":
                validate(documented["content"][media_type]["schema"], response.json())


def test_every_problem_type_is_documented_where_it_can_occur() -> None:
    """Those aside that come before an operation is found."""
    named = {
        slug
        for _, _, operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        for slug in answer.get("content", {}).get("application/problem+json", {}).get("examples", {})
    }

    assert named == set(PROBLEM_TYPES) - NEVER_BY_AN_OPERATION


def test_what_may_be_left_out_is_never_null() -> None:
    """Client generators stumble on it: null is allowed only for members that are always there."""
    for path, node in nodes(DOCUMENT["components"]["schemas"]):
        for name, member in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            if {"type": "null"} in member.get("anyOf", []):
                assert name in node["required"], f"{path}/{name}"
    for _, _, operation in OPERATIONS.values():
        assert not any("anyOf" in parameter["schema"] for parameter in operation.get("parameters", []))


def test_every_reference_resolves_and_every_schema_is_used() -> None:
    """Nothing dangles, and nothing of the framework's own is left."""
    text = json.dumps(DOCUMENT)
    references = set(re.findall('"#/components/schemas/([^"]+)"', text))

    assert references == set(DOCUMENT["components"]["schemas"])
    assert "HTTPValidationError" not in text
    for reference in re.findall('"#/components/(headers|examples)/([^"]+)"', text):
        assert reference[1] in DOCUMENT["components"][reference[0]]
