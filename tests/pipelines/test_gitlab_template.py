"""The GitLab template: valid by GitLab's schema, its script as the runner's shell would run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from tests.pipelines.companies import BAD, GOOD, ROOT, ran, surroundings

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "gitlab-ci.json").read_text())
TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "gitlab" / "concord.gitlab-ci.yml").read_text())
JOB = TEMPLATE["concord"]


def run(folder: Path, lines: list[str], **variables: str) -> tuple[int, str]:
    found = ran(["sh", "-ec", "\n".join(lines)], folder, surroundings(**{**JOB["variables"], **variables}))
    return found.returncode, found.stdout + found.stderr


def test_the_template_is_valid() -> None:
    """By the schema that GitLab's own editor uses."""
    jsonschema.Draft7Validator(SCHEMA).validate(TEMPLATE)


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "expected"), [(GOOD, 0), (BAD, 1), ("concord: 1\n", 2)])
def test_the_job_ends_as_the_audit_does_and_leaves_its_reports(tmp_path: Path, plan: str, expected: int) -> None:
    """Also when it fails: code quality, tests and the page are there for the merge request."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "acme.yaml").write_text(plan)

    status, said = run(tmp_path, JOB["script"])

    reports = JOB["artifacts"]["reports"]
    assert status == expected, said
    assert bool(json.loads((tmp_path / reports["codequality"]).read_text())) == (plan != GOOD)
    assert ElementTree.parse(tmp_path / reports["junit"]).getroot().tag == "testsuites"
    assert (tmp_path / "concord.html").read_text().startswith("<!doctype html>")


def test_it_says_what_is_missing(tmp_path: Path) -> None:
    """Without an address nothing is installed from anywhere."""
    status, said = run(tmp_path, JOB["before_script"])

    assert status != 0
    assert "AUDIT_FROM" in said and "is not set" in said
