"""There is one door to the rows: code that would go round it is refused, and tables without the locks are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.tables import owned_tables
from app.storage.tenancy import APP_ROLE
from tests.databases import fresh

ROOT = Path(__file__).parents[2]
DOOR = {
    f"app/storage/{name}.py"
    for name in (
        "workspace",
        "database",
        "engines",
        "directory",
        "schema",
        "tenancy",
        "prepared",
        "table_copies",
        "sqlite_copies",
        "clocks",
    )
}
"""Where statements are made, and the connections that they go over."""

MAKERS = {"text", "select", "insert", "update", "delete", "table", "exists", "union", "union_all"}
"""What SQLAlchemy makes statements with; conditions and functions of columns are no statements."""

PARTIAL = {"sqlite_where", "postgresql_where"}
"""Arguments of an index in which SQL stands that reads no row."""

RUNNERS = {"session", "execute", "executemany", "exec_driver_sql", "bulk_save_objects", "bulk_insert_mappings"}
"""Members of sessions, connections and cursors that run statements."""


def code() -> list[str]:
    files = (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "app").rglob("*.py")))
    return [file for file in files if file not in DOOR]


def trespasses(source: str) -> Iterator[str]:
    """What goes round the door in the source of a module, with its line."""
    tree = ast.parse(source)
    makers = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("sqlalchemy", "sqlmodel")
        for alias in node.names
        if alias.name in MAKERS
    }
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.split(".")[0] in ("sqlalchemy", "sqlmodel")
    }
    partial = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in PARTIAL
        for inner in ast.walk(node.value)
    }
    has_rows = "app.storage" in source or "sqlalchemy" in source
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in makers and id(node) not in partial:
            yield f"{node.lineno}: {node.id}"
        if isinstance(node, ast.Name) and node.id in modules:
            yield f"{node.lineno}: {node.id}"
        if isinstance(node, ast.Attribute) and node.attr in RUNNERS and has_rows:
            yield f"{node.lineno}: .{node.attr}"


@pytest.mark.parametrize("file", code())
def test_no_code_goes_round_the_door(file: str) -> None:
    """Statements are made by a transaction and run by it, so that each has its workspace."""
    assert list(trespasses((ROOT / file).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("from sqlalchemy import text\ntext('select 1')", id="raw SQL"),
        pytest.param("from sqlalchemy import select as find\nfind(1)", id="a select by another name"),
        pytest.param("from sqlmodel import select\nselect(1)", id="a select of SQLModel"),
        pytest.param("import sqlalchemy as sa\nsa.insert(1)", id="by the module"),
        pytest.param("from app.storage.workspace import Transaction\ntx.session.add(1)", id="the session"),
        pytest.param("from app.storage.database import Database\ncursor.execute('x')", id="a cursor"),
        pytest.param("from sqlalchemy.orm import Session\nsession.bulk_save_objects([])", id="in bulk"),
    ],
)
def test_what_goes_round_the_door_is_noticed(source: str) -> None:
    """The test above can fail."""
    assert list(trespasses(source)) != []


@pytest.mark.slow
def test_the_guard_refuses_what_the_reader_of_code_would_miss(database_url: str) -> None:
    """Raw text, selects of tables and bulk inserts are refused by the session itself, too."""
    from sqlalchemy import insert, select, text

    from app.storage.organizations import OrganizationRow
    from app.storage.workspace import WrongWorkspace

    store = Database(database_url)
    for statement in (
        text("select * from organization"),
        select(OrganizationRow),
        insert(OrganizationRow).values(id="x"),
    ):
        with pytest.raises(WrongWorkspace), store.writing("mine") as tx:
            tx.session.execute(statement)
    store.close()


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Database]:
    with fresh("postgresql") as url:
        store = Database(url)
        yield store
        store.close()


def rows(store: Database, statement: str) -> list[tuple[object, ...]]:
    with store.connection() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def tables_of_workspaces(store: Database) -> set[str]:
    """The tables with the column `workspace_id`, as the database has them."""
    found = rows(store, "select table_name from information_schema.columns where column_name = 'workspace_id'")
    return {str(name) for (name,) in found}


@pytest.mark.slow
def test_the_tables_of_the_code_are_those_of_the_database(postgresql: Database) -> None:
    """None is forgotten in the steps, and none is left over from them."""
    assert {table.__tablename__ for table in owned_tables()} == tables_of_workspaces(postgresql)


@pytest.mark.slow
def test_row_level_security_holds_for_every_table_of_workspaces(postgresql: Database) -> None:
    """On, forced upon the owner as well, with a policy for what is read and for what is written."""
    secured = rows(postgresql, "select relname from pg_class where relrowsecurity and relforcerowsecurity")
    policies = rows(
        postgresql,
        "select tablename from pg_policies where policyname = 'workspace' and cmd = 'ALL'"
        " and qual like '%%workspace_id = current_setting(%%' and with_check like '%%workspace_id = current_setting(%%'",
    )

    assert tables_of_workspaces(postgresql) == {str(n) for (n,) in secured} == {str(n) for (n,) in policies}


LOOKED_UP = {
    ("api_key", "api_key_lookup_key"),
    ("sign_in_link", "sign_in_link_hash_key"),
    ("session", "session_hash_key"),
    ("embed_token", "embed_token_id"),
}
"""Unique without the workspace: that by which credentials are found before a workspace is known, which is random."""


def test_every_key_begins_with_the_workspace(postgresql: Database) -> None:
    """Equal names in two workspaces never meet, and nobody learns from a refusal what others have."""
    found = rows(
        postgresql,
        "select t.relname, i.relname, a.attname from pg_index x join pg_class t on t.oid = x.indrelid"
        " join pg_class i on i.oid = x.indexrelid join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]"
        " join pg_namespace n on n.oid = t.relnamespace where x.indisunique and n.nspname = current_schema()",
    )
    unique = {(table, index): first for table, index, first in found if table in tables_of_workspaces(postgresql)}

    assert {name for name, first in unique.items() if first != "workspace_id"} == LOOKED_UP
    assert {str(table) for table, _ in unique} == tables_of_workspaces(postgresql)


def test_foreign_keys_keep_to_the_workspace(postgresql: Database) -> None:
    """What refers to a row of a workspace refers to it with the workspace."""
    found = rows(
        postgresql,
        "select c.conname from pg_constraint c where c.contype = 'f' and c.confrelid <> 'workspace'::regclass and not exists"
        " (select from unnest(c.conkey, c.confkey) as k(own, other)"
        "  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own"
        "  join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.other"
        "  where a.attname = 'workspace_id' and b.attname = 'workspace_id')",
    )

    assert found == []


@pytest.mark.slow
def test_texts_are_ordered_by_code_point_in_every_table_of_workspaces(postgresql: Database) -> None:
    """So that a list has the same order on both databases, and indexes serve it."""
    found = rows(
        postgresql,
        "select table_name, column_name from information_schema.columns where table_schema = current_schema()"
        " and data_type in ('text', 'character varying') and coalesce(collation_name, '') <> 'C'",
    )

    assert [column for column in found if column[0] in tables_of_workspaces(postgresql)] == []


@pytest.mark.slow
def test_what_is_about_an_organization_can_be_erased(postgresql: Database) -> None:
    """The service may delete rows of every table that tells of organizations."""
    found = rows(
        postgresql,
        "select relname from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id'"
        f" where relkind in ('r', 'v', 'f', 'p') and not has_table_privilege('{APP_ROLE}', pg_class.oid, 'delete')",
    )

    assert found == []
