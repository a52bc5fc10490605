"""Colour where it is asked for, in every command that tells something to people."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import concord

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = [
    ["audit", "acme.yaml"],
    ["why", "aht", "loyalty", "acme.yaml"],
    ["explain", "FLU101"],
    ["metrics", "search", "handling time"],
    ["metrics", "resolve", "acme.yaml"],
    ["rules", "list"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_colour_changes_nothing_of_what_is_said(command: list[str], written: Written):
    """`--color always` colours pipes, `never` does not, and without colours both are the same."""
    path = written("acme.yaml", HARMFUL)
    call = [str(path) if word == "acme.yaml" else word for word in command]

    plain, coloured = (concord(*call, "--color", colour).out for colour in ("never", "always"))

    assert not _COLOUR.search(plain)
    assert _COLOUR.search(coloured)
    assert _COLOUR.sub("", coloured) == plain
