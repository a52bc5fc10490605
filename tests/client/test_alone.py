"""The client stands alone: programs that use it load nothing of the service, and commands that do not use it load nothing of it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.runner import ROOT


def loaded(code: str) -> set[str]:
    """The modules that a program has loaded when it ends."""
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout  # fmt: skip
    return set(json.loads(said.splitlines()[-1]))


def test_the_client_brings_nothing_of_the_service() -> None:
    """Of Concord only itself, of others only what httpx brings."""
    modules = loaded("from app.client import AsyncClient, Client")

    assert {name for name in modules if name.split(".")[0] == "app" and not name.startswith("app.client")} == {"app"}
    assert modules & {"fastapi", "pydantic", "sqlalchemy", "typer", "yaml"} == set()


@pytest.mark.parametrize("command", ["--help", "audit --help", "push --help", "backup --help", "doctor --help"])
def test_help_comes_without_what_commands_need(command: str) -> None:
    """A start stays quick: neither network nor database are loaded before something is done with them."""
    modules = loaded(
        "from typer.testing import CliRunner\nfrom app.cli.main import app\n"
        f"assert CliRunner().invoke(app, {command.split()!r}).exit_code == 0"
    )

    assert modules & {"httpx", "sqlalchemy", "fastapi", "app.client", "ruamel.yaml"} == set()
