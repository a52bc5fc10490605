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
from app.domain.document.checks import document_from
from app.domain.errors import Unknown
from app.reports.canonical_json import render_analysis
from app.services.schemas import NAMES, schema
from tests.contract.own_rules import RULE

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


@pytest.mark.slow
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


RULES = sorted((Path(__file__).parents[2] / "app" / "catalogue" / "rules").glob("*/[A-Z]*.yaml"))


@pytest.mark.slow
def test_every_built_in_rule_is_valid() -> None:
    """As its file has it."""
    validator = jsonschema.Draft202012Validator(dict(schema("rule")))

    for path in RULES:
        validator.validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"fact_kind": "componen"}, ["fact_kind"]),
        ({"remedies": ["gat"]}, ["remedies", 0]),
        ({"status": "on"}, ["status"]),
        ({"effective": {"form": "2026-01-01"}}, ["effective"]),
        ({"examples": {"silent": [{"because": "x", "facts": {"has_gat": True}}]}}, ["examples", "silent", 0, "facts"]),
        (
            {"examples": {"matches": [{"because": "x", "facts": {"payout_kind": "linaer"}}]}},
            ["examples", "matches", 0, "facts", "payout_kind"],
        ),
        (
            {"examples": {"matches": [{"because": "x", "facts": {"has_gate": "yes"}}]}},
            ["examples", "matches", 0, "facts", "has_gate"],
        ),
    ],
)
def test_editors_see_what_is_wrong_with_a_rule(changes: dict[str, Any], where: list[Any]) -> None:
    """Names and words of columns included, by the table that it reads."""
    rule = {"id": "ACM101", **RULE, **changes}

    errors = list(jsonschema.Draft202012Validator(dict(schema("rule"))).iter_errors(rule))

    assert where in [list(error.absolute_path) for error in errors]
