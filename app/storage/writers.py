"""The writers of a process on SQLite, which has one at a time: they take turns, and share the wait for the disk.

Who has written while others wait leaves its transaction open to the next one, which begins where a savepoint can take it back; the last one
commits for all. Nobody returns before what it wrote is on disk, and nobody else sees any of it before. What fails alone goes alone. When
the commit fails, nothing of what they wrote happened, and each of them is told.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageTrouble
from app.storage.patience import PATIENCE, Deadline, Trouble

LONGEST = 0.05
"""Seconds that writers share a transaction; then it is committed, whoever waits."""
_BETWEEN_LOOKS = 0.1
"""Seconds after which those who wait for a commit look whether it was left to somebody who did not come."""


class Writers:
    """Turns of writers.

    `connect`: a connection for a writer that waits so many milliseconds for writers of other processes; `told`: what the driver cannot do
    is raised within as StorageTrouble; `longest`: seconds after which a transaction is committed, whoever waits. `waiting`: how many do.
    """

    def __init__(
        self,
        connect: Callable[[int], Connection],
        told: Callable[[], AbstractContextManager[None]],
        trouble: Trouble,
        longest: float = LONGEST,
    ) -> None:
        self._connect, self._told, self._trouble, self.longest = connect, told, trouble, longest
        self._turn, self._counting = threading.Lock(), threading.Lock()
        self.waiting = 0
        self._shared: _Shared | None = None
        self._is_elsewhere = False

    def go_elsewhere(self) -> None:
        """From now on nobody joins the transaction that is open: its file is not the database any more."""
        self._is_elsewhere = True

    @contextmanager
    def alone(self, patience: float = PATIENCE) -> Iterator[Connection]:
        """A turn of one's own: the transaction is committed when the block ends well. Raises StorageTrouble."""
        with self._its_turn(patience) as milliseconds:
            self._commit()
            with self._connect(milliseconds) as connection, connection.begin():
                yield connection

    @contextmanager
    def together(self, patience: float = PATIENCE, *, dry_run: bool = False) -> Iterator[Connection]:
        """A turn in a transaction that others may share: on disk when the block has ended well. Raises StorageTrouble, StorageFull."""
        with self._its_turn(patience) as milliseconds:
            if self._is_elsewhere:
                self._is_elsewhere = False
                self._commit()
            shared = self._shared = self._shared or _Shared(self._connect(milliseconds))
            try:
                with shared.part(dry_run=dry_run):
                    yield shared.connection
            finally:
                self._go_on(shared)
        if not dry_run:
            self._wait_for(shared)

    @contextmanager
    def _its_turn(self, patience: float) -> Iterator[int]:
        """Wait for a turn; gives the milliseconds that are left to wait for writers of other processes."""
        until = Deadline(patience)
        if not self._comes(patience):
            raise StorageTrouble("another write takes too long")
        try:
            if self._trouble.is_recent and self._shared is None:
                raise StorageTrouble("another process has just kept the database from being written")
            yield int(until.left * 1000)
        except DBAPIError as error:
            if patience == PATIENCE and _is_locked(error):
                self._trouble.note()
            raise
        finally:
            self._turn.release()

    def _comes(self, patience: float) -> bool:
        """Whether the turn comes while it is waited for."""
        with self._counting:
            self.waiting += 1
        try:
            return self._turn.acquire(timeout=patience)
        finally:
            with self._counting:
                self.waiting -= 1

    def _go_on(self, shared: _Shared) -> None:
        """Leave the transaction to whoever comes next, or end it. One in which nobody wrote, or that is lost, is left to nobody."""
        if not shared.members or not self.waiting or shared.age > self.longest or shared.is_lost:
            self._commit()

    def _wait_for(self, shared: _Shared) -> None:
        """Wait for the commit, and do it when it was left to somebody who did not come. Raises why it failed."""
        while not shared.ended.wait(_BETWEEN_LOOKS):
            if self._turn.acquire(blocking=False):
                try:
                    if self._shared is shared:
                        self._commit()
                finally:
                    self._turn.release()
        if shared.failure is not None:
            raise shared.failure

    def _commit(self) -> None:
        """End the transaction that was left open, if there is one; those who wrote in it learn what came of it."""
        shared, self._shared = self._shared, None
        if shared is not None:
            shared.end(self._told)


class _Shared:
    """A transaction of several writers. `members`: how many wrote in it; `failure`: why nothing of it happened, once it has ended."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        try:
            self._begun = connection.begin()
        except BaseException:
            connection.close()
            raise
        self._since = time.monotonic()
        self.members = 0
        self.ended = threading.Event()
        self.failure: Exception | None = StorageTrouble("the write was given up")

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._since

    @property
    def is_lost(self) -> bool:
        """Whether the database has given it up by itself, as it does when the disk is full."""
        if self.connection.invalidated:
            return True
        driver: Any = self.connection.connection.driver_connection
        return not driver.in_transaction

    @contextmanager
    def part(self, *, dry_run: bool) -> Iterator[None]:
        """The part of one writer: kept when the block ends well, unless it is a dry run; else as if it had not been."""
        savepoint = self.connection.begin_nested() if self.members else None
        is_kept = False
        try:
            yield
            is_kept = not dry_run
        finally:
            if savepoint is not None:
                self._end_part(savepoint, is_kept=is_kept)
            self.members += is_kept

    def end(self, told: Callable[[], AbstractContextManager[None]]) -> None:
        """Commit it, if anybody wrote in it."""
        try:
            with self.connection, told():
                if not self.members:
                    self._begun.rollback()
                elif not self.is_lost:
                    self._commit()
                    self.failure = None
        except Exception as failure:
            self.failure = failure
        finally:
            self.ended.set()

    def _end_part(self, savepoint: NestedTransaction, *, is_kept: bool) -> None:
        """Keep a part, or take it back; where that cannot be done nothing of the transaction may be kept."""
        try:
            if is_kept:
                savepoint.commit()
            elif savepoint.is_active:
                savepoint.rollback()
        except DBAPIError as error:
            self.connection.invalidate(error)
            if is_kept:
                raise

    def _commit(self) -> None:
        """Commit it; a connection that cannot goes, and with it what was not committed."""
        try:
            self._begun.commit()
        except DBAPIError as error:
            self.connection.invalidate(error)
            raise


def _is_locked(error: DBAPIError) -> bool:
    """Whether another process has the one place of a writer."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
