"""Every row of a database, out of it and into another one, whichever kind each is: tables as the database itself describes them.

What is copied belongs to all workspaces, so it is read and written outside of a workspace's transaction, with the rights of the tables'
owner. On PostgreSQL row-level security binds the owner as well: rows are read and written workspace by workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, MetaData, Table, delete, insert, literal, select, text, tuple_

STEPS = "alembic_version"
"""The table that says at which step the database is; it is no content."""

_AT_ONCE = 500
"""Rows that are held in memory."""

Row = tuple[Any, ...]


class TableCopy(NamedTuple):
    """A table's rows, those of a workspace together."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


def hold_still(connection: Connection) -> None:
    """Let all that a transaction reads be of one state of the database; to be said before it reads anything."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("set transaction isolation level repeatable read, read only"))


def copied(connection: Connection) -> Iterator[TableCopy]:
    """The tables of a database, each after those that it refers to."""
    is_postgresql = connection.dialect.name == "postgresql"
    tables = _tables(connection)
    workspaces = list(connection.execute(text("select id from workspace order by id")).scalars())
    for table in tables:
        parts = workspaces if is_postgresql and "workspace_id" in table.c else [None]
        rows = (row for workspace in parts for row in _rows(connection, table, workspace))
        yield TableCopy(table.name, tuple(table.c.keys()), rows)


def fill(connection: Connection, copies: Iterable[TableCopy]) -> int:
    """Let a database hold these rows and no others; how many they are. Its tables must be those that were copied."""
    tables = {table.name: table for table in _tables(connection)}
    for table in reversed(tables.values()):
        connection.execute(delete(table))
    return sum(_fill(connection, tables[copy.name], copy) for copy in copies)


def is_empty(connection: Connection) -> bool:
    """Whether a database holds no workspace yet."""
    tables = MetaData()
    tables.reflect(connection, only=lambda name, _: name == "workspace")
    return "workspace" not in tables.tables or not connection.execute(text("select 1 from workspace limit 1")).scalar()


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != STEPS]


def _rows(connection: Connection, table: Table, workspace: str | None) -> Iterator[Row]:
    """The rows of a table in the order of its key, some at a time."""
    key = list(table.primary_key.columns)
    statement = select(table).order_by(*key).limit(_AT_ONCE)
    if workspace is not None:
        _enter(connection, workspace)
        statement = statement.where(table.c.workspace_id == workspace)
    found = connection.execute(statement).all()
    while found:
        yield from map(tuple, found)
        last = tuple_(*(literal(getattr(found[-1], column.name), column.type) for column in key))
        found = connection.execute(statement.where(tuple_(*key) > last)).all()


def _fill(connection: Connection, table: Table, copy: TableCopy) -> int:
    """Write a table's rows; texts of flags and numbers become what the columns hold."""
    flags = [at for at, name in enumerate(copy.columns) if isinstance(table.c[name].type, Boolean)]
    own = copy.columns.index("workspace_id") if "workspace_id" in copy.columns else None
    count = 0
    for workspace, rows in groupby(copy.rows, key=lambda row: None if own is None else row[own]):
        if workspace is not None and connection.dialect.name == "postgresql":
            _enter(connection, workspace)
        while batch := list(islice(rows, _AT_ONCE)):
            values = [dict(zip(copy.columns, _with_flags(row, flags), strict=True)) for row in batch]
            connection.execute(insert(table), values)
            count += len(batch)
    return count


def _with_flags(row: Row, flags: list[int]) -> list[Any]:
    """The row with flags as such: one kind of database keeps them as numbers."""
    values = list(row)
    for at in flags:
        values[at] = None if values[at] is None else bool(values[at])
    return values


def _enter(connection: Connection, workspace: str) -> None:
    """Let PostgreSQL show the rows of a workspace until the transaction ends, or enters another one."""
    connection.execute(text("select set_config('app.workspace', :workspace, true)"), {"workspace": workspace})
