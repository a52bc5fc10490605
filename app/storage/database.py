"""The database: its engine, its transactions, and every difference between SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker

from app.domain.errors import StorageFull, StorageTrouble
from app.storage.tenancy import APP_ROLE
from app.storage.workspace import Transaction, guard

_PATIENCE = 4
"""Seconds that a statement waits for a connection or a lock before the database counts as away."""
_CONNECTIONS = 40

Dialect = Literal["sqlite", "postgresql"]


class Database:
    """A database by its address: `sqlite:///path/concord.db` or `postgresql+psycopg://…`.

    Transactions are opened by `reading` and `writing`, each for one workspace, and end with the block: a write is on disk when the block
    has ended without an error. Whatever the database itself cannot do is raised as StorageTrouble.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
        self.dialect: Dialect = "sqlite" if self.url.get_backend_name() == "sqlite" else "postgresql"
        self.engine = _sqlite(self.url) if self.dialect == "sqlite" else _postgresql(self.url)
        self._writers = self.engine.execution_options(concord_writes=True)
        if self.dialect == "postgresql":
            self._writers = self._writers.execution_options(isolation_level="READ COMMITTED")
        sessions = sessionmaker(expire_on_commit=False, autoflush=False)
        guard(sessions)
        self._sessions = sessions
        self._one_writer = threading.Lock() if self.dialect == "sqlite" else None

    @contextmanager
    def reading(self, workspace: str) -> Iterator[Transaction]:
        """A transaction that only reads, on one state of the database."""
        with self._opened(self.engine) as session:
            self._bind(session, workspace)
            yield Transaction(session, workspace)

    @contextmanager
    def writing(self, workspace: str, *, dry_run: bool = False) -> Iterator[Transaction]:
        """A transaction that writes. When the block ends well, all of it is on disk; else, or with `dry_run`, nothing happened."""
        with self._turn(), self._opened(self._writers) as session:
            self._bind(session, workspace)
            yield Transaction(session, workspace)
            session.flush()
            if not dry_run:
                session.commit()

    @contextmanager
    def connection(self, *, writes: bool = False) -> Iterator[Connection]:
        """A connection for what stands outside of workspaces (`directory`, `schema`); commits when the block ends well."""
        with (
            self._turn() if writes else nullcontext(),
            self.told(),
            (self._writers if writes else self.engine).begin() as opened,
        ):
            yield opened

    @staticmethod
    @contextmanager
    def told() -> Iterator[None]:
        """What the driver cannot do, in our own words."""
        try:
            yield
        except TimeoutError:
            raise StorageTrouble("no connection is free") from None
        except DBAPIError as error:
            if _is_full(error):
                raise StorageFull("the disk of the database is full") from error
            if _is_away(error):
                raise StorageTrouble("the database cannot be used now") from error
            raise

    def check(self) -> None:
        """Ask the database for a sign of life. Raises StorageTrouble."""
        with self.connection() as opened:
            opened.exec_driver_sql("select 1")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _opened(self, engine: Engine) -> Iterator[Session]:
        with self.told(), self._sessions(bind=engine) as session:
            yield session

    def _bind(self, session: Session, workspace: str) -> None:
        """Tell PostgreSQL whose rows this transaction may see; the setting ends with it."""
        if self.dialect == "postgresql":
            session.connection().execute(_SET_WORKSPACE, {"workspace": workspace})

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer at a time: writers of this process queue here, fairly, rather than by sleeping and trying again."""
        if self._one_writer is None:
            yield
            return
        if not self._one_writer.acquire(timeout=_PATIENCE):
            raise StorageTrouble("another write takes too long")
        try:
            yield
        finally:
            self._one_writer.release()


_SET_WORKSPACE = text("select set_config('app.workspace', :workspace, true)")


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": _PATIENCE, "check_same_thread": False},
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_PATIENCE,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        """The driver leaves transactions to us, and every commit reaches the disk."""
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_PATIENCE * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """Writers take the lock at once: a lock that is taken in mid-transaction can fail."""
        writes = connection.get_execution_options().get("concord_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={
            "connect_timeout": _PATIENCE,
            "options": f"-c lock_timeout={_PATIENCE}s -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s "
            "-c synchronous_commit=on -c timezone=UTC",
            "keepalives_idle": 10,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": _PATIENCE * 1000,
        },
        pool_size=_CONNECTIONS // 2,
        max_overflow=_CONNECTIONS // 2,
        pool_timeout=_PATIENCE,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
    )

    @event.listens_for(engine, "connect")
    def give_up_rights(connection: Any, _: Any) -> None:
        """Whoever we signed in as, we work as a role that row-level security binds."""
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_roles where rolname = %s", (APP_ROLE,))
            if cursor.fetchone():
                cursor.execute(f"set role {APP_ROLE}")
        connection.commit()

    return engine


def _is_full(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
    return getattr(cause, "sqlstate", None) == "53100"


def _is_away(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
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
