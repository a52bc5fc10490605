"""`/v1/schemas`."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from app.routers.examples import DOCUMENT
from tests.http_client import Client


@pytest.mark.parametrize("name", ["document", "analysis", "rule"])
def test_a_schema_is_one(client: Client, name: str) -> None:
    """Of draft 2020-12, with an id of its own."""
    schema = client.get(f"/v1/schemas/{name}.json").json()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:concord:schema:{name}:1"


def test_document_and_analysis_keep_to_their_schemas(client: Client) -> None:
    """What is sent and what comes back."""
    schemas = {name: client.get(f"/v1/schemas/{name}.json").json() for name in ("document", "analysis")}

    jsonschema.validate(yaml.safe_load(DOCUMENT), schemas["document"])
    jsonschema.validate(client.audit(DOCUMENT).json(), schemas["analysis"])
