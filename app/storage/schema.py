"""The shape of the database: made and brought up to date by the steps in `migrations/`, the same history for both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from app.domain.errors import SchemaTooNew, StorageTrouble
from app.storage.database import Database
from app.storage.patience import PATIENCE

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 0x636F6E636F7264
"""The advisory lock that starters of the service wait for on PostgreSQL: only one of them migrates."""
_NOT_ALLOWED = "42501"
"""What PostgreSQL says to somebody who does not own the tables."""


def migrate(database: Database, target: str = "head") -> None:
    """Bring the database to a step, by default the last one; of starters that come at the same time one does it while the others wait.

    Raises SchemaTooNew, StorageTrouble.
    """
    try:
        with alone(database) as connection:
            has_changed = bring_to(connection, target)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) == _NOT_ALLOWED:
            raise StorageTrouble("the database has to be brought up to date by the owner of its tables") from error
        raise
    if has_changed:
        database.close()


def bring_to(connection: Connection, target: str = "head") -> bool:
    """Bring the database of a connection with its owner's rights to a step, and tell whether it was elsewhere. Raises SchemaTooNew."""
    found = step_of(connection)
    if found == (last_step() if target == "head" else target):
        return False
    if found is not None and found not in known_steps():
        raise SchemaTooNew(found)
    config = _config(connection)
    if target == "head" or _is_ahead(found, target):
        command.upgrade(config, target)
    else:
        command.downgrade(config, target)
    return True


def current_step(database: Database) -> str | None:
    """The step that the database is at, None when it is empty."""
    with alone(database) as connection:
        return step_of(connection)


def last_step() -> str:
    """The step that this version of Concord works with."""
    return known_steps()[-1]


def known_steps() -> list[str]:
    """Every step, first to last."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return [step.revision for step in reversed(list(steps))]


def _is_ahead(found: str | None, target: str) -> bool:
    steps = known_steps()
    return target in steps and (found is None or steps.index(target) > steps.index(found))


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """A connection with the rights to change the schema, while nobody else does. Raises StorageTrouble when somebody else takes long."""
    with database.owner() as connection:
        if database.dialect == "postgresql":
            connection.execute(text(f"set local lock_timeout = {int(PATIENCE * 1000)}"))
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.execute(text("set local lock_timeout = 0"))
        yield connection


def step_of(connection: Connection) -> str | None:
    """The step that the database of a connection is at, None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
