"""Parameters of operations that change something."""

from __future__ import annotations

from pydantic import Field

from app.web.parameters import Flag, Parameters


class WriteParameters(Parameters):
    """Whether the write is meant."""

    dry_run: Flag = Field(
        default=False,
        description="Check and answer as always, with what would change, but change nothing.",
    )


class RemovalParameters(WriteParameters):
    """Whether the removal is meant, and for good."""

    purge: Flag = Field(default=False, description="Erase it at once, beyond restoring; for administrators.")
