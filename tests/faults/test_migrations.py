"""The shape of the database: forth and back on one that is filled, made by several at once, by whoever may, and not by an older version."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.storage.database import Database
from app.storage.schema import current_step, known_steps, last_step, migrate
from app.storage.table_copies import TableCopy, copied, fill
from tests.contract.workspace_of_all import serving_filled
from tests.counts import IN_FULL, costly, many
from tests.databases import KINDS, fresh
from tests.faults.postgres import postgres
from tests.faults.served import Served, a_key, serving
from tests.faults.whole import check_whole
from tests.faults.writers import a_company

pytestmark = pytest.mark.slow

Row = tuple[Any, ...]
Rows = dict[str, tuple[tuple[str, ...], list[Row]]]

CONCORD = (sys.executable, "-c", "from app.cli.main import run; run()")

OF_ALL_WORKSPACES = ("lease",)
"""Tables with the same rows however many workspaces there are."""

UNIQUE = {
    ("workspace", "id"),
    ("workspace", "name"),
    ("api_key", "lookup"),
    ("sign_in_link", "hash"),
    ("embed_token", "id"),
    ("session", "hash"),
}
"""Columns in which no two workspaces have the same."""


@lru_cache(maxsize=1)
def a_workspace() -> Rows:
    """The rows of a workspace that has at least one of everything."""
    with serving_filled("sqlite") as (client, _):
        return rows_of(client.app.state.store)


def rows_of(store: Database) -> Rows:
    """Every row of a database, table by table, in the order of keys."""
    with store.owner() as connection:
        return {table.name: (table.columns, list(table.rows)) for table in copied(connection)}


def repeated(rows: Rows, times: int) -> Iterator[TableCopy]:
    """The same rows for so many workspaces."""
    for name, (columns, own) in rows.items():
        copies = 1 if name in OF_ALL_WORKSPACES else times
        yield TableCopy(name, columns, (_of(name, columns, row, number) for number in range(copies) for row in own))


def _of(table: str, columns: Iterable[str], row: Row, number: int) -> Row:
    """A row as another workspace has it."""
    theirs = {column for column in columns if (table, column) in UNIQUE or column == "workspace_id"}
    return tuple(f"{value}-{number}" if column in theirs else value for column, value in zip(columns, row, strict=True))


@contextmanager
def a_filled_database(kind: str, rows: int) -> Iterator[tuple[str, int]]:
    """The address of a database with about so many rows, and how many workspaces it has."""
    one = a_workspace()
    times = max(2, rows // sum(len(own) for _, own in one.values()))
    with fresh(kind) as url:
        store = Database(url)
        with store.owner() as connection:
            fill(connection, repeated(one, times))
        store.close()
        yield url, times


@pytest.mark.parametrize("kind", KINDS)
def test_forth_and_back_leaves_every_row_as_it_was(kind: str) -> None:
    """Down to each step and up again: every table that the step knows is as it was, row by row, documents among them."""
    with a_filled_database(kind, many(100_000)) as (url, _):
        store = Database(url)
        before = rows_of(store)
        for step in reversed(known_steps()):
            migrate(store, step)
            with store.owner() as connection:
                known = [table.name for table in copied(connection)]
            migrate(store)

            after = rows_of(store)
            changed = [name for name in known if after[name] != before[name]]
            assert changed == [], (step, changed)
            assert {"organization", "revision", "part"} <= set(known)
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_brought_up_to_date_is_as_if_it_had_been_made_so(kind: str) -> None:
    """Tables, columns and indexes are the same, however the database came to them."""
    with a_filled_database(kind, 1) as (url, _), fresh(kind) as other_url:
        store, other = Database(url), Database(other_url)
        migrate(store, known_steps()[0])
        migrate(store)

        assert shape(store) == shape(other)
        store.close()
        other.close()


def shape(store: Database) -> list[Any]:
    """What the database says of its tables."""
    asked = (
        "select type, name, tbl_name from sqlite_master order by 1, 2"
        if store.dialect == "sqlite"
        else "select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns "
        "where table_schema = 'public' union all select tablename, indexname, indexdef, null, null from pg_indexes "
        "where schemaname = 'public' union all select tablename, policyname, qual, with_check, null from pg_policies "
        "order by 1, 2, 3"
    )
    with store.owner() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


@contextmanager
def an_empty_database(kind: str) -> Iterator[str]:
    """The address of a database in which there is nothing at all."""
    with fresh(kind) as url:
        store = Database(url)
        migrate(store, "base")
        store.close()
        yield url


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_killed_while_bringing_it_up_to_date_leaves_nothing_half_done(kind: str) -> None:
    """All steps are done, or none; the next one does them."""
    chance = random.Random(1)
    for _ in range(costly(50)):
        with an_empty_database(kind) as url:
            begun = subprocess.Popen([*CONCORD, "migrate"], env=_settings(url), stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.3, 1.5))
            begun.kill()
            begun.wait()
            store = Database(url)

            assert current_step(store) in (None, last_step())
            migrate(store)
            assert foreign_rows(store) == 0
            store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_two_that_start_at_once_on_an_empty_database_both_serve(kind: str) -> None:
    """One of them makes the tables, and one greets whoever started it."""
    with an_empty_database(kind) as url:
        both = [Served(url), Served(url)]
        try:
            for served in both:
                served.begin()
            for served in both:
                served.wait()

            assert sum(served.said.count("This database is new") for served in both) == 1
            assert "Traceback" not in "".join(served.said for served in both)
        finally:
            for served in both:
                served.kill()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "command", [("serve", "--port", "0"), ("keys", "create", "--workspace", "acme"), ("worker",)], ids=" ".join
)
def test_a_database_of_a_later_version_is_refused(kind: str, command: tuple[str, ...]) -> None:
    """With a message that says what to do, before anything is done."""
    with fresh(kind) as url:
        store = Database(url)
        with store.owner() as connection:
            connection.execute(text("update alembic_version set version_num = '9999'"))

        ended = subprocess.run([*CONCORD, *command], env=_settings(url), capture_output=True, text=True, timeout=60)

        assert ended.returncode == 2
        assert ended.stderr.startswith("concord: the database has the schema 9999")
        assert (ended.stderr.count("\n"), ended.stdout) == (1, "")
        with store.owner() as connection:
            assert connection.execute(text("select version_num from alembic_version")).scalar() == "9999"
        store.close()


def _settings(url: str) -> dict[str, str]:
    return {"CONCORD_DATABASE_URL": url, "PATH": ""}


def work(url: str, **environment: str) -> None:
    """Let a service work on the database, and look at what it did."""
    key = a_key(url)
    with serving(url, **environment) as served:
        headers = {"Authorization": f"Bearer {key}"}
        at = f"{served.address}/v1/organizations/acme"
        put = httpx.put(f"{at}/document", json=a_company("acme"), headers=headers, timeout=60)
        assert put.status_code == 201, put.text
        prefer = {**headers, "Prefer": "respond-async, wait=30"}
        ran = httpx.post(f"{at}/analyses", json={}, headers=prefer, timeout=60)
        assert ran.status_code == 201, ran.text


def as_role(url: str, role: str) -> str:
    """The address of the same database for somebody else."""
    return url.replace("//postgres@", f"//{role}@")


@pytest.mark.parametrize("may", ["", "createrole"] if IN_FULL else ["createrole"])
def test_an_owner_who_is_no_superuser_makes_the_tables_and_works(may: str) -> None:
    """With the role that the service works as, where the owner may make it; else row-level security binds the owner."""
    with postgres() as server:
        server.run(f"create role keeper login {may}")
        server.run("create database kept owner keeper")
        url = as_role(server.database_named("kept"), "keeper")

        work(url)

        store = Database(url)
        check_whole(store)
        assert foreign_rows(store) == 0
        store.close()


def test_the_service_signs_in_as_somebody_who_owns_nothing() -> None:
    """The owner brings the database up to date; until then the service says that it is not ready, and then goes on by itself."""
    with postgres() as server:
        for statement in (
            "create role keeper login createrole",
            "create role web login",
            "create database kept owner keeper",
        ):
            server.run(statement)
        owner = server.database_named("kept")
        served = Served(as_role(owner, "web"))
        served.start("/healthz")
        try:
            assert served.status("/readyz") == 503
            key = a_key(as_role(owner, "keeper"))
            server.run("grant concord_app to web")
            served.wait()
            answer = httpx.get(f"{served.address}/v1/me", headers={"Authorization": f"Bearer {key}"}, timeout=30)
            assert answer.status_code == 200, answer.text
        finally:
            served.kill()
        store = Database(as_role(owner, "web"))
        assert foreign_rows(store) == 0
        store.close()


def foreign_rows(store: Database) -> int:
    """How many keys of workspaces a transaction sees that says for no workspace that it is its own."""
    with store.connection() as connection:
        return int(connection.execute(text("select count(*) from api_key")).scalar_one())
