"""`concord evidence`: what own observations in the service say of the influences that findings use."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.columns import columns, headed
from app.cli.commands import Command, Group, command_app
from app.cli.options import AsOfOption, FormatOption, LanguageOption

app = command_app(
    cls=Group,
    epilog="""\
concord evidence show acme
concord evidence replace acme "sales.win_rate>sales.suitability:pressure:up" --dry-run""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]


@app.callback()
def evidence() -> None:
    """What own observations say of the influences that findings use."""


@app.command(cls=Command, epilog="concord evidence show acme")
def show(
    org: OrgArgument, as_of: AsOfOption = None, format_: FormatOption = "text", language: LanguageOption = "en"
) -> None:
    """Test the influences: supported, contradicted, open, or how many points it takes."""
    from app.cli import remote

    with remote.connected() as client:
        found = dict(client.evidence.get(org, as_of=as_of))
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    from app.reports.text_customers import CustomerText

    rows, rest = CustomerText(language).evidence(found)
    parts = [*(columns(headed(rows)) if rows else ()), *rest]
    terminal.answer("".join(f"{line}\n" for line in parts))


@app.command(
    cls=Command, epilog='concord evidence replace acme "sales.win_rate>sales.suitability:pressure:up" --dry-run'
)
def replace(
    org: OrgArgument,
    influence: Annotated[str, typer.Argument(metavar="INFLUENCE", help="Id of the influence.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what changes, and change nothing.")] = False,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Let the class that own observations show replace the catalogue's, and show what that changes."""
    from app.cli import remote

    with remote.connected() as client:
        made = dict(client.evidence.replace(org, influence, lang=language, dry_run=dry_run))
    if format_ == "json":
        terminal.answer(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return
    from app.reports.text_customers import CustomerText

    terminal.answer(CustomerText(language).replaced(made) + "\n")
