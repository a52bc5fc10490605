"""`concord schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.options import OutputOption

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord schema > concord.schema.json
concord schema analysis
concord schema rule --output rule.schema.json
concord schema config""",
)
def schema(
    name: Annotated[
        Literal["document", "analysis", "rule", "config"],
        typer.Argument(metavar="NAME", help="document, analysis, rule or config."),
    ] = "document",
    output: OutputOption = None,
) -> None:
    """Print the JSON Schema of the model document, of an analysis, of a rule, or of concord.toml."""
    from app.services import schemas

    content = (json.dumps(schemas.schema(name), ensure_ascii=False, indent=2) + "\n").encode()
    if output is not None:
        terminal.save(output, content)
    else:
        terminal.answer_bytes(content)
