"""The published JSON Schemas hold for what they describe."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document_checks import document_from
from app.domain.errors import Unknown
from app.reports.canonical_json import render_analysis
from app.services.schemas import NAMES, schema

COMPANIES = sorted((Path(__file__).parents[1] / "cases" / "companies").glob("*.yaml"))


def document(path: Path) -> dict[str, Any]:
    return {"concord": 1, **yaml.safe_load(path.read_text())["document"]}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid(name: str) -> None:
    """Under draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(dict(schema(name)))


def test_a_schema_that_is_not_there_is_refused() -> None:
    """With the nearest."""
    with pytest.raises(Unknown) as refused:
        schema("documents")

    assert refused.value.nearest == ("document",)


@pytest.mark.parametrize("path", COMPANIES, ids=lambda path: path.stem)
def test_a_real_document_is_valid(path: Path) -> None:
    """Every labelled company."""
    jsonschema.Draft202012Validator(dict(schema("document"))).validate(document(path))


@pytest.mark.parametrize("path", COMPANIES[::5], ids=lambda path: path.stem)
def test_an_analysis_is_valid(path: Path) -> None:
    """With its findings and what is recommended against them."""
    raw = document(path)

    analysis = analyse(document_from(raw, catalogue()), catalogue(), as_of=date(2026, 11, 22), raw=raw)

    jsonschema.Draft202012Validator(dict(schema("analysis"))).validate(json.loads(render_analysis(analysis)))


def test_every_parameter_has_its_bounds_in_the_schema() -> None:
    """They are checked outside of the model, and published all the same."""
    parameters = schema("document")["properties"]["parameters"]["properties"]

    assert parameters["decay"] == {"type": ["number", "null"], "minimum": 0, "maximum": 1, "default": 0.9}
    assert parameters["max_hops"]["type"] == ["integer", "null"]
