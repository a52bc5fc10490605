"""The one door to the rows: a transaction knows its workspace, and every statement starts from it.

Two locks on the door. A guard on the session refuses statements that did not come through it and rows of other workspaces; on PostgreSQL
row-level security refuses them once more. `tests/architecture` refuses code that goes round it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Delete,
    Result,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, sessionmaker
from sqlmodel import Field, SQLModel

from app.domain.errors import StorageTrouble
from app.storage.prepared import Prepared

R = TypeVar("R", bound="Owned")

_MARK = "concord_workspace"
_ANY = object()
"""The mark of prepared statements, whose workspace is given when they run."""
_WORKSPACE, _OWNER = "workspace", "workspace_id"
"""The value that prepared statements look for, and the member that they write."""


class Owned(SQLModel):
    """A row that belongs to a workspace. The workspace is part of every key, so that equal names in two workspaces never meet."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")


class WrongWorkspace(AssertionError):
    """A statement without its workspace, or a row of another one: a fault of ours, never of a caller."""


class Waited(StorageTrouble):
    """Somebody else holds what is wanted for longer than anybody waits."""


class Glance:
    """What single prepared statements find in a workspace, without a transaction around them; `look` runs one with its values."""

    def __init__(self, workspace: str, look: Callable[[Prepared, Mapping[str, Any]], list[Any]]) -> None:
        self.workspace, self._look = workspace, look

    def find(self, statement: Prepared, **values: Any) -> Any | None:
        """The first row that a statement finds, None when there is none."""
        return next(iter(self.find_all(statement, **values)), None)

    def find_all(self, statement: Prepared, **values: Any) -> list[Any]:
        """Every row that a statement finds."""
        return self._look(_owned(statement), {**values, _WORKSPACE: self.workspace})


class Transaction:
    """An open transaction of one workspace."""

    def __init__(self, connection: Connection, workspace: str, sessions: sessionmaker[Session]) -> None:
        self.workspace = workspace
        self._connection, self._sessions = connection, sessions
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """What reads and writes rows as objects; made when it is needed first."""
        if self._session is None:
            self._session = self._sessions(bind=self._connection)
            self._session.info[_MARK] = self.workspace
        return self._session

    def find(self, statement: Prepared, **values: Any) -> Any | None:
        """The first row that a prepared statement finds, None when there is none."""
        return next(iter(self.find_all(statement, **values)), None)

    def find_all(self, statement: Prepared, **values: Any) -> list[Any]:
        """Every row that a prepared statement finds."""
        return statement.rows(self._checked(statement), {**values, _WORKSPACE: self.workspace})

    def do(self, statement: Prepared, **values: Any) -> int:
        """Change or add rows by a prepared statement, and tell how many. Rows that were read before show it when they are read again."""
        return statement.change(
            self._checked(statement), {**values, _WORKSPACE: self.workspace, _OWNER: self.workspace}
        )

    def mine(self, table: type[Owned], *columns: Any) -> Select[Any]:
        """A select of the workspace's rows of a table: whole rows, as they are now, or the columns that are named."""
        statement: Select[Any] = select(*columns) if columns else select(table)
        statement = statement.where(_of(table) == self.workspace).execution_options(**self._mark)
        return statement if columns else statement.execution_options(populate_existing=True)

    def joined(self, statement: Select[Any], table: type[Owned], on: Any) -> Select[Any]:
        """The statement with the workspace's rows of a second table."""
        return statement.join(table, (_of(table) == self.workspace) & on)

    def changing(self, table: type[Owned]) -> Update:
        """An update of the workspace's rows of a table; rows that were read before show it when they are read again."""
        return (
            update(table).where(_of(table) == self.workspace).execution_options(synchronize_session=False, **self._mark)
        )

    def removing(self, table: type[Owned]) -> Delete:
        """A delete of the workspace's rows of a table; rows that were read before show it when they are read again."""
        return (
            delete(table).where(_of(table) == self.workspace).execution_options(synchronize_session=False, **self._mark)
        )

    def run(self, statement: Any, values: Mapping[str, Any] | None = None) -> Result[Any]:
        """Execute a statement that came from this transaction, with the values that it leaves open, after what was changed on rows that
        were read."""
        self.session.flush()
        return self.session.execute(statement, values)

    def all(self, statement: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Every row that the statement finds."""
        return self.run(statement, values).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row that the statement finds."""
        return self.run(statement.limit(1)).first()

    def one(self, table: type[R], *conditions: Any, locked: bool = False) -> R | None:
        """The row that meets the conditions; `locked` keeps others from changing it until the transaction ends."""
        statement = self.mine(table).where(*conditions)
        if locked:
            statement = statement.with_for_update()
        return self.run(statement).scalars().first()

    def count(self, table: type[Owned], *conditions: Any, values: Mapping[str, Any] | None = None) -> int:
        """How many of the workspace's rows meet the conditions, with the values that those leave open."""
        from sqlalchemy import func

        return int(self.run(self.mine(table, func.count()).select_from(table).where(*conditions), values).scalar_one())

    def add(self, row: R) -> R:
        """Write a row of the workspace."""
        row.workspace_id = self.workspace
        self.session.add(row)
        self.session.flush()
        return row

    def add_all(self, table: type[Owned], rows: Sequence[dict[str, Any]]) -> None:
        """Write many rows of the workspace, given as values, in one statement."""
        if rows:
            values = [{**row, "workspace_id": self.workspace} for row in rows]
            self.session.execute(insert(table).execution_options(**self._mark), values)

    def drop(self, row: Owned) -> None:
        """Delete a row that was read."""
        self.session.delete(row)
        self.session.flush()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Within the block a write may fail, such as for a key that somebody else took; then only the block was in vain.

        Raises Waited when somebody is just taking it, and takes long.
        """
        try:
            with self.session.begin_nested():
                yield
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_TIMEOUT:
                raise Waited("somebody else holds what is wanted") from error
            raise

    def alone(self, *names: str) -> None:
        """Wait until nobody else in the workspace is at work who named the same; where there is one writer at a time, nobody is."""
        connection = self.session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(_ALONE, {"what": "/".join((self.workspace, *names))})

    def save(self) -> None:
        """Write what was changed on rows that were read, so that faults show here."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Forget the rows that were read."""
        if self._session is not None:
            self._session.close()

    def _checked(self, statement: Prepared) -> Connection:
        """Where a prepared statement runs, after what was changed on rows that were read."""
        _owned(statement)
        self.save()
        return self._connection

    @property
    def _mark(self) -> dict[str, str]:
        """What shows the guard that a statement came through here."""
        return {_MARK: self.workspace}


def _owned(statement: Prepared) -> Prepared:
    """The statement, which is one of a workspace's rows."""
    if statement.options.get(_MARK) is not _ANY:
        raise WrongWorkspace("a prepared statement is not one of a workspace's rows")
    return statement


def rows_of(table: type[Owned], *columns: Any) -> Select[Any]:
    """A select of columns of a workspace's rows of a table, to be `Prepared`."""
    return select(*columns).where(_of(table) == bindparam(_WORKSPACE)).execution_options(**{_MARK: _ANY})


def adding(table: type[Owned]) -> Prepared:
    """A statement that adds a row to a table; its values are the members of the row."""
    statement: Any = insert(_sheet(table)).execution_options(**{_MARK: _ANY})
    return Prepared(statement, [column.key for column in _sheet(table).columns])


def changing(table: type[Owned], members: Sequence[str], *conditions: Any) -> Prepared:
    """A statement that changes these members of the workspace's rows of a table that meet the conditions."""
    own = update(_sheet(table)).where(_of(table) == bindparam(_WORKSPACE), *conditions)
    return Prepared(own.execution_options(**{_MARK: _ANY}), members)


_LOCK_TIMEOUT = "55P03"
_ALONE = text("select pg_advisory_xact_lock(hashtextextended(:what, 0))")


def guard(session: type[Session] | Any) -> None:
    """Let sessions refuse statements without their workspace, and rows of another one."""
    event.listen(session, "do_orm_execute", _refuse_statement)
    event.listen(session, "before_flush", _refuse_rows)


def _of(table: type[Owned]) -> Any:
    return table.workspace_id


def _sheet(table: type[Owned]) -> Any:
    """The table itself, beside the class of its rows."""
    return table.__table__  # type: ignore[attr-defined]


def _refuse_statement(state: ORMExecuteState) -> None:
    workspace = state.session.info.get(_MARK)
    if workspace is None or state.execution_options.get(_MARK) != workspace:
        raise WrongWorkspace("a statement does not come from the transaction of a workspace")


def _refuse_rows(session: Session, _: UOWTransaction, __: Any) -> None:
    workspace = session.info.get(_MARK)
    for row in (*session.new, *session.dirty, *session.deleted):
        if workspace is None or not isinstance(row, Owned) or row.workspace_id != workspace:
            raise WrongWorkspace(f"a row of {type(row).__name__} does not belong to the workspace of the transaction")
