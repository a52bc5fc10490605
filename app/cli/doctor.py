"""`concord doctor`: whether the service can run here, and what needs attention."""

from __future__ import annotations

import json

import typer

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, command_app
from app.cli.failures import FINDINGS
from app.cli.options import FormatOption

app = command_app()

MARKS = {"well": "ok", "attention": "!", "wrong": "WRONG"}


@app.command(
    cls=Command,
    epilog="""\
concord doctor
concord doctor --format json
concord doctor && concord serve""",
)
def doctor(format_: FormatOption = "text") -> None:
    """Look at settings, database, schema, audit events, disk, clock and the files that hold keys. Nothing is changed.

    Exit status: 0 the service can run, 1 something is wrong.
    """
    from app.cli.doctor_checks import checks

    found = list(checks())
    if format_ == "json":
        said = {"checks": [{"name": one.name, "state": one.state, "told": one.told} for one in found]}
        terminal.answer(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    else:
        rows = [[MARKS[one.state], one.name, one.told] for one in found]
        terminal.answer("".join(f"{line}\n" for line in columns(rows)))
    raise typer.Exit(FINDINGS if any(one.state == "wrong" for one in found) else 0)
