"""`concord keys`: credentials, made by whoever runs the service, on its database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, Group, command_app
from app.cli.failures import Refused
from app.cli.options import FormatOption

if TYPE_CHECKING:
    from app.domain.access import Scope

app = command_app(
    cls=Group,
    epilog="""\
concord keys create --workspace acme --scopes read,write,admin
concord keys list --workspace acme
concord keys revoke key_01m8c5b3mrfs8rebgnj7tqbqng --workspace acme""",
)

WorkspaceOption = Annotated[str, typer.Option("--workspace", "-w", metavar="NAME", help="Workspace of the keys.")]


@app.callback()
def keys() -> None:
    """Make, list and revoke API keys on the service's database (CONCORD_DATABASE_URL)."""


@app.command(
    cls=Command,
    epilog="""\
concord keys create --workspace acme
concord keys create --workspace acme --scopes read --name dashboard
KEY=$(concord keys create --workspace acme --scopes read,write,admin | tail -n 1)""",
)
def create(
    workspace: Annotated[
        str, typer.Option("--workspace", "-w", metavar="NAME", help="Workspace of the key; made when there is none.")
    ],
    scopes: Annotated[
        str, typer.Option("--scopes", metavar="LIST", help="read, write, admin, embed, separated by commas.")
    ] = "read,write",
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="What audit events call its holder.")] = "shell",
) -> None:
    """Make an API key and print it; the key alone is on the last line. It is shown this once."""
    from app.cli.stores import open_store
    from app.services import api_keys
    from app.web.clock import present

    wanted = _scopes(scopes)
    if not 1 <= len(workspace.strip()) <= 200:
        raise Refused("a workspace has a name of 1 to 200 characters")
    with open_store() as store:
        made = api_keys.from_the_shell(store, workspace.strip(), name, wanted, present())
    terminal.say(f"A key of the workspace “{workspace.strip()}” that may {', '.join(wanted)}; it is shown this once:")
    terminal.answer(f"{made.text}\n")


@app.command(
    "list",
    cls=Command,
    epilog="""\
concord keys list --workspace acme
concord keys list --workspace acme --format json""",
)
def list_keys(workspace: WorkspaceOption, format_: FormatOption = "text") -> None:
    """List the API keys of a workspace, oldest first. A key itself is kept nowhere; its last four characters are."""
    from app.cli.stores import open_store
    from app.services.operators import keys_of, operator_of

    with open_store() as store:
        found = list(keys_of(store, operator_of(store, workspace)))
    if format_ == "json":
        said = {"items": [key.shown for key in found]}
        terminal.answer(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
        return
    rows = [
        [key.id, key.name, ",".join(key.scopes), f"…{key.last_four}", _day(key.expires_at), _day(key.last_used_at)]
        for key in found
    ]
    terminal.answer("".join(f"{line}\n" for line in columns([_HEADINGS, *rows])))


@app.command(
    cls=Command,
    epilog="""\
concord keys revoke key_01m8c5b3mrfs8rebgnj7tqbqng --workspace acme
concord keys list -w acme && concord keys revoke key_01m8c5b3mrfs8rebgnj7tqbqng -w acme""",
)
def revoke(
    key: Annotated[str, typer.Argument(metavar="ID", help="Its id, as concord keys list tells it.")],
    workspace: WorkspaceOption,
) -> None:
    """Let an API key open nothing from now on. The last one that can administer the workspace stays."""
    from app.cli.stores import open_store
    from app.domain.conditions import ANY, Condition
    from app.domain.errors import Missing, WrongState
    from app.services import api_keys
    from app.services.operators import operator_of
    from app.web.clock import present

    with open_store() as store:
        try:
            api_keys.revoke(store, operator_of(store, workspace), key, present(), Condition(if_match=(ANY,)))
        except Missing:
            raise Refused(f"the workspace “{workspace}” has no key {key}; concord keys list -w {workspace}") from None
        except WrongState as state:
            raise Refused(str(state)) from None
    terminal.say(f"{key} opens nothing any more.")


_HEADINGS = ["ID", "NAME", "SCOPES", "ENDS IN", "EXPIRES", "LAST USED"]


def _day(instant: datetime | None) -> str:
    return "-" if instant is None else f"{instant:%Y-%m-%d}"


def _scopes(written: str) -> list[Scope]:
    from app.domain.access import SCOPES
    from app.domain.nearest import nearest

    wanted = [word.strip() for word in written.split(",") if word.strip()]
    if not wanted:
        raise Refused(f"--scopes names none of {', '.join(SCOPES)}")
    for word in wanted:
        if word not in SCOPES:
            near = next(iter(nearest(word, SCOPES, 1)), None)
            hint = f"; did you mean {near!r}?" if near else ""
            raise Refused(f"{word!r} is no scope: {', '.join(SCOPES)}{hint}")
    return [scope for scope in SCOPES if scope in wanted]
