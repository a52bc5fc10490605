"""`concord scenarios`: what-ifs on documents in the service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, Group, command_app
from app.cli.failures import FINDINGS, Refused
from app.cli.options import AsOfOption, FormatOption, LanguageOption

if TYPE_CHECKING:
    from app.client import Client
    from app.client.scenarios import Scenario

app = command_app(
    cls=Group,
    epilog="""\
concord scenarios list acme
concord scenarios add acme changed.yaml --name "Quality first"
concord scenarios diff acme scn_01m8c5b3mrfs8rebgnj7tqbqng
concord scenarios promote acme scn_01m8c5b3mrfs8rebgnj7tqbqng""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]
IdArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of the scenario.")]
SIDES = ("scenario", "model")


@app.callback()
def scenarios() -> None:
    """What-ifs on a document in the service: compared, brought to the newest revision, made the model."""


@app.command(cls=Command, name="list", epilog="concord scenarios list acme --all")
def list_(
    org: OrgArgument,
    everything: Annotated[bool, typer.Option("--all", help="Those that were put aside, too.")] = False,
    format_: FormatOption = "text",
) -> None:
    """List the scenarios of an organization, the newest first."""
    from app.cli import remote

    status = ("open", "promoted", "discarded") if everything else ()
    with remote.connected() as client, remote.organization_in(client, org):
        found = [dict(one) for one in client.scenarios.list(org, status=status)]
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    if not found:
        terminal.answer("No scenarios yet.\n")
        return
    rows = [[one["id"], one["status"], str(one["revision"]), str(one["patch_count"]), one["name"]] for one in found]
    terminal.answer("".join(f"{row}\n" for row in columns([["SCENARIO", "STATUS", "ON", "PATCHES", "NAME"], *rows])))


@app.command(cls=Command, epilog='concord scenarios add acme changed.yaml --name "Quality first" --note "As agreed."')
def add(
    org: OrgArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document as it would be; - for stdin.")],
    name: Annotated[str, typer.Option("--name", "-n", metavar="TEXT", help="What the scenario is called.")],
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why.")] = None,
) -> None:
    """Make a scenario of what a file changes in the document that the service keeps."""
    from app.cli import remote
    from app.cli.inputs import one_input
    from app.cli.problems import problems_of
    from app.domain.document.patch import patch_between
    from app.domain.stored_form import stored_form
    from app.services.audits import document_of

    given = one_input(file)
    with problems_of(given, "en"):
        document = document_of(given.read())
    with remote.connected() as client, remote.organization_in(client, org):
        kept = client.documents.get(org)
        wanted = stored_form(document)
        wanted["organization"] = {**wanted["organization"], "key": org}
        patch = patch_between(kept.said, wanted)
        if not patch:
            raise Refused(f"{file} says what {org} says at revision {kept.revision}: there is nothing to try")
        said = {"patch": patch, **({"note": note} if note else {})}
        made = client.scenarios.add(org, name, revision=kept.revision, patches=[said])
    _tell(made, "made")
    terminal.answer(f"{made.id}\n")


@app.command(cls=Command, epilog="concord scenarios show acme scn_01m8c5b3mrfs8rebgnj7tqbqng")
def show(org: OrgArgument, scenario: IdArgument, format_: FormatOption = "text") -> None:
    """Show a scenario's stack of patches, and what it changes in the revision that it stands on."""
    from app.cli import remote
    from app.services.change_texts import told_changes

    with remote.connected() as client:
        found = client.scenarios.get(org, scenario)
        before = client.documents.get(org, revision=found.revision).said
    if format_ == "json":
        terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
        return
    lines = [f"{found.name} ({found.id}), {found.status}, on revision {found.revision} of {org}"]
    lines += [f"  {n}. {one.note or 'no note'} ({one.author}, {one.id})" for n, one in enumerate(found.patches, 1)]
    told = told_changes([dict(one) for one in found.changes], before, found.document, "en")
    terminal.answer("\n".join([*lines, "", *(one["text"] for one in told)]) + "\n")


@app.command(
    cls=Command,
    epilog="""\
concord scenarios diff acme scn_01m8c5b3mrfs8rebgnj7tqbqng
concord scenarios diff acme scn_01m8c5b3mrfs8rebgnj7tqbqng scn_01m8c5d0gcezv9hyk1ygzgv2tw --lang de""",
)
def diff(
    org: OrgArgument,
    scenario: IdArgument,
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="model, base (the revision that it stands on), or a scenario's id.")
    ] = "model",
    as_of: AsOfOption = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """What a scenario has that the model, or another scenario, has not: findings, pay that moves, what roles are paid.

    Exit status: 0 nothing is new or worse, 1 something is, 2 wrong use, 3 the service does not answer.
    """
    from app.cli import remote

    with remote.connected() as client:
        found = client.scenarios.compare(org, scenario, other, as_of=as_of, lang=language)
        if format_ == "json":
            terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
        else:
            from app.reports.text_scenarios import comparison_text

            before, after = _document(client, org, found.before), _document(client, org, found.after)
            terminal.answer(comparison_text(found, before, after, language))
    raise typer.Exit(FINDINGS if found.new or found.worse else 0)


@app.command(
    cls=Command,
    epilog="""\
concord scenarios rebase acme scn_01m8c5b3mrfs8rebgnj7tqbqng
concord scenarios rebase acme scn_01m8c5b3mrfs8rebgnj7tqbqng --take /kpis/aht/weight=scenario --take /kpis/fcr=model""",
)
def rebase(
    org: OrgArgument,
    scenario: IdArgument,
    take: Annotated[
        list[str] | None,
        typer.Option("--take", metavar="POINTER=SIDE", help="Whose value stands at a conflict: scenario or model."),
    ] = None,
) -> None:
    """Bring a scenario to the newest revision of the model.

    Exit status: 0 it stands there now, 1 conflicts are left to choose, 2 wrong use, 3 the service does not answer.
    """
    from app.cli import remote

    choices = dict(_choice(word) for word in take or ())
    with remote.connected() as client:
        preview = client.scenarios.preview_rebase(org, scenario)
        left = [one for one in preview.conflicts if one["pointer"] not in choices]
        if left:
            terminal.answer("".join(f"{line}\n" for one in left for line in _conflict(one)))
            terminal.say("concord: choose a side for each with --take POINTER=scenario or --take POINTER=model")
            raise typer.Exit(FINDINGS)
        made = client.scenarios.rebase(org, client.scenarios.get(org, scenario), choices)
    _tell(made, f"on revision {made.revision} now")


@app.command(cls=Command, epilog="concord scenarios promote acme scn_01m8c5b3mrfs8rebgnj7tqbqng")
def promote(org: OrgArgument, scenario: IdArgument) -> None:
    """Make a scenario the model, as one revision."""
    from app.cli import remote

    with remote.connected() as client:
        made = client.scenarios.promote(org, client.scenarios.get(org, scenario))
    count = len(made.changes)
    terminal.say(f"{org} is at revision {made.revision} now: {count} change{'' if count == 1 else 's'}.")


@app.command(cls=Command, epilog="concord scenarios discard acme scn_01m8c5b3mrfs8rebgnj7tqbqng")
def discard(org: OrgArgument, scenario: IdArgument) -> None:
    """Put a scenario aside; it stays readable."""
    from app.cli import remote

    with remote.connected() as client:
        found = client.scenarios.get(org, scenario)
        client.scenarios.discard(org, found)
    _tell(found, "put aside")


def _document(client: Client, org: str, side: dict[str, object]) -> dict[str, object]:
    """The document that was compared."""
    if "scenario" in side:
        return client.scenarios.get(org, str(side["scenario"])).document
    return client.documents.get(org, revision=int(str(side["revision"]))).said


def _choice(word: str) -> tuple[str, str]:
    pointer, _, side = word.rpartition("=")
    if not pointer.startswith("/") or side not in SIDES:
        raise Refused(f"--take {word}: expected POINTER=scenario or POINTER=model")
    return pointer, side


def _conflict(one: dict[str, object]) -> list[str]:
    """A conflict with what stands on each side."""
    sides = [f"  {side}: {json.dumps(one.get(side), ensure_ascii=False)}" for side in ("base", "model", "scenario")]
    return [str(one["pointer"]), *sides]


def _tell(scenario: Scenario, what: str) -> None:
    terminal.say(f"“{scenario.name}” ({scenario.id}): {what}.")
