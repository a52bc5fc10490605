"""`concord keys`: credentials, made by whoever runs the service, on its database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, Group, command_app
from app.cli.failures import Refused

if TYPE_CHECKING:
    from app.domain.access import Scope

app = command_app(
    cls=Group,
    epilog="""\
concord keys create --workspace acme
concord keys create --workspace acme --scopes read,write,admin""",
)


@app.callback()
def keys() -> None:
    """Make API keys on the service's database (CONCORD_DATABASE_URL)."""


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
