"""The database of the service, for commands of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failures import Refused

if TYPE_CHECKING:
    from app.settings import Settings
    from app.storage.database import Database


@contextmanager
def open_store() -> Iterator[Database]:
    """The database that the settings name, brought up to date. Raises Refused when it cannot be used."""
    from app.services.stores import Schema

    with reached() as store:
        Schema(store).ensure()
        yield store


@contextmanager
def reached() -> Iterator[Database]:
    """The database that the settings name, as it is. Raises Refused when it cannot be used."""
    from app.domain.errors import SchemaTooNew, StorageTrouble
    from app.services.stores import default_url
    from app.settings import Settings, SettingsInvalid
    from app.storage.database import Database

    try:
        store = Database(Settings.from_environment().database_url or default_url())
    except SettingsInvalid as invalid:
        raise Refused(str(invalid)) from None
    try:
        yield store
    except StorageTrouble as trouble:
        raise Refused(f"{trouble}: {store.url.render_as_string(hide_password=True)}") from None
    except SchemaTooNew as too_new:
        raise Refused(str(too_new)) from None
    finally:
        store.close()


def is_there(store: Database) -> bool:
    """Whether the database was ever made; one on a server is taken to be."""
    return store.dialect != "sqlite" or Path(store.url.database or "").exists()


def refuse_newer(settings: Settings) -> None:
    """Bring the database of the service up to date; one that is away is left to the service. Raises Refused for that of a later version."""
    from app.domain.errors import SchemaTooNew, StorageTrouble
    from app.services.stores import Schema, default_url
    from app.storage.database import Database

    store = Database(settings.database_url or default_url())
    try:
        Schema(store).ensure()
    except SchemaTooNew as too_new:
        raise Refused(str(too_new)) from None
    except StorageTrouble:
        return
    finally:
        store.close()
