"""The client and the OpenAPI document say the same."""

from __future__ import annotations

from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from app.client import Thing
from app.client.documents import Document
from app.client.organizations import Organization
from app.client.parts import Part
from app.client.schedules import Schedule
from app.client.things import members
from tests.client.described import Described, described, things
from tests.contract.the_document import document

DOCUMENT = document()
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = {
    told["operationId"]: (method.upper(), path, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
}
CALLED = list(described())

LEFT_OUT = {
    "get_front": "a page that leads to others",
    "get_docs": "a page for people",
    "get_openapi": "the description itself",
    "get_health": "for probes, which need no client",
    "get_readiness": "for probes, which need no client",
    "get_metrics": "for Prometheus",
    "get_measures": "for Prometheus",
    "get_schema": "JSON Schemas, for editors",
    "list_problem_types": "pages about problems",
    "get_problem_type": "pages about problems",
    "list_rule_pages": "pages about rules",
    "get_rule_page": "pages about rules",
    "open_link": "the page behind the link of the first start",
    "show_welcome": "the page behind the link of the first start",
}
"""Operations that the client does not offer, and why."""

NOT_OFFERED = {"cursor", "count", "fields", "format"}
"""Parameters that the client uses itself, or that would take away what its types promise."""

SENT_BACK = (Organization, Part, Document, Schedule)
"""What is put as it was read, with changes."""

SAID_OTHERWISE = {
    "analyses.get": {"file"},
    "audits.run": {"file"},
    "analyses.run": {"as_of", "revision"},
    "knowledge.get": {"version"},
}
"""Parameters of other forms than the one that is asked for, or that are members of the body."""


@pytest.mark.parametrize("called", CALLED, ids=[f"{each.name}-{each.request.operation}" for each in CALLED])
def test_what_the_client_asks_is_documented(called: Described) -> None:
    """Method, path, names in it, parameters and media type of every request are those of its operation."""
    request = called.request
    assert request.operation in OPERATIONS
    method, path, told = OPERATIONS[request.operation]

    parameters = {each["name"] for each in told.get("parameters", ()) if each["in"] == "query"}
    in_path = {each["name"] for each in told.get("parameters", ()) if each["in"] == "path"}
    unknown = set(request.asked) - parameters
    if request.operation in ("list_departments", "list_outcomes", "list_own_metrics", "list_own_influences"):
        unknown -= {"department"}
    assert (request.method, request.path) == (method, path)
    assert set(request.names) == in_path
    assert unknown == set()
    if request.content is not None:
        assert request.headers["Content-Type"] in told["requestBody"]["content"]


@pytest.mark.parametrize("called", CALLED, ids=[f"{each.name}-{each.request.operation}" for each in CALLED])
def test_what_is_documented_can_be_asked(called: Described) -> None:
    """Every parameter of an operation is one of the client's, but for those that it uses itself."""
    if called.name in ("knowledge.list", "analyses.start", "observations.sheet"):
        pytest.skip("filters differ by kind, or are fewer on purpose")
    _, _, told = OPERATIONS[called.request.operation]

    parameters = {each["name"] for each in told.get("parameters", ()) if each["in"] == "query"}
    offered = set(called.request.asked) | NOT_OFFERED | SAID_OTHERWISE.get(called.name, set())
    assert parameters - offered == set()


def test_every_operation_is_reachable_or_left_out_on_purpose() -> None:
    """What the service learns, the client learns."""
    called = {each.request.operation for each in CALLED}

    assert set(OPERATIONS) - called - set(LEFT_OUT) == set()
    assert called & set(LEFT_OUT) == set()


@pytest.mark.parametrize("called", CALLED, ids=[f"{each.name}-{each.request.operation}" for each in CALLED])
def test_writes_can_be_repeated(called: Described) -> None:
    """Every POST and PATCH has an `Idempotency-Key` of its own."""
    has_key = "Idempotency-Key" in called.request.headers

    assert has_key == (called.request.method in ("POST", "PATCH"))


@pytest.mark.parametrize("kind", things(), ids=lambda kind: kind.__name__)
def test_types_are_those_of_the_document(kind: type[Thing]) -> None:
    """Each member that a class names is one of its schema, of that type; what may be left out may be None, or is a list."""
    schema = SCHEMAS[kind.SCHEMA]

    wrong = {
        name: hint
        for name, hint in members(kind).items()
        if name not in schema["properties"]
        or not _fits(hint, schema["properties"][name])
        or (name not in schema.get("required", ()) and not _may_be_absent(hint))
    }
    assert wrong == {} or (kind.__name__ == "Document" and set(wrong) <= {"concord", "organization"})


@pytest.mark.parametrize("kind", SENT_BACK, ids=lambda kind: kind.__name__)
def test_what_the_service_sets_is_not_sent_back(kind: type[Thing]) -> None:
    """What is read-only may have changed since it was read, and would be refused."""
    read_only = {name for name, said in SCHEMAS[kind.SCHEMA]["properties"].items() if said.get("readOnly")}

    assert read_only - {"key"} == kind.READ_ONLY


def _may_be_absent(hint: Any) -> bool:
    return NoneType in get_args(hint) or get_origin(hint) in (list, dict)


def _fits(hint: Any, schema: dict[str, Any]) -> bool:
    """Whether values of a schema are of a type."""
    if "anyOf" in schema:
        return all(
            (each.get("type") == "null" and _may_be_absent(hint)) or _fits(hint, each) for each in schema["anyOf"]
        )
    if get_origin(hint) in (Union, UnionType):
        return any(_fits(each, schema) for each in get_args(hint) if each is not NoneType)
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        inner = SCHEMAS[name]
        if isinstance(hint, type) and issubclass(hint, Thing):
            return set(members(hint)) <= set(inner.get("properties", ())) or name == hint.SCHEMA
        return _fits(hint, inner)
    if hint is Any or (not schema.get("type") and "enum" not in schema and "const" not in schema):
        return True
    if get_origin(hint) is list:
        return schema["type"] == "array" and _fits(get_args(hint)[0], schema["items"])
    if get_origin(hint) is dict:
        inner = schema.get("additionalProperties", {})
        values = list(schema.get("properties", {}).values()) + ([inner] if isinstance(inner, dict) else [])
        return schema["type"] == "object" and all(_fits(get_args(hint)[1], each) for each in values)
    if get_origin(hint) is Literal or hint is str:
        return schema.get("type", "string") == "string"
    expected = {bool: "boolean", int: "integer", float: "number", datetime: "string", date: "string"}
    form = {datetime: "date-time", date: "date"}.get(hint)
    return schema.get("type") in (expected[hint], "integer" if hint is float else None) and schema.get("format") in (
        form,
        None if form is None else form,
    )
