"""The database of a service: where it is, and that it has the shape that this version works with."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import StorageTrouble
from app.storage.database import Database
from app.storage.patience import PATIENCE


def default_url() -> str:
    """The address of the database where the settings name none: a file in the user's data folder, which nobody else may enter."""
    from platformdirs import user_data_path

    folder = Path(user_data_path("concord"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'concord.db'}"


class Schema:
    """Brings a database up to date once, as soon as it can be reached; `then` is done before anybody else finds it so."""

    def __init__(self, store: Database, then: Callable[[], None] = lambda: None) -> None:
        self._store, self._then = store, then
        self._lock = threading.Lock()
        self._is_current = False

    def ensure(self) -> None:
        """Migrate unless that was done. Raises StorageTrouble, and SchemaTooNew for a database of a later version."""
        if self._is_current:
            return
        from app.storage.schema import migrate

        if not self._lock.acquire(timeout=PATIENCE):
            raise StorageTrouble("the database is being brought up to date")
        try:
            if not self._is_current:
                migrate(self._store)
                self._then()
                self._is_current = True
        finally:
            self._lock.release()
