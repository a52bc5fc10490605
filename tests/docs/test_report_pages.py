"""The pages on formats and pipelines: their commands run, their tables are complete, their examples are valid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from app.reports import formats
from tests.docs.consoles import prints, run, steps
from tests.docs.pages import DOCS, ROOT, blocks, read

SCHEMAS = ROOT / "tests" / "pipelines" / "schemas"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["formats.md", "reports.md"])
def test_the_commands_on_the_page_print_what_it_says(tmp_path: Path, page: str) -> None:
    """From top to bottom, in one folder."""
    for block in blocks(DOCS / page):
        for command, output in steps(block) if block.language == "console" else ():
            printed = run(command, tmp_path)
            assert prints(output, printed), f"line {block.line}: {command}\nprints\n{printed}\nand not\n{output}"


def test_every_format_is_told() -> None:
    """Its name, its media type, its suffix."""
    page = read(DOCS / "formats.md")

    rows = [f"| `{one.name}` | `{one.media_type}` | `{one.suffix}` |" for one in formats.formats().values()]

    assert [row for row in rows if row not in page] == []


def test_every_input_and_output_of_the_action_is_told() -> None:
    """Nobody has to read the action to use it."""
    page = read(DOCS / "pipelines.md")
    action: dict[str, Any] = yaml.safe_load(read(ROOT / "action.yml"))

    assert [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in page] == []


def test_the_examples_are_what_their_readers_take() -> None:
    """The workflow uses the action by inputs that it has; the GitLab job is valid; the hook is the one that there is."""
    workflow, gitlab, pre_commit = (
        yaml.safe_load(block.text) for block in blocks(DOCS / "pipelines.md") if block.language == "yaml"
    )
    action: dict[str, Any] = yaml.safe_load(read(ROOT / "action.yml"))

    (used,) = [step for step in workflow["jobs"]["audit"]["steps"] if "OWNER/concord" in step.get("uses", "")]
    assert set(used["with"]) <= set(action["inputs"])
    jsonschema.Draft7Validator(json.loads(read(SCHEMAS / "gitlab-ci.json"))).validate(gitlab)
    hooks = [hook["id"] for hook in yaml.safe_load(read(ROOT / ".pre-commit-hooks.yaml"))]
    assert [hook["id"] for repo in pre_commit["repos"] for hook in repo["hooks"]] == hooks
