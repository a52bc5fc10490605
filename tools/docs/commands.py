"""The page of commands: what `--help` says, for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from app.cli.main import app
from tools.docs.markdown import code, page, section

WIDTH = "80"


def commands_page() -> str:
    """The help of every command and sub-command."""
    return page(
        "# Commands",
        "What is meant for programs goes to standard output, all else to standard error. Exit status: 0 nothing to report, 1 findings, "
        "2 wrong use or input that is not valid, 3 a failure of Concord's own. Text is coloured on a terminal unless `NO_COLOR` is set.",
        *(section(" ".join(["concord", *words]), code(_help(words))) for words in command_names()),
        source="app/cli",
    )


def command_names() -> Iterator[list[str]]:
    """Every command as the words after `concord`, the program itself first."""
    return _below(typer.main.get_command(app), [])


def _below(command: Any, words: list[str]) -> Iterator[list[str]]:
    yield words
    if isinstance(command, TyperGroup):
        for name in command.commands:
            yield from _below(command.commands[name], [*words, name])


def _help(words: list[str]) -> str:
    run = CliRunner().invoke(app, [*words, "--help"], prog_name="concord", env={"COLUMNS": WIDTH, "NO_COLOR": "1"})
    if run.exit_code:
        raise RuntimeError(f"concord {' '.join(words)} --help: {run.output}")
    return "\n".join(line.rstrip() for line in run.output.strip("\n").splitlines())
