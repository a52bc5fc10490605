"""`concord push`: a document becomes the one that the service keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.inputs import Input, one_input
from app.cli.problems import problems_of

if TYPE_CHECKING:
    from app.cli.tracked_files import Tracked
    from app.client import Client
    from app.client.documents import Document

app = command_app()

MOST_LISTED = 5
"""Revisions of others that are told."""


@app.command(
    cls=Command,
    epilog="""\
concord push acme.yaml
concord push acme.yaml --dry-run
concord push plans/ --organization acme
concord push acme.yaml --force    # whatever became of it meanwhile""",
)
def push(
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML, JSON, XLSX, a folder of CSV sheets, - for stdin.")],
    organization: Annotated[
        str | None,
        typer.Option("--organization", "-o", metavar="KEY", help="Whose.  [default: the key in the document]"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is there, even if others changed it meanwhile.")
    ] = False,
) -> None:
    """Replace an organization's document in the service with a file, and show what that changes.

    What others changed since the file was last pulled or pushed is not overwritten, unless --force says so. An organization that the
    service does not have yet is made.
    """
    from app.cli import remote, tracked_files

    given = one_input(file)
    raw = _read(given)
    login = remote.the_login()
    known_as = tracked_files.organization_of(given.path, login.address) if given.path else None
    org = organization or raw.get("organization", {}).get("key") or known_as
    if not org:
        raise Refused(f"{file} does not say whose it is: add a key to its organization, or --organization KEY")
    last = tracked_files.tracked(given.path, login.address, org) if given.path else None
    with remote.connected(login) as client:
        before = _standing(client, org)
        condition = _condition(before, last, force=force)
        would_be = _put(client, org, given, raw, last, condition, dry_run=True)
        changes = _sentences(would_be, before)
        terminal.answer("".join(f"{line}\n" for line in changes))
        if dry_run or (not changes and before is not None):
            count = len(changes)
            told = (
                "Nothing would change."
                if not count
                else f"{_counted(count)} would be made to {org}; nothing is changed."
            )
            terminal.say(
                told if dry_run else f"{org} says the same already: revision {before.revision if before else 0}."
            )
            after = None if dry_run else before
        else:
            after = _put(client, org, given, raw, last, condition, dry_run=False)
            terminal.say(f"{org} is at revision {after.revision} now: {_counted(len(changes))}.")
    if after is not None and given.path is not None:
        state = tracked_files.Tracked(
            login.address, org, after.revision or 0, after.etag or "", tracked_files.hash_of(given.path)
        )
        tracked_files.track(given.path, state)


def _read(given: Input) -> dict[str, Any]:
    from app.services import audits

    with problems_of(given, "en"):
        source = given.read()
        audits.document_of(source)
    return dict(source.raw)


def _standing(client: Client, org: str) -> Document | None:
    from app.client import NotFound

    try:
        return client.documents.get(org)
    except NotFound:
        return None


def _condition(before: Document | None, last: Tracked | None, *, force: bool) -> dict[str, Any]:
    """On which state the push is based."""
    if before is None and (force or last is None):
        return {"create": True}
    if force:
        return {"if_match": "*"}
    return {"if_match": last.etag} if last is not None else {"create": True}


def _put(
    client: Client,
    org: str,
    given: Input,
    raw: Mapping[str, Any],
    last: Tracked | None,
    condition: Mapping[str, Any],
    *,
    dry_run: bool,
) -> Document:
    from app.client import Changed

    try:
        return client.documents.put(org, raw, dry_run=dry_run, **condition)
    except Changed:
        raise Refused(_conflict(client, org, given, last)) from None


def _conflict(client: Client, org: str, given: Input, last: Tracked | None) -> str:
    """What others did, and what can be done now."""
    name = given.name
    theirs = f"{Path(name).stem or org}.theirs.yaml"
    ways = [
        f"  concord pull {org} --output {theirs}    what it says now, to take over what you want to keep",
        f"  concord push {name} --force    replace it with {name}, whatever it says",
    ]
    if last is None:
        return "\n".join(
            [f"{org} is in the service already, and {name} was neither pulled from it nor pushed to it:", *ways]
        )
    newer = [one for one in client.revisions.list(org, sort="-number", limit=20) if one.number > last.revision]
    told = [
        f"  revision {one.number}, {one.at:%Y-%m-%d %H:%M} UTC, {one.actor}: {_counted(sum(one.counts.values()))}"
        for one in newer
    ]
    omitted = [f"  and {len(told) - MOST_LISTED} before"] if len(told) > MOST_LISTED else []
    head = f"{org} was changed since revision {last.revision}, which {name} is based on; nothing is overwritten:"
    return "\n".join([head, *told[:MOST_LISTED], *omitted, *ways])


def _sentences(would_be: Document, before: Document | None) -> list[str]:
    """What would change, each change as a sentence."""
    from app.reports.text_line import plain
    from app.services.change_texts import told_changes

    marks = {"added": "+", "removed": "-", "changed": "~"}
    told = told_changes(would_be.changes, before.said if before else {}, would_be.said, "en")
    return [f"{marks[change['action']]} {plain(change['text'])}" for change in told]


def _counted(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"
