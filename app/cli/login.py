"""`concord login`: which service commands talk to, and the key that opens it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord login https://concord.example.com
concord login http://127.0.0.1:8000 < key.txt
CONCORD_KEY=$(pass concord) concord login https://concord.example.com
concord login --forget""",
)
def login(
    url: Annotated[
        str | None, typer.Argument(metavar="URL", help="Address of the service.", show_default=False)
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Send the key unencrypted (http) to another machine.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget address and key.")] = False,
) -> None:
    """Remember a service and its key, for push, pull, status and analyze.

    The key comes from a prompt, from standard input or from CONCORD_KEY, never from the command line, where others could see it. It is
    tried, and kept in a file that only you can read.
    """
    from app.cli import remote

    if forget:
        known = remote.forget()
        terminal.say("Address and key are forgotten." if known else "There was nothing to forget.")
        return
    if url is None:
        raise Refused("which service? concord login URL")
    found = remote.Login(remote.checked(url, insecure=insecure), _key())
    with remote.connected(found) as client:
        me = client.api_keys.me()
    file = remote.keep(found)
    terminal.say(f"Logged in to {found.address} as “{me.actor}”, who may {', '.join(me.scopes)}. Kept in {file}")


def _key() -> str:
    """The key: from the surroundings, or asked for."""
    found = os.environ.get("CONCORD_KEY") or (_asked() if sys.stdin.isatty() else sys.stdin.readline())
    key = found.strip()
    if not key:
        raise Refused("there is no key: type it at the prompt, or give it on standard input or in CONCORD_KEY")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise Refused("that is no key: keys are letters, digits and underscores in one piece")
    return key


def _asked() -> str:
    from getpass import getpass

    return getpass("Key: ")
