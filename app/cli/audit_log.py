"""`concord audit-log`: whether what was recorded is still what was recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, Group, command_app
from app.cli.failures import FINDINGS

app = command_app(
    cls=Group,
    epilog="""\
concord audit-log verify
concord audit-log verify --workspace acme""",
)


@app.callback()
def audit_log() -> None:
    """Verify the audit events in the service's database (CONCORD_DATABASE_URL)."""


@app.command(
    cls=Command,
    epilog="""\
concord audit-log verify
concord audit-log verify --workspace acme || mail -s "audit log" security@example.com""",
)
def verify(
    workspace: Annotated[
        str | None, typer.Option("--workspace", "-w", metavar="NAME", help="Only this one.  [default: all]")
    ] = None,
) -> None:
    """Compute the chains of audit events anew: each event carries the hash of the one before.

    Exit status: 0 all hold, 1 one does not.
    """
    from app.cli.stores import open_store
    from app.services import audit_events
    from app.services.operators import operator_of, operators

    all_hold = True
    with open_store() as store:
        chosen = operators(store) if workspace is None else [(workspace, operator_of(store, workspace))]
        for name, operator in chosen:
            count, broken = audit_events.verified(store, operator)
            all_hold = all_hold and broken is None
            told = "the chain holds" if broken is None else f"broken at event {broken.number}: {FAULTS[broken.fault]}"
            terminal.answer(f"{name}: {count} {'event' if count == 1 else 'events'}, {told}\n")
    raise typer.Exit(0 if all_hold else FINDINGS)


FAULTS = {
    "missing": "an event before it is missing",
    "out_of_order": "it stands where it does not belong",
    "unchained": "it names another event before it",
    "changed": "its content is not what was recorded",
    "cut_short": "events at the end are missing, or others",
}
"""What is wrong with a chain, in words."""
