"""The file of an SQLite database: made when it is first opened, and never again, so that a file that is gone is missed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.domain.errors import StorageTrouble


class SqliteFile:
    """A file by its path. What is open stays open when the file is moved or removed, and would be written in vain."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._known: tuple[int, int] | None = None

    def connect(self, **options: Any) -> sqlite3.Connection:
        """Open it; the first time it is made where there is none, for its owner alone. Raises sqlite3.OperationalError, StorageTrouble."""
        mode = "rw" if self._known else "rwc"
        if self._known is None:
            self._make()
        connection: sqlite3.Connection = sqlite3.connect(
            f"file:{quote(str(self._path))}?mode={mode}", uri=True, **options
        )
        self._known = self._known or self._identity()
        return connection

    def was_replaced(self) -> bool:
        """Whether another file has come in its place since it was asked last. Raises StorageTrouble when there is none."""
        found, known = self._identity(), self._known
        if known is None or found == known:
            return False
        if found is None:
            raise StorageTrouble("the file of the database is gone")
        self._known = found
        return True

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _make(self) -> None:
        """Make it, and the folder that it is in, where there is none: what SQLite writes beside it can be read by the same people."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StorageTrouble(f"the file of the database cannot be made ({error.strerror})") from None
