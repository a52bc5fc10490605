"""The command line as tests call it: in this process, or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from app.cli.main import app

ROOT = Path(__file__).parents[2]
AS_OF = "2026-01-01"

_RUNNER = CliRunner()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit status, and what it wrote to each stream."""

    status: int
    out: str
    err: str


def concord(*arguments: object, stdin: str | None = None) -> Ran:
    """Run `concord` in this process."""
    result = _RUNNER.invoke(app, [str(a) for a in arguments], input=stdin, prog_name="concord")
    return Ran(result.exit_code, result.stdout, result.stderr)


def process(*arguments: object, stdin: str | None = None, **environment: str) -> Ran:
    """Run `concord` as a process of its own, with additions to its environment."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", *(str(a) for a in arguments)],
        input=None if stdin is None else stdin.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
