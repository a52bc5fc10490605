"""No option without a test: the help of every command is walked, and its options looked for in the tests of the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.runner import concord
from tests.cli.test_help import EVERY

_OPTION = re.compile(r"^  (?:-\w, )?(?P<name>--[a-z-]+)", re.MULTILINE)
_USED = re.compile(r"--[a-z][a-z-]*")
_TESTS = [path for path in (Path(__file__).parents[1]).rglob("test_*.py") if path != Path(__file__)]


@pytest.fixture(scope="module")
def used() -> frozenset[str]:
    """Every option that a test calls a command with, or that a page whose commands are run shows."""
    docs = (Path(__file__).parents[2] / "docs").glob("*.md")
    return frozenset(
        word for path in (*_TESTS, *docs) if path.name != "cli.md" for word in _USED.findall(path.read_text())
    )


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_option_has_a_test(command: list[str], used: frozenset[str]):
    """An option that no test uses is one that nobody knows to work."""
    options = set(_OPTION.findall(concord(*command, "--help").out))

    assert options
    assert options - used == set()


def test_the_walk_finds_options():
    """The pattern reads the help as it is laid out."""
    assert {"--format", "--fail-on", "--help"} <= set(_OPTION.findall(concord("audit", "--help").out))


def test_the_help_of_format_names_every_format():
    """Formats are found by walking a folder; the help is written by hand."""
    from app.reports.formats import names

    said = " ".join(concord("audit", "--help").out.split())

    assert [name for name in names() if name not in said.partition("--format")[2].partition("--fail-on")[0]] == []
