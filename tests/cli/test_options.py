"""No option without a test: the help of every command is walked, and its options looked for in the tests of the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.runner import concord
from tests.cli.test_help import EVERY

_OPTION = re.compile(r"^  (?:-\w, )?(?P<name>--[a-z-]+)", re.MULTILINE)
_USED = re.compile(r"--[a-z][a-z-]*")
_ROOT = Path(__file__).parents[2]
_TESTS = [path.read_text() for path in (_ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
_PAGES = [
    line for path in (_ROOT / "docs").glob("*.md") if path.name != "cli.md" for line in path.read_text().splitlines()
]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_option_has_a_test(command: list[str]):
    """An option that no test uses is one that nobody knows to work."""
    options = set(_OPTION.findall(concord(*command, "--help").out))

    assert options
    assert options - _used_with(command) == set()


def _used_with(command: list[str]) -> set[str]:
    """Every option in tests that call the command, and in calls of it on pages whose commands are run."""
    calling = [text for text in _TESTS if all(f'"{word}"' in text for word in command)]
    calling += [line for line in _PAGES if f"concord {' '.join(command)}" in line]
    return {"--help", *(word for text in calling for word in _USED.findall(text))}


def test_the_walk_finds_options():
    """The pattern reads the help as it is laid out."""
    assert {"--format", "--fail-on", "--help"} <= set(_OPTION.findall(concord("audit", "--help").out))


def test_the_help_of_format_names_every_format():
    """Formats are found by walking a folder; the help is written by hand."""
    from app.reports.formats import names

    said = " ".join(concord("audit", "--help").out.split())

    assert [name for name in names() if name not in said.partition("--format")[2].partition("--output")[0]] == []
