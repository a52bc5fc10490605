"""The one door to the rows: a transaction knows its workspace, and every statement starts from it.

Two locks on the door. A guard on the session refuses statements that did not come through it and rows of other workspaces; on PostgreSQL
row-level security refuses them once more. `tests/architecture` refuses code that goes round it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Delete, Result, Row, Select, Update, delete, event, insert, select, text, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlmodel import Field, SQLModel

R = TypeVar("R", bound="Owned")

_MARK = "concord_workspace"


class Owned(SQLModel):
    """A row that belongs to a workspace. The workspace is part of every key, so that equal names in two workspaces never meet."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")


class WrongWorkspace(AssertionError):
    """A statement without its workspace, or a row of another one: a fault of ours, never of a caller."""


class Transaction:
    """An open transaction of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self.session = session
        self.workspace = workspace
        session.info[_MARK] = workspace

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

    def run(self, statement: Any) -> Result[Any]:
        """Execute a statement that came from this transaction, after what was changed on rows that were read."""
        self.session.flush()
        return self.session.execute(statement)

    def all(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """Every row that the statement finds."""
        return self.run(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row that the statement finds."""
        return self.run(statement.limit(1)).first()

    def one(self, table: type[R], *conditions: Any, locked: bool = False) -> R | None:
        """The row that meets the conditions; `locked` keeps others from changing it until the transaction ends."""
        statement = self.mine(table).where(*conditions)
        if locked:
            statement = statement.with_for_update()
        return self.run(statement).scalars().first()

    def count(self, table: type[Owned], *conditions: Any) -> int:
        """How many of the workspace's rows meet the conditions."""
        from sqlalchemy import func

        return int(self.run(self.mine(table, func.count()).select_from(table).where(*conditions)).scalar_one())

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
        """Within the block a write may fail, such as for a key that somebody else took; then only the block was in vain."""
        with self.session.begin_nested():
            yield

    def alone(self, *names: str) -> None:
        """Wait until nobody else in the workspace is at work who named the same; where there is one writer at a time, nobody is."""
        connection = self.session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(_ALONE, {"what": "/".join((self.workspace, *names))})

    def save(self) -> None:
        """Write what was changed on rows that were read, so that faults show here."""
        self.session.flush()

    @property
    def _mark(self) -> dict[str, str]:
        """What shows the guard that a statement came through here."""
        return {_MARK: self.workspace}


_ALONE = text("select pg_advisory_xact_lock(hashtextextended(:what, 0))")


def guard(session: type[Session] | Any) -> None:
    """Let sessions refuse statements without their workspace, and rows of another one."""
    event.listen(session, "do_orm_execute", _refuse_statement)
    event.listen(session, "before_flush", _refuse_rows)


def _of(table: type[Owned]) -> Any:
    return table.workspace_id


def _refuse_statement(state: ORMExecuteState) -> None:
    workspace = state.session.info.get(_MARK)
    if workspace is None or state.execution_options.get(_MARK) != workspace:
        raise WrongWorkspace("a statement does not come from the transaction of a workspace")


def _refuse_rows(session: Session, _: UOWTransaction, __: Any) -> None:
    workspace = session.info.get(_MARK)
    for row in (*session.new, *session.dirty, *session.deleted):
        if workspace is None or not isinstance(row, Owned) or row.workspace_id != workspace:
            raise WrongWorkspace(f"a row of {type(row).__name__} does not belong to the workspace of the transaction")
