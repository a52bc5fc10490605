"""Glances at SQLite: one statement that finds rows, on a connection that is kept for such, without a transaction around it.

A statement alone sees one state of the database. To begin a transaction, end it, and hand the connection back takes several times as long
as to answer; and while one thread waits within the driver others take its turn in the interpreter, each time.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from app.storage.prepared import Prepared

MOST_KEPT = 16
"""Connections that are kept open when nobody looks."""


class Glances:
    """Connections for glances; `connect` opens one. Each is used by one thread at a time, and given up when something goes wrong."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], dialect: Dialect) -> None:
        self._connect, self._dialect = connect, dialect
        self._idle: deque[sqlite3.Connection] = deque()

    def rows(self, statement: Prepared, values: Mapping[str, Any]) -> list[Any]:
        """What the statement finds, with the columns as attributes. Raises DBAPIError."""
        idle = self._idle
        connection = self._taken()
        try:
            found = statement.glanced(connection, self._dialect, values)
        except BaseException:
            connection.close()
            raise
        if self._idle is idle and len(idle) < MOST_KEPT:
            idle.append(connection)
        else:
            connection.close()
        return found

    def close(self) -> None:
        """Let go of every connection; those that are in use go when they have been used."""
        idle, self._idle = self._idle, deque()
        while idle:
            idle.pop().close()

    def _taken(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            pass
        try:
            return self._connect()
        except sqlite3.Error as error:
            raise DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True) from error
