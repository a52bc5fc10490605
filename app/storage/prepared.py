"""Statements that many requests run: compiled once for each kind of database, and given to its driver as they are.

SQLAlchemy makes a statement, its key in a cache and a result anew each time, which takes ten times as long as SQLite needs to answer. What
is asked once in a while is worth that; what every request asks is not.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

_UNSAID = object()


class Prepared:
    """A statement whose values are given by name when it runs; of an insert or update, `members` are the columns that it writes.

    Values that are lists of any length cannot be prepared.
    """

    def __init__(self, statement: Any, members: Sequence[str] = ()) -> None:
        self.options: Mapping[str, Any] = statement.get_execution_options()
        self._statement, self._members = statement, tuple(members)
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """What it finds, with the columns as attributes."""
        form = self._form(connection.dialect)
        return form.rows(self._run(connection, form, values, lambda cursor: cursor.fetchall()))

    def glanced(self, driver: Any, dialect: Dialect, values: Mapping[str, Any]) -> list[Any]:
        """What it finds on a connection of the driver alone. Raises DBAPIError."""
        form = self._form(dialect)
        try:
            return form.rows(driver.execute(form.text, form.given(values)).fetchall())
        except form.error as error:
            raise DBAPIError.instance(form.text, None, error, form.error, hide_parameters=True) from error

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it wrote."""
        form = self._form(connection.dialect)
        count: int = self._run(connection, form, values, lambda cursor: cursor.rowcount)
        return count

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _form_of(self._statement, self._members, dialect)
        return form

    @staticmethod
    def _run(connection: Connection, form: _Form, values: Mapping[str, Any], result: Callable[[Any], Any]) -> Any:
        """Run it; what goes wrong is raised as SQLAlchemy would, and a connection that is lost is given up."""
        driver = connection.connection
        cursor = driver.cursor()
        try:
            cursor.execute(form.text, form.given(values))
            return result(cursor)
        except form.error as error:
            is_lost = connection.dialect.is_disconnect(error, driver, cursor)  # type: ignore[arg-type]
            if is_lost:
                connection.invalidate(error)
            raise DBAPIError.instance(
                form.text, None, error, form.error, hide_parameters=True, connection_invalidated=is_lost
            ) from error
        finally:
            cursor.close()


class _Form(NamedTuple):
    """A statement for one kind of database.

    `values`: the name of each value, what it is where nobody gives it, and how it is written; `places`: what the text calls them, where it
    does not just count them; `readers`: how what comes back is read, column by column, None where no column needs that.
    """

    text: str
    values: tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]
    places: Sequence[str] | None
    row: Callable[[Iterable[Any]], Any]
    readers: tuple[Callable[[Any], Any] | None, ...] | None
    error: type[Exception]

    def given(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        written = []
        for name, fixed, write in self.values:
            value = values[name] if fixed is _UNSAID else values.get(name, fixed)
            written.append(value if write is None else write(value))
        return written if self.places is None else dict(zip(self.places, written, strict=True))

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows as the driver gives them, read."""
        readers = self.readers
        if readers is None:
            return list(map(self.row, found))
        return [
            self.row([value if read is None else read(value) for read, value in zip(readers, row, strict=True)])
            for row in found
        ]


def _form_of(statement: Any, members: Sequence[str], dialect: Dialect) -> _Form:
    compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(members) or None)
    names = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
    binds = [compiled.binds[name] for name in names]
    columns = list(statement.exported_columns) if statement.is_select else []
    readers = tuple(_reader(column.type, dialect) for column in columns)
    assert dialect.loaded_dbapi is not None
    return _Form(
        text=str(compiled),
        values=tuple(
            (bind.key, _UNSAID if bind.required else bind.value, _writer(bind.type, dialect)) for bind in binds
        ),
        places=None if compiled.positiontup is not None else tuple(names),
        row=namedtuple("Row", [column.key for column in columns])._make,  # type: ignore[attr-defined]
        readers=readers if any(readers) else None,
        error=dialect.loaded_dbapi.Error,
    )


def _writer(type_: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    writer: Callable[[Any], Any] | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return writer


def _reader(type_: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    reader: Callable[[Any], Any] | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return reader
