"""`concord customers`: what the customer base of an organization in the service is worth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.columns import columns, headed
from app.cli.commands import Command, Group, command_app
from app.cli.options import FormatOption, LanguageOption

if TYPE_CHECKING:
    from app.client import Client

app = command_app(
    cls=Group,
    epilog="""\
concord customers put acme customers.yaml
concord customers show acme --lang de""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]


@app.callback()
def customers() -> None:
    """What customers are worth, what moves it, who answers for it, what conflicts cost of it."""


@app.command(cls=Command, epilog="concord customers show acme")
def show(org: OrgArgument, format_: FormatOption = "text", language: LanguageOption = "en") -> None:
    """Show what the customer base is worth."""
    from app.cli import remote

    with remote.connected() as client:
        found = dict(client.customer_assets.get(org, lang=language))
        raw = client.documents.get(org).said
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    from app.reports.text_customers import CustomerText, called_in
    from app.services.knowledge import cited

    sources = {id_: cited(id_, language) for one in found["assumptions"] for id_ in one["citations"]}
    teller = CustomerText(language, found.get("currency"), called_in(raw, sources))
    head, segments, drivers, rest = teller.asset(found)
    parts = [*head, "", *columns(headed(segments)), "", *columns(headed(drivers)), "", *rest]
    terminal.answer("".join(f"{line}\n" for line in parts))


@app.command(cls=Command, epilog="concord customers put acme customers.yaml --dry-run")
def put(
    org: OrgArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML or JSON with discount and segments; - for stdin.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, and change nothing.")] = False,
) -> None:
    """Say what customers of each segment bring, cost, and how long they stay."""
    from app.cli import remote
    from app.cli.inputs import one_input
    from app.cli.problems import problems_of

    given = one_input(file)
    with problems_of(given, "en"):
        said = given.read().raw
    with remote.connected() as client:
        made = client.customer_assets.put(org, said, if_match=None if _is_new(client, org) else "*", dry_run=dry_run)
    terminal.say(f"{org}: {made.worth} {made.currency or ''}".rstrip())


def _is_new(client: Client, org: str) -> bool:
    from app.client import NotFound

    try:
        client.customer_assets.get(org)
    except NotFound:
        return True
    return False
