"""`concord status`: who I am at the service, which organizations there are, and how my files stand to them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, command_app
from app.cli.options import FormatOption

if TYPE_CHECKING:
    from app.cli.tracked_files import Tracked
    from app.client import Client

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord status
concord status --format json""",
)
def status(format_: FormatOption = "text") -> None:
    """Show who you are at the service, its organizations, and which of your files differ from what it keeps."""
    from app.cli import remote, tracked_files

    login = remote.the_login()
    with remote.connected(login) as client:
        me = client.api_keys.me()
        organizations = [dict(one) for one in client.organizations.list()]
        files = [_file(client, path, last) for path, last in tracked_files.files_of(login.address)]
    if format_ == "json":
        said = {"address": login.address, "me": dict(me), "organizations": organizations, "files": files}
        terminal.answer(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
        return
    terminal.answer(f"{login.address} as “{me.actor}”, who may {', '.join(me.scopes)}\n")
    terminal.answer("".join(f"{line}\n" for line in (*_organizations(organizations), *_files(files))))


def _organizations(found: list[dict[str, Any]]) -> Iterator[str]:
    yield ""
    if not found:
        yield "No organizations yet: concord push FILE"
        return
    rows = [[one["key"], one["name"], str(one["revision"]), one["updated_at"][:16].replace("T", " ")] for one in found]
    yield from columns([["ORGANIZATION", "NAME", "REVISION", "CHANGED (UTC)"], *rows])


def _files(found: list[dict[str, Any]]) -> Iterator[str]:
    if found:
        yield ""
        rows = [[one["file"], one["organization"], str(one["revision"]), one["said"]] for one in found]
        yield from columns([["FILE", "ORGANIZATION", "BASED ON", "SINCE THEN"], *rows])


def _file(client: Client, path: Path, last: Tracked) -> dict[str, Any]:
    """How a file stands to the document that it was last equal to."""
    from app.cli.tracked_files import hash_of
    from app.client import NotFound

    here = hash_of(path) != last.file_hash
    try:
        there: int | None = client.documents.get(last.organization).revision
    except NotFound:
        there = None
    newer = None if there is None else there - last.revision
    said = {
        "file": os.path.relpath(path),
        "organization": last.organization,
        "revision": last.revision,
        "changed_here": here,
        "newer_revisions": newer,
    }
    return {**said, "said": _said(here, newer)}


def _said(here: bool, newer: int | None) -> str:
    if newer is None:
        return "the organization is gone"
    there = {0: "", 1: "1 newer revision"}.get(newer, f"{newer} newer revisions")
    both = [*(["changed here"] if here else []), *([there] if there else [])]
    return ", ".join(both) or "nothing"
