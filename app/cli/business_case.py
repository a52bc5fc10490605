"""`concord business-case`: what a scenario in the service gives back, when, at which cost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app.cli import terminal
from app.cli.columns import columns, headed
from app.cli.commands import Command, Group, command_app
from app.cli.options import FormatOption, LanguageOption

app = command_app(
    cls=Group,
    epilog="""\
concord business-case make acme scn_01m8c5b3mrfs8rebgnj7tqbqng --with costs.yaml
concord business-case list acme
concord business-case show acme bcs_01m8c5bp5te90sbsvc0wafmxs4
concord business-case change acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --leave-out growth""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]


@app.callback()
def business_case() -> None:
    """What scenarios give back, when, at which cost, with every assumption and its source."""


@app.command(cls=Command, epilog="concord business-case make acme scn_01m8c5b3mrfs8rebgnj7tqbqng --with costs.yaml")
def make(
    org: OrgArgument,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of the scenario.")],
    file: Annotated[
        str | None, typer.Option("--with", metavar="FILE", help="YAML or JSON with costs and assumptions.")
    ] = None,
    quarters: Annotated[int, typer.Option("--quarters", min=1, max=40, help="How far it looks.")] = 12,
    draws: Annotated[int, typer.Option("--draws", min=100, max=100_000, help="Draws.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same figures.")] = 0,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Make the business case of a scenario, keep it, and show it."""
    from app.cli import remote

    said = _said(file)
    known = {name: said[name] for name in ("name", "costs", "assumptions") if name in said}
    with remote.connected() as client:
        made = client.business_cases.make(
            org, scenario, quarters=quarters, draws=draws, seed=seed, lang=language, **known
        )
        raw = client.documents.get(org).said
    terminal.say(f"made {made.id}")
    _show(dict(made), raw, format_, language)


@app.command(cls=Command, name="list", epilog="concord business-case list acme")
def list_(org: OrgArgument, format_: FormatOption = "text") -> None:
    """List the business cases of an organization, the newest first."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        found = [dict(one) for one in client.business_cases.list(org)]
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    elif not found:
        terminal.answer("No business cases yet.\n")
    else:
        rows = [[one["id"], one["scenario"], str(one["revision"]), one["name"]] for one in found]
        lines = columns([["BUSINESS CASE", "SCENARIO", "ON", "NAME"], *rows])
        terminal.answer("".join(f"{row}\n" for row in lines))


@app.command(cls=Command, epilog="concord business-case show acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --lang de")
def show(
    org: OrgArgument,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the business case.")],
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Show a business case."""
    from app.cli import remote

    with remote.connected() as client:
        found = client.business_cases.get(org, id_, lang=language)
        raw = client.documents.get(org).said
    _show(dict(found), raw, format_, language)


@app.command(
    cls=Command,
    epilog="""\
concord business-case change acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --leave-out share.stay
concord business-case change acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --hold growth --quarters 20
concord business-case change acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --with costs.yaml --drop-cost training
concord business-case change acme bcs_01m8c5bp5te90sbsvc0wafmxs4 --as-taken share.stay --as-taken growth""",
)
def change(
    org: OrgArgument,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the business case.")],
    file: Annotated[
        str | None, typer.Option("--with", metavar="FILE", help="YAML or JSON with costs and assumptions to change.")
    ] = None,
    leave_out: Annotated[
        list[str] | None, typer.Option("--leave-out", metavar="KEY", help="Take an assumption as nothing at all.")
    ] = None,
    hold: Annotated[
        list[str] | None, typer.Option("--hold", metavar="KEY", help="Hold an assumption at its likely value.")
    ] = None,
    as_taken: Annotated[
        list[str] | None, typer.Option("--as-taken", metavar="KEY", help="Let an assumption be as it was taken.")
    ] = None,
    drop_cost: Annotated[list[str] | None, typer.Option("--drop-cost", metavar="KEY", help="Take a cost out.")] = None,
    quarters: Annotated[int | None, typer.Option("--quarters", min=1, max=40, help="How far it looks.")] = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Switch assumptions, change costs, and draw a business case again with its seed."""
    from app.cli import remote

    said = _said(file)
    changes = {name: said[name] for name in ("name", "quarters", "draws", "seed") if name in said}
    assumptions = {
        **said.get("assumptions", {}),
        **{key: {"mode": "left_out"} for key in leave_out or ()},
        **{key: {"mode": "held"} for key in hold or ()},
        **dict.fromkeys(as_taken or ()),
    }
    costs = {**said.get("costs", {}), **dict.fromkeys(drop_cost or ())}
    changes |= {} if quarters is None else {"quarters": quarters}
    with remote.connected() as client:
        made = client.business_cases.patch(
            org, id_, {**changes, "costs": costs, "assumptions": assumptions}, if_match="*", lang=language
        )
        raw = client.documents.get(org).said
    terminal.say(f"changed {made.id}")
    _show(dict(made), raw, format_, language)


def _said(file: str | None) -> Mapping[str, Any]:
    """What stands in a file of costs and assumptions."""
    from app.cli.inputs import one_input
    from app.cli.problems import problems_of

    if file is None:
        return {}
    given = one_input(file)
    with problems_of(given, "en"):
        said: Mapping[str, Any] = given.read().raw
    return said


def _show(found: dict[str, Any], raw: Mapping[str, Any], format_: str, language: Any) -> None:
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    from app.reports.text_customers import CustomerText, called_in

    teller = CustomerText(language, found.get("currency"), called_in(raw))
    head, quarters, decides, rest = teller.case(found)
    parts = [found["name"], *head, "", *columns(headed(quarters)), "", *columns(headed(decides)), "", *rest]
    terminal.answer("".join(f"{line}\n" for line in parts))
