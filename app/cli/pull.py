"""`concord pull`: the document that the service keeps becomes a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import ForceOption, OutputOption

if TYPE_CHECKING:
    from app.cli.tracked_files import Tracked
    from app.client import Client
    from app.client.documents import Document

app = command_app()

FORMS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".xlsx": "xlsx"}
"""End of a file's name → the form of the document."""


@app.command(
    cls=Command,
    epilog="""\
concord pull acme
concord pull acme --output acme.yaml
concord pull acme --output acme.xlsx --force
concord pull acme --revision 3 --output before.yaml""",
)
def pull(
    org: Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")],
    output: OutputOption = None,
    revision: Annotated[
        int | None, typer.Option("--revision", min=1, metavar="N", help="As it was then.  [default: as it stands]")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Get an organization's document: as YAML, or as JSON or a workbook where the name of the file ends so.

    A file with changes that were not pushed is not overwritten, unless --force says so.
    """
    from app.cli import remote, tracked_files

    login = remote.the_login()
    form = FORMS.get(output.suffix.lower(), "") if output else "yaml"
    if not form:
        raise Refused(f"the name of a file ends with {', '.join(FORMS)}, not as {output} does")
    last = tracked_files.tracked(output, login.address, org) if output else None
    with remote.connected(login) as client, remote.organization_in(client, org):
        found = _document(client, org, revision)
        is_changed = output is not None and _is_changed(output, last)
        if output and last and not is_changed and output.exists() and last.etag == found.etag:
            terminal.say(f"{output} is up to date: revision {found.revision}.")
            return
        if is_changed and not force:
            raise Refused(f"{output} holds what was not pushed; concord push {output}, or --force to overwrite it")
        content = client.exports.get(org, form, revision=found.revision)
    if output is None:
        terminal.answer_bytes(content)
        return
    terminal.save(output, content)
    if revision is None:
        state = tracked_files.Tracked(
            login.address, org, found.revision or 0, found.etag or "", tracked_files.hash_of(output)
        )
        tracked_files.track(output, state)
    terminal.say(f"{output} is revision {found.revision} of {org}.")


def _document(client: Client, org: str, revision: int | None) -> Document:
    """The document as it stands, or as it was. Raises Refused for a revision that it never had."""
    from app.client import NotFound

    try:
        return client.documents.get(org, revision=revision)
    except NotFound:
        if revision is None:
            raise
        latest = client.documents.get(org).revision
        raise Refused(f"{org} has no revision {revision}: the latest is {latest}") from None


def _is_changed(output: Path, last: Tracked | None) -> bool:
    """Whether a file holds something that is nowhere else."""
    from app.cli.tracked_files import hash_of

    return output.exists() and (last is None or hash_of(output) != last.file_hash)
