"""Runs what a page shows at a prompt, and compares what is printed with what the page says is printed.

In a block of `console`, lines that begin with `$ ` are commands; the lines below one are its output. `…` alone on a line stands for any
number of lines, within a line for any text.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.docs.pages import Block

GAP = "…"
DEADLINE = 60


class Step(NamedTuple):
    """A command and what it is said to print."""

    command: str
    output: str


def steps(block: Block) -> Iterator[Step]:
    """The commands of a block with their output."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Step(command, output.rstrip())


def run(command: str, folder: Path) -> str:
    """What a command prints in a folder, standard error with standard output, as on a narrow terminal without colour."""
    found = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=_surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", timeout=DEADLINE, check=False,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in found.stdout.splitlines())


def prints(expected: str, printed: str) -> bool:
    """Whether what was printed is what was expected, gaps filled."""
    return re.fullmatch(_pattern(expected), printed.strip("\n")) is not None


def _pattern(expected: str) -> str:
    lines = [line.rstrip() for line in expected.strip("\n").splitlines()]
    parts = [r"(?:.*\n)*?" if line.strip() == GAP else _line(line) + r"\n" for line in lines]
    whole = "".join(parts)
    return whole + ".*" if lines and lines[-1].strip() == GAP else whole.removesuffix(r"\n")


def _line(line: str) -> str:
    return ".*?".join(re.escape(piece) for piece in line.split(GAP))


def _surroundings() -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
    return {**kept, "PATH": programs, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
