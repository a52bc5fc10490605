"""Connections to PostgreSQL that do not wait for ever: a server that hangs, or a network that swallows everything, counts as away.

The driver bounds how long it connects, the server how long a statement runs, the kernel how long data stay unacknowledged. None of them
notices a server that holds the connection and says nothing.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import OperationalError

from app.storage.patience import PATIENCE, Trouble

T = TypeVar("T")


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when its server says nothing for so long that it counts as away.

    A statement may take longer, as long as others are answered meanwhile; a sign of life that was asked for may not (`impatient`).
    """

    trouble = Trouble()
    _is_impatient = False

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Wait for what the server says. Raises OperationalError, and is closed, when it says nothing."""
        return super().wait(self._watched(gen), *args, **options)

    @contextmanager
    def impatient(self) -> Any:
        """Within the block the server answers at once, or is away."""
        self._is_impatient = True
        try:
            yield
        finally:
            self._is_impatient = False

    def _watched(self, waiting: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        """The driver's own way of waiting, told to end when it is in vain."""
        began = time.monotonic()
        try:
            wanted = next(waiting)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() - began > PATIENCE:
                    self._give_up_if_away()
                wanted = waiting.send(ready)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]

    def _give_up_if_away(self) -> None:
        if self._is_impatient:
            self.trouble.note()
        if self.trouble.is_recent:
            self.close()
            raise OperationalError("the server says nothing")


def connect(trouble: Trouble, *args: Any, **options: Any) -> PatientConnection:
    """Connect. Raises OperationalError: at once while the database was away just now."""
    if trouble.is_recent:
        raise OperationalError("the server was away just now")
    try:
        connection = PatientConnection.connect(*args, **options)
    except OperationalError:
        trouble.note()
        raise
    connection.trouble = trouble
    return connection
