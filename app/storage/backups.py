"""Backups: all that a database holds in one file, taken while the service runs, and a database that holds what such a file does.

Of SQLite a backup is a database file, copied by SQLite itself while others write; of PostgreSQL it is a file of rows, read in one state
of the database (`backup_files`). Either is restored into either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.domain.errors import ConcordError, SchemaTooNew, StorageTrouble
from app.storage import sqlite_copies, table_copies
from app.storage.backup_files import MAGIC, BackupInvalid, read_rows, step_of_rows, write_rows
from app.storage.database import Database
from app.storage.schema import alone, bring_to, known_steps, migrate, step_of
from app.storage.table_copies import TableCopy

SQLITE = b"SQLite format 3\0"
"""How a database file begins."""


class NotEmpty(ConcordError):
    """A database holds something that a restore would replace."""


class Taken(NamedTuple):
    """A backup: at which step the database was, and how many bytes the file has."""

    step: str
    size: int


def back_up(database: Database, file: Path) -> Taken:
    """Write all that a database holds into a file that only its owner can read; it is there whole or not at all. Nobody has to wait.

    Raises StorageTrouble, OSError.
    """
    with _whole(file) as draft:
        step = _copy_file(database, draft) if database.dialect == "sqlite" else _copy_rows(database, draft)
    return Taken(step, file.stat().st_size)


def restore(database: Database, file: Path, *, force: bool = False) -> Taken:
    """Let a database hold what a backup does, of whichever kind both are, and bring it up to date; all of it or nothing.

    Nobody else may work with the database meanwhile. Raises BackupInvalid, NotEmpty unless it is empty or `force` lets it be replaced,
    SchemaTooNew, StorageTrouble, OSError.
    """
    is_file = _is_sqlite(file)
    step = sqlite_copies.step_of_file(file) if is_file else step_of_rows(file)
    if step not in known_steps():
        raise SchemaTooNew(step)
    if database.dialect == "sqlite":
        _restore_sqlite(database, file, step, is_file, force)
    else:
        with alone(database) as connection:
            is_empty = table_copies.is_empty(connection)
            if not is_empty and not force:
                raise NotEmpty("the database is not empty")
            if not is_empty or step_of(connection) != step:
                bring_to(connection, "base")
                bring_to(connection, step)
            with tables_of(file) as tables:
                table_copies.fill(connection, tables)
            bring_to(connection)
        database.close()
    return Taken(step, file.stat().st_size)


def _copy_file(database: Database, draft: Path) -> str:
    path = Path(database.url.database or "")
    if not path.is_file():
        raise StorageTrouble("there is no database yet")
    with sqlite_copies.opened(path) as source, sqlite_copies.opened(draft) as copy:
        return sqlite_copies.copy(source, copy)


def _copy_rows(database: Database, draft: Path) -> str:
    with database.owner() as connection, draft.open("wb") as opened:
        table_copies.hold_still(connection)
        step = step_of(connection)
        if step is None:
            raise StorageTrouble("there is no database yet")
        write_rows(opened, step, table_copies.copied(connection))
        return step


def _restore_sqlite(database: Database, file: Path, step: str, is_file: bool, force: bool) -> None:
    """Make the database beside its place, and let SQLite put it there in one transaction."""
    target = Path(database.url.database or "")
    with database.connection() as connection:
        if not table_copies.is_empty(connection) and not force:
            raise NotEmpty("the database is not empty")
    database.close()
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _make(draft, file, step, is_file)
        with sqlite_copies.opened(draft) as source, sqlite_copies.opened(target) as place:
            source.backup(place)
    finally:
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{draft}{suffix}").unlink()


def _make(draft: Path, file: Path, step: str, is_file: bool) -> None:
    if is_file:
        with sqlite_copies.opened(file, "ro") as source, sqlite_copies.opened(draft) as place:
            sqlite_copies.copy(source, place)
    made = Database(f"sqlite:///{draft}")
    try:
        if not is_file:
            migrate(made, step)
            with made.owner() as connection, tables_of(file) as tables:
                table_copies.fill(connection, tables)
        migrate(made)
    finally:
        made.close()


@contextmanager
def tables_of(file: Path) -> Iterator[Iterator[TableCopy]]:
    """The tables that a backup holds. Raises BackupInvalid."""
    if not _is_sqlite(file):
        yield read_rows(file)
        return
    engine = create_engine(f"sqlite:///file:{quote(str(file.resolve()))}?mode=ro&uri=true", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield table_copies.copied(connection)
    finally:
        engine.dispose()


def _is_sqlite(file: Path) -> bool:
    """Which kind of backup a file is. Raises BackupInvalid for another file."""
    with file.open("rb") as opened:
        head = opened.read(len(SQLITE))
    if head != SQLITE and not head.startswith(MAGIC):
        raise BackupInvalid("the file is no backup")
    return head == SQLITE


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A draft that takes the file's place when the block ends well and it is on disk."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield draft
        with draft.open("rb+") as written:
            _flush(written)
        draft.replace(file)
        _flush_folder(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def _flush(written: IO[bytes]) -> None:
    written.flush()
    os.fsync(written.fileno())


def _flush_folder(folder: Path) -> None:
    """Let the name be on disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
