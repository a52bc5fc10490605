"""The image: linted, small, not root, watched, and built from checked packages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from app.cli.commands import COMMANDS
from app.settings import rows

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest) pairs, continued lines joined and comments left out."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word.upper(), rest) for word, _, rest in (line.partition(" ") for line in lines)]


def final_stage() -> list[tuple[str, str]]:
    """The instructions from the last FROM on."""
    every = instructions()
    last = max(index for index, (word, _) in enumerate(every) if word == "FROM")
    return every[last:]


def only(word: str) -> str:
    """What the one instruction of this kind in the final stage says."""
    (rest,) = [rest for instruction, rest in final_stage() if instruction == word]
    return rest


def test_hadolint_finds_nothing():
    """The linter for Dockerfiles reports no finding."""
    hadolint = Path(sys.executable).with_name("hadolint")

    run = subprocess.run(
        [hadolint, "--format", "json", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )

    assert json.loads(run.stdout) == []


def test_the_service_does_not_run_as_root():
    """The last USER is a number above zero, so that a platform can see that it is not root."""
    assert int(only("USER")) > 0


def test_the_image_says_whether_the_service_lives():
    """A health check asks /healthz."""
    assert "/healthz" in only("HEALTHCHECK")


def test_the_service_is_the_process_that_gets_signals():
    """CMD is a JSON list: no shell stands between the platform and the service."""
    assert json.loads(only("CMD")) == ["concord", "serve"]


def test_packages_are_checked_before_sources_are_copied():
    """The lock is copied and installed with hashes before any source, so that a change of code does not fetch packages again."""
    every = instructions()
    lock = next(index for index, (word, rest) in enumerate(every) if word == "COPY" and "requirements.lock" in rest)
    fetched = next(index for index, (word, rest) in enumerate(every) if word == "RUN" and "--require-hashes" in rest)
    sources = next(index for index, (word, rest) in enumerate(every) if word == "COPY" and rest.startswith("app "))

    assert lock < fetched < sources


def test_the_base_can_be_replaced():
    """A firm that has its own base image passes it as a build argument."""
    assert instructions()[0] == ("ARG", "BASE=python:3.11-slim")
    assert {rest.split()[0] for word, rest in instructions() if word == "FROM"} == {"${BASE}", "wheels"}


def composed() -> dict[str, Any]:
    """The services of compose.yaml by name."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_image_holds_what_the_service_needs():
    """The sources and the history of the schema."""
    copied = {rest.split()[0] for word, rest in instructions() if word == "COPY"}

    assert {"app", "migrations"} <= copied


def test_compose_sets_only_settings_that_exist():
    """A misspelt one would be passed over in silence."""
    known = {row.variable for row in rows()}

    named = {
        name
        for service in composed().values()
        for name in service.get("environment", {})
        if name.startswith("CONCORD_")
    }
    assert named and named <= known


def test_compose_runs_commands_that_exist():
    """The service, and a worker beside it."""
    commands = [service["command"] for service in composed().values() if "command" in service]

    assert [command[0] for command in commands] == ["concord"]
    assert {command[1] for command in commands} <= set(COMMANDS)
