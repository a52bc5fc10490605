"""What the commands say of themselves, and of wrong use."""

from __future__ import annotations

import pytest

from app.cli.commands import COMMANDS
from tests.cli.runner import concord

EVERY = [
    *([name] for name in COMMANDS),
    ["metrics", "search"],
    ["metrics", "resolve"],
    ["rules", "list"],
    ["rules", "test"],
    ["keys", "create"],
    ["keys", "list"],
    ["keys", "revoke"],
    ["audit-log", "verify"],
    ["keys", "create"],
]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_help_teaches_by_example(command: list[str]):
    """The help of each command ends with two or more calls of that command, none wider than they must be."""
    ran = concord(*command, "--help")

    examples = ran.out.partition("Examples:\n")[2].splitlines()
    assert ran.status == 0
    assert len(examples) >= 2
    assert all(f"concord {' '.join(command)}" in line for line in examples)


def test_the_list_of_commands_says_what_each_is_for():
    """`concord --help` names every command with its purpose."""
    ran = concord("--help")

    assert all(f"{name} " in ran.out and purpose in ran.out for name, purpose in COMMANDS.items())


def test_no_command_shows_the_help_and_is_wrong_use():
    """`concord` alone teaches, but did nothing."""
    ran = concord()

    assert ran.status == 2
    assert "Examples:" in ran.out + ran.err


def test_a_misspelt_command_is_answered_with_the_nearest():
    """A slip of the pen is pointed out."""
    ran = concord("audti")

    assert ran.status == 2
    assert "No such command 'audti'. Did you mean 'audit'?" in ran.err


def test_the_version_names_engine_and_catalogue():
    """`concord --version` says with what an audit is made."""
    ran = concord("--version")

    assert ran.status == 0
    assert ran.out.startswith("concord 0.1.0, catalogue ")


def test_options_stand_under_what_they_are_about():
    """A person who looks for a way to fail a run, or to accept a finding, finds a heading for it."""
    said = concord("audit", "--help").out

    headings = ["Options:", "When it fails:", "Which findings:", "What is known already:", "Examples:"]
    assert said.startswith("Usage: concord audit [OPTIONS] PATH...\n")
    assert [line for line in said.splitlines() if line in headings] == headings
