"""Files of SQLite databases, copied whole by SQLite itself while others work with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from app.domain.errors import StorageTrouble
from app.storage.backup_files import BackupInvalid

PATIENCE = 30.0
"""Seconds that a copy waits for writers to let it in."""

_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def opened(file: Path, mode: str = "rwc") -> Iterator[sqlite3.Connection]:
    """A file, opened to be copied. Raises StorageTrouble when others keep it, BackupInvalid when it is broken."""
    address = f"file:{quote(str(file))}?mode={mode}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN:
            raise BackupInvalid(f"the file is broken: {error}") from None
        raise StorageTrouble(f"the database cannot be copied now: {error}") from error


def copy(source: sqlite3.Connection, place: sqlite3.Connection) -> str:
    """Copy a database in one piece, as a single file; the step that it is at. Raises BackupInvalid for one that is none of Concord's."""
    source.backup(place)
    place.execute("pragma journal_mode=delete")
    return _checked_step(place)


def step_of_file(file: Path) -> str:
    """The step at which a database file is. Raises BackupInvalid, StorageTrouble."""
    with opened(file, "ro") as connection:
        return _checked_step(connection)


def _checked_step(connection: sqlite3.Connection) -> str:
    (found,) = connection.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise BackupInvalid(f"the file is broken: {found}")
    try:
        (step,) = connection.execute("select version_num from alembic_version").fetchone()
    except (sqlite3.OperationalError, TypeError):
        raise BackupInvalid("the file holds no database of Concord") from None
    return str(step)
