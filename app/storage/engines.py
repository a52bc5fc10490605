"""Engines of both databases: how connections are made, what they begin with, and what their errors mean."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from app.storage.patience import PATIENCE, Trouble
from app.storage.sqlite_file import SqliteFile
from app.storage.tenancy import APP_ROLE, USABLE

_CONNECTIONS = 40

BUSY = "concord_busy"
"""The option of a writer on SQLite: milliseconds that it waits for writers of other processes."""

_OPENED: dict[str, Any] = {"timeout": PATIENCE, "check_same_thread": False}
"""How long a connection of SQLite waits for others, and that several threads may use it, one after the other."""


def sqlite_engine(url: URL, file: SqliteFile | None) -> Engine:
    """An engine of SQLite. `file`: the one that connections open, None for a database in memory."""
    engine = create_engine(
        url,
        connect_args=_OPENED,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_: Any, __: Any, ___: Any, options: dict[str, Any]) -> sqlite3.Connection | None:
        """A file that is gone is not made again."""
        return None if file is None else file.connect(**options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        _prepare(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """Writers take the lock at once: a lock that is taken in mid-transaction can fail. Readers take none yet, which cannot."""
        options = connection.get_execution_options()
        if not options.get("concord_writes"):
            connection.connection.cursor().execute("BEGIN")
            return
        if BUSY in options:
            connection.connection.cursor().execute(f"PRAGMA busy_timeout={options[BUSY]}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def sqlite_connection(file: SqliteFile) -> sqlite3.Connection:
    """A connection of SQLite of its own."""
    connection = file.connect(**_OPENED)
    try:
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """The driver leaves transactions to us, and every commit reaches the disk."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


REACHING = {
    "connect_timeout": int(PATIENCE),
    "keepalives_idle": 10,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": int(PATIENCE * 1000),
}
"""How long a server may take to answer, and to be there."""


def postgresql_engine(url: URL, trouble: Trouble) -> Engine:
    """An engine of PostgreSQL, whose connections wait so long as anybody waits and work as a role that row-level security binds."""
    engine = bare_postgresql_engine(
        url,
        trouble,
        connect_args={
            **REACHING,
            "options": f"-c lock_timeout={int(PATIENCE)}s -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s "
            "-c synchronous_commit=on -c timezone=UTC",
        },
        pool_size=_CONNECTIONS // 2,
        max_overflow=_CONNECTIONS // 2,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
    )

    @event.listens_for(engine, "connect")
    def give_up_rights(connection: Any, _: Any) -> None:
        """Whoever we signed in as, we work as a role that row-level security binds."""
        with connection.impatient(), connection.cursor() as cursor:
            cursor.execute(f"select {USABLE}")
            if cursor.fetchone() == (True,):
                cursor.execute(f"set role {APP_ROLE}")
            connection.commit()

    return engine


def bare_postgresql_engine(url: URL, trouble: Trouble, **options: Any) -> Engine:
    """An engine whose connections are given up when the server says nothing."""
    from app.storage.patient_connection import connect

    engine = create_engine(url, **options)
    ping = engine.dialect.do_ping

    def impatient_ping(connection: Any) -> bool:
        with connection.impatient():
            return ping(connection)

    engine.dialect.do_ping = impatient_ping  # type: ignore[method-assign, assignment]

    @event.listens_for(engine, "do_connect")
    def patient(_: Any, __: Any, args: Any, options: dict[str, Any]) -> Any:
        return connect(trouble, *args, **options)

    return engine


def is_full(error: DBAPIError) -> bool:
    """Whether there is no room: on the disk, or in what the process may use of it."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        return code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE
    return getattr(cause, "sqlstate", None) == "53100"


def is_away(error: DBAPIError) -> bool:
    """Whether the database is not there, or somebody else holds what is wanted: it may be there later."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_TROUBLE
    state = getattr(cause, "sqlstate", None)
    return error.connection_invalidated or state is None or state[:2] in ("08", "53", "57", "58") or state in _RETRY


_SQLITE_TROUBLE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
)

_RETRY = ("55P03", "40001", "40P01")
"""A lock that was not to be had, transactions that cannot be put in an order, a deadlock."""
