"""The OpenAPI document is fresh, tells every problem where it can occur, and its computed examples work.

What it has to keep to in form is told by `openapi_rules`; examples of what is stored are replayed by `test_stored_examples`.
"""

from __future__ import annotations

import json

import pytest

from app.main import application
from app.routers.examples import stored_examples
from app.settings import Settings
from app.web.openapi import TAGS
from app.web.problem_types import PROBLEM_TYPES
from tests.contract.the_document import Operation, check_documented, document, operations
from tests.http_client import Client
from tools import openapi

NEVER_BY_AN_OPERATION = {"method-not-allowed", "bad-http", "embed-expired", "embed-revoked", "embed-view"}
"""What is answered before an operation is found, and what the views of portals answer, which are pages."""

COMPUTED = [one for one in operations() if one.id not in stored_examples()]


@pytest.mark.slow
def test_the_committed_document_is_fresh() -> None:
    """`make docs` writes it again."""
    assert openapi.FILE.read_text(encoding="utf-8") == openapi.wanted()


@pytest.mark.slow
def test_the_served_document_is_always_the_same(client: Client) -> None:
    """Whatever the settings."""
    assert client.get("/openapi.json").json() == document()
    assert application(Settings(public_url="https://x.example")).openapi() == document()


def test_tags_come_in_the_order_of_the_reference() -> None:
    """Each with what it holds."""
    assert [tag["name"] for tag in document()["tags"]] == list(TAGS)


@pytest.mark.parametrize("of", COMPUTED, ids=lambda of: of.id)
def test_the_example_of_an_operation_works(client: Client, of: Operation) -> None:
    """Sent as it stands, it is answered as documented: status, form, headers, schema."""
    path = of.path
    for name, parameter in of.parameters("path").items():
        path = path.replace(f"{{{name}}}", parameter["example"].replace(">", "%3E"))

    for media_type, content in (of.bodies() or {"": {"examples": {"": {"value": ""}}}}).items():
        for example in content["examples"].values():
            if example["value"] != "PK…":
                body = example["value"] if isinstance(example["value"], str) else json.dumps(example["value"])
                headers = {"Content-Type": media_type} if media_type else {}
                response = client.request(of.method, path, content=body, headers=headers)

                assert response.status_code == 200, response.text
                check_documented(of, response)


def test_every_problem_type_is_documented_where_it_can_occur() -> None:
    """Those aside that come before an operation is found."""
    named = {slug for one in operations() for slug in one.problems()}

    assert named == set(PROBLEM_TYPES) - NEVER_BY_AN_OPERATION


def test_every_operation_on_a_workspace_has_an_example_that_was_seen() -> None:
    """There is none that is neither computed nor replayed, and no example of what there is not."""
    assert {one.id for one in operations() if one.scope} >= set(stored_examples())
    assert not [one.id for one in COMPUTED if "{org}" in one.path]
