"""`concord migrate`: the shape of the service's database."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import FINDINGS, Refused

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord migrate
concord migrate --check    # exit with 1 when there is something to do
concord migrate --to 0004 --force    # back, for an earlier version of Concord""",
)
def migrate(
    to: Annotated[str | None, typer.Option("--to", metavar="STEP", help="Which step.  [default: the last one]")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only tell at which step it is; change nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Go back, and lose what earlier steps do not keep.")] = False,
) -> None:
    """Bring the service's database (CONCORD_DATABASE_URL) up to date, or to a step. The service does the former when it starts."""
    from app.cli.stores import is_there, reached
    from app.storage import schema

    steps = schema.known_steps()
    if to is not None and to not in steps:
        raise Refused(f"there is no step {to!r}: {', '.join(steps)}")
    wanted = to or steps[-1]
    with reached() as store:
        found = schema.current_step(store) if is_there(store) else None
        if found is not None and found not in steps:
            raise Refused(f"the database is at step {found}, which a later version of Concord made")
        before = "empty" if found is None else f"at step {found}"
        if check or found == wanted:
            terminal.answer(f"The database is {before}{'' if found == wanted else f'; to be brought to {wanted}'}.\n")
            raise typer.Exit(0 if found == wanted else FINDINGS)
        if found is not None and steps.index(wanted) < steps.index(found) and not force:
            raise Refused(
                f"going back from {found} to {wanted} loses what later steps brought: concord backup, then --force"
            )
        schema.migrate(store, wanted)
    terminal.answer(f"The database was {before} and is at step {wanted} now.\n")
