"""The database and its transactions; `engines` knows what is different about SQLite and PostgreSQL beneath them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

from app.domain.errors import StorageFull, StorageTrouble
from app.storage.engines import (
    BUSY,
    REACHING,
    bare_postgresql_engine,
    is_away,
    is_full,
    postgresql_engine,
    sqlite_connection,
    sqlite_engine,
)
from app.storage.glances import Glances
from app.storage.patience import PATIENCE, Trouble
from app.storage.prepared import Prepared
from app.storage.sqlite_file import SqliteFile
from app.storage.workspace import Glance, Transaction, guard
from app.storage.writers import Writers

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
            sqlite_engine(self.url, self._file)
            if self.dialect == "sqlite"
            else postgresql_engine(self.url, self._trouble)
        )
        self._writers = self.engine.execution_options(concord_writes=True)
        if self.dialect == "postgresql":
            self._writers = self._writers.execution_options(isolation_level="READ COMMITTED")
        sessions = sessionmaker(expire_on_commit=False, autoflush=False, join_transaction_mode="rollback_only")
        guard(sessions)
        self._sessions = sessions
        is_sqlite = self.dialect == "sqlite"
        self.turns = Writers(self._connect_writer, self._told, self._trouble) if is_sqlite else None
        self._glances = Glances(partial(sqlite_connection, self._file), self.engine.dialect) if self._file else None

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
        engine = bare_postgresql_engine(self.url, self._trouble, poolclass=NullPool, connect_args=REACHING)
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
            if is_full(error):
                raise StorageFull("the disk of the database is full") from error
            if is_away(error):
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
        return self._writers.connect().execution_options(**{BUSY: milliseconds})


_SET_LOOKUP = text("select set_config('app.lookup', :lookup, true)")
_SET_WORKSPACE = text("select set_config('app.workspace', :workspace, true)")
