"""`concord restore`: a database that holds what a backup does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord restore concord.backup
CONCORD_DATABASE_URL=postgresql+psycopg://… concord restore concord.backup
concord restore concord.backup --force    # replaces what is there""",
)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that concord backup wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is not empty.")] = False,
) -> None:
    """Fill an empty database (CONCORD_DATABASE_URL) with a backup, of SQLite or PostgreSQL into either, and bring it up to date.

    All of it or nothing. Stop the service first.
    """
    from app.cli.stores import reached
    from app.domain.errors import SchemaTooNew
    from app.storage import backups
    from app.storage.backup_files import BackupInvalid

    if not file.is_file():
        raise Refused(f"there is no file {file}")
    with reached() as store:
        try:
            taken = backups.restore(store, file, force=force)
        except backups.NotEmpty:
            raise Refused("the database is not empty; --force replaces what it holds") from None
        except (BackupInvalid, SchemaTooNew) as invalid:
            raise Refused(f"{file}: {invalid}; nothing was changed") from None
        except OSError as error:
            raise Refused(f"cannot read {file}: {error.strerror}") from None
        where = store.url.render_as_string(hide_password=True)
    terminal.say(f"{where} holds what {file} does (step {taken.step}), and is up to date.")
