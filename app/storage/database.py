"""The database: its engine, its transactions, and every difference between SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

from app.domain.errors import StorageFull, StorageTrouble
from app.storage.glances import Glances
from app.storage.patience import PATIENCE, Trouble
from app.storage.prepared import Prepared
from app.storage.sqlite_file import SqliteFile
from app.storage.tenancy import APP_ROLE, USABLE
from app.storage.workspace import Glance, Transaction, guard
from app.storage.writers import Writers

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
        self._trouble = Trouble()
        self._file = SqliteFile(self.url.database) if self.dialect == "sqlite" and self.url.database else None
        self.engine = (
            _sqlite(self.url, self._file) if self.dialect == "sqlite" else _postgresql(self.url, self._trouble)
        )
        self._writers = self.engine.execution_options(concord_writes=True)
        if self.dialect == "postgresql":
            self._writers = self._writers.execution_options(isolation_level="READ COMMITTED")
        sessions = sessionmaker(expire_on_commit=False, autoflush=False, join_transaction_mode="rollback_only")
        guard(sessions)
        self._sessions = sessions
        is_sqlite = self.dialect == "sqlite"
        self.turns = Writers(self._connect_writer, self._told, self._trouble) if is_sqlite else None
        self._glances = Glances(partial(_opened, self._file), self.engine.dialect) if self._file else None

    @contextmanager
    def reading(self, workspace: str) -> Iterator[Transaction]:
        """A transaction that only reads, on one state of the database."""
        with self._told(), self.engine.connect() as connection, connection.begin() as begun:
            with self._transaction(connection, workspace) as transaction:
                yield transaction
            begun.rollback()

    def glance(self, workspace: str) -> Glance:
        """For what one statement finds: each on the state of the database as it is then. Raises StorageTrouble when it looks."""

        def find_all(statement: Prepared, values: Mapping[str, Any]) -> list[Any]:
            if self._glances is not None:
                return self._glanced(self._glances, statement, values)
            with self.reading(workspace) as transaction:
                return transaction.find_all(statement, **values)

        return Glance(workspace, find_all)

    def look_up(self, statement: Prepared, lookup: str) -> list[Any]:
        """What a statement finds, in whichever workspace, by what is looked up alone (`directory`). Raises StorageTrouble."""
        if self._glances is not None:
            return self._glanced(self._glances, statement, {"sought": lookup})
        with self.connection() as connection:
            if self.dialect == "postgresql":
                connection.execute(_SET_LOOKUP, {"lookup": lookup})
            return statement.rows(connection, {"sought": lookup})

    @contextmanager
    def writing(self, workspace: str, *, dry_run: bool = False, patience: float = PATIENCE) -> Iterator[Transaction]:
        """A transaction that writes. When the block ends well, all of it is on disk; else, or with `dry_run`, nothing happened.

        `patience`: seconds that it waits for its turn where there is one writer at a time.
        """
        with (
            self._told(),
            self._for_writing(patience, dry_run=dry_run) as connection,
            self._transaction(connection, workspace) as transaction,
        ):
            yield transaction
            transaction.save()

    @contextmanager
    def connection(self, *, writes: bool = False) -> Iterator[Connection]:
        """A connection for what stands outside of workspaces (`directory`, `schema`); commits when the block ends well."""
        if not writes:
            with self._told(), self.engine.begin() as opened:
                yield opened
            return
        with self._told(), self.turns.alone() if self.turns else self._writers.begin() as opened:
            yield opened

    @contextmanager
    def owner(self) -> Iterator[Connection]:
        """A connection with the rights of whoever owns the tables; commits when the block ends well. It waits for locks without end."""
        if self.dialect == "sqlite":
            with self.connection(writes=True) as opened:
                yield opened
            return
        engine = _of_postgresql(self.url, self._trouble, poolclass=NullPool, connect_args=_REACHING)
        with self._told(), engine.begin() as opened:
            yield opened

    def check(self) -> None:
        """Ask the database for a sign of life: for its one writer, where it has one at a time. Raises StorageTrouble."""
        with self.connection(writes=self.dialect == "sqlite") as opened:
            opened.exec_driver_sql("select 1")

    def close(self) -> None:
        """Let go of every connection."""
        self._let_go()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the driver cannot do, in our own words."""
        self._look_for_file()
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

    @contextmanager
    def _transaction(self, connection: Connection, workspace: str) -> Iterator[Transaction]:
        """A transaction of a workspace; PostgreSQL is told whose rows it may see, for as long as it lasts."""
        if self.dialect == "postgresql":
            connection.execute(_SET_WORKSPACE, {"workspace": workspace})
        with closing(Transaction(connection, workspace, self._sessions)) as transaction:
            yield transaction

    @contextmanager
    def _for_writing(self, patience: float, *, dry_run: bool) -> Iterator[Connection]:
        """A connection in a transaction that writes; on disk when the block ends well, nothing with `dry_run`."""
        if self.turns is not None:
            with self.turns.together(patience, dry_run=dry_run) as connection:
                yield connection
            return
        with self._writers.connect() as connection, connection.begin() as begun:
            yield connection
            if dry_run:
                begun.rollback()

    def _look_for_file(self) -> None:
        """Let go of a file of SQLite in whose place another one has come. Raises StorageTrouble when it is gone."""
        if self._file is not None and self._file.was_replaced():
            self._let_go()
            if self.turns is not None:
                self.turns.go_elsewhere()

    def _let_go(self) -> None:
        self.engine.dispose()
        if self._glances is not None:
            self._glances.close()

    def _glanced(self, glances: Glances, statement: Prepared, values: Mapping[str, Any]) -> list[Any]:
        with self._told():
            return glances.rows(statement, values)

    def _connect_writer(self, milliseconds: int) -> Connection:
        """A connection of a writer on SQLite, which waits so long for writers of other processes."""
        self._look_for_file()
        return self._writers.connect().execution_options(**{_BUSY: milliseconds})


_BUSY = "concord_busy"
"""The option of a writer on SQLite: milliseconds that it waits for writers of other processes."""

_SET_LOOKUP = text("select set_config('app.lookup', :lookup, true)")
_SET_WORKSPACE = text("select set_config('app.workspace', :workspace, true)")


_OPENED: dict[str, Any] = {"timeout": PATIENCE, "check_same_thread": False}
"""How long a connection of SQLite waits for others, and that several threads may use it, one after the other."""


def _opened(file: SqliteFile) -> sqlite3.Connection:
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


def _sqlite(url: URL, file: SqliteFile | None) -> Engine:
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
        if _BUSY in options:
            connection.connection.cursor().execute(f"PRAGMA busy_timeout={options[_BUSY]}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


_REACHING = {
    "connect_timeout": int(PATIENCE),
    "keepalives_idle": 10,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": int(PATIENCE * 1000),
}
"""How long a server may take to answer, and to be there."""


def _postgresql(url: URL, trouble: Trouble) -> Engine:
    engine = _of_postgresql(
        url,
        trouble,
        connect_args={
            **_REACHING,
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


def _of_postgresql(url: URL, trouble: Trouble, **options: Any) -> Engine:
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


def _is_full(error: DBAPIError) -> bool:
    """Whether there is no room: on the disk, or in what the process may use of it."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        return code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE
    return getattr(cause, "sqlstate", None) == "53100"


def _is_away(error: DBAPIError) -> bool:
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
