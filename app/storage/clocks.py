"""The clock of the database, where it has one of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from app.storage.database import Database


def clock_of(database: Database) -> datetime | None:
    """What the server's clock says; None where there is none but this machine's. Raises StorageTrouble."""
    if database.dialect == "sqlite":
        return None
    with database.connection() as opened:
        said: datetime = opened.execute(text("select clock_timestamp()")).scalar_one()
        return said
