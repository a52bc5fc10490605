"""`concord backup`: all that the service keeps, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import ForceOption

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord backup concord.backup
concord backup /backups/concord-$(date +%F).backup
CONCORD_DATABASE_URL=postgresql+psycopg://… concord backup concord.backup --force""",
)
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; only you can read it.")],
    force: ForceOption = False,
) -> None:
    """Copy the service's database (CONCORD_DATABASE_URL) into one file, as it is at one moment, while the service goes on.

    The key that seals secrets of webhooks is not in it (CONCORD_SECRET_KEY, or secret.key in the user's data folder): keep it, too.
    """
    from app.cli.stores import is_there, reached
    from app.storage import schema
    from app.storage.backups import back_up

    if file.exists() and not force:
        raise Refused(f"{file} exists already; --force overwrites it")
    with reached() as store:
        if not is_there(store) or schema.current_step(store) is None:
            raise Refused(f"there is no database yet: {store.url.render_as_string(hide_password=True)}")
        try:
            taken = back_up(store, file)
        except OSError as error:
            raise Refused(f"cannot write {file}: {error.strerror}") from None
    terminal.say(f"{file}: {taken.size:,} bytes, at step {taken.step}. Restore it by: concord restore {file}")
