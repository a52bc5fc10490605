"""The GitHub action: its metadata by the published schema, its step as the runner would run it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.pipelines.companies import BAD, GOOD, ROOT, ran, surroundings
from tests.reports.readers import commands

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "github-actions.json").read_text())
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
AUDIT = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "audit")


class Step:
    """The audit step with inputs, in a workspace."""

    def __init__(self, workspace: Path, **inputs: str) -> None:
        self.workspace = workspace
        self.output, self.summary = workspace / ".output", workspace / ".summary"
        given = {name: inputs.get(name.replace("-", "_"), one["default"]) for name, one in ACTION["inputs"].items()}
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in AUDIT["env"].items()
        }
        self._environment = surroundings(
            **environment, GITHUB_OUTPUT=str(self.output), GITHUB_STEP_SUMMARY=str(self.summary)
        )

    def run(self) -> tuple[int, str]:
        script = self.workspace / ".step.sh"
        script.write_text(AUDIT["run"])
        found = ran(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], self.workspace, self._environment
        )
        return found.returncode, found.stdout


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "plans" / "next year").mkdir(parents=True)
    (tmp_path / "plans" / "next year" / "good.yaml").write_text(GOOD)
    return tmp_path


def test_the_metadata_is_valid() -> None:
    """By the schema of actions; every input and output says what it is."""
    jsonschema.Draft7Validator(SCHEMA).validate(ACTION)

    assert all(one["description"] for one in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))


def test_nothing_that_a_caller_says_is_run() -> None:
    """Inputs come into the script as variables only: an expression within it would be code."""
    assert "${{" not in "".join(step.get("run", "") for step in ACTION["runs"]["steps"])


@pytest.mark.slow
def test_a_bad_plan_fails_the_step_and_marks_its_line(workspace: Path) -> None:
    """Annotations on the log, SARIF for code scanning, a summary for people, the exit status as an output."""
    (workspace / "plans" / "bad.yaml").write_text(BAD)
    step = Step(workspace)

    status, log = step.run()

    assert status == 1
    grave = [properties for name, properties, _ in commands(log.encode()) if name == "error"]
    line = next(number for number, text in enumerate(BAD.splitlines(), 1) if "key: agents-aht" in text)
    assert {(properties["file"], properties["line"]) for properties in grave} == {("plans/bad.yaml", str(line))}
    assert step.output.read_text() == "status=1\nsarif=concord.sarif\n"
    assert json.loads((workspace / "concord.sarif").read_text())["runs"][0]["results"]
    assert step.summary.read_text().startswith("## Concord: ")


@pytest.mark.slow
def test_a_good_plan_passes(workspace: Path) -> None:
    """Also from a folder with a space in its name, named beside another."""
    step = Step(workspace, paths="plans/next year\nplans\n", language="de", sarif="out.sarif")

    status, _ = step.run()

    assert status == 0
    assert step.output.read_text() == "status=0\nsarif=out.sarif\n"
    assert "Prüfung von Zielen" in step.summary.read_text()


@pytest.mark.slow
def test_a_change_is_judged_alone(workspace: Path) -> None:
    """What was bad before does not fail the step, and marks no line; a bad plan that comes with the change does both."""
    (workspace / "plans" / "bad.yaml").write_text(BAD)
    for words in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "plans"),
        ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "--quiet", "--message", "before"),
    ):
        assert ran(["git", *words], workspace, surroundings()).returncode == 0
    before, log_before = Step(workspace, against="git:main").run()
    (workspace / "plans" / "worse.yaml").write_text(BAD)

    after, log = Step(workspace, against="git:main").run()

    assert (before, after) == (0, 1)
    marked = {properties["file"] for name, properties, _ in commands(log.encode()) if name == "error"}
    assert "::error" not in log_before
    assert marked == {"plans/worse.yaml"}


@pytest.mark.slow
def test_an_input_is_no_option(workspace: Path) -> None:
    """A path that looks like an option is a path that is not there."""
    status, _ = Step(workspace, paths="--exit-zero").run()

    assert status == 2
