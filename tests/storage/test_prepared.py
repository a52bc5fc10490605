"""Statements that are compiled once: their values, their rows, their faults, and the workspace that they never lose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from app.storage import directory
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import OrganizationRow
from app.storage.prepared import Prepared
from app.storage.tables import owned_tables
from app.storage.workspace import WrongWorkspace, adding, changing, rows_of

NOW = datetime(2026, 11, 22, 5, 30, 51, 120_000, tzinfo=UTC)

_o: Any = OrganizationRow

ADD = adding(OrganizationRow)
FIND = Prepared(
    rows_of(OrganizationRow, _o.id, _o.key, _o.body, _o.created_at, _o.deleted_at)
    .where(_o.key == bindparam("sought"))
    .order_by(_o.id)
)
RENAME = changing(OrganizationRow, ("name", "updated_at"), _o.key == bindparam("sought"))


def organization(key: str, **members: Any) -> dict[str, Any]:
    """A row."""
    times = {"created_at": NOW, "updated_at": NOW, "deleted_at": None}
    own = {"id": new_id("org", NOW), "key": key, "name": key, "industry": None, "revision": 1}
    return {**own, **times, "body": {"name": key}, "content_hash": "", "searched": key, **members}


@pytest.fixture
def store(database_url: str) -> Any:
    owned_tables()
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def workspaces(store: Database) -> tuple[str, str]:
    return directory.workspace_named(store, "mine", NOW), directory.workspace_named(store, "theirs", NOW)


def test_what_was_added_is_found_as_it_was(store: Database, workspaces: tuple[str, str]) -> None:
    """Instants, JSON and what is left out, as through SQLAlchemy; in another workspace there is nothing."""
    mine, theirs = workspaces
    with store.writing(mine) as tx:
        assert tx.do(ADD, **organization("acme", body={"name": "Ä", "n": [1, 2.5, None]})) == 1

    with store.reading(mine) as tx:
        found, row = tx.find(FIND, sought="acme"), tx.one(OrganizationRow, _o.key == "acme")
    assert found is not None and row is not None
    assert (found.key, found.body, found.created_at, found.deleted_at) == ("acme", row.body, NOW, None)
    with store.reading(theirs) as tx:
        assert tx.find_all(FIND, sought="acme") == []


def test_a_change_reaches_the_rows_of_its_workspace_only(store: Database, workspaces: tuple[str, str]) -> None:
    """Rows of the same name elsewhere stay; rows that were read before show the change when they are read again."""
    for workspace in workspaces:
        with store.writing(workspace) as tx:
            tx.do(ADD, **organization("acme"))

    with store.writing(workspaces[0]) as tx:
        before = tx.one(OrganizationRow, _o.key == "acme")
        assert before is not None and before.name == "acme"
        assert tx.do(RENAME, name="Acme", updated_at=NOW, sought="acme") == 1
        after = tx.one(OrganizationRow, _o.key == "acme")
        assert after is not None and after.name == "Acme"
    with store.reading(workspaces[1]) as tx:
        theirs = tx.one(OrganizationRow, _o.key == "acme")
        assert theirs is not None and theirs.name == "acme"


def test_it_sees_what_was_changed_on_rows_before(store: Database, workspaces: tuple[str, str]) -> None:
    """Objects and prepared statements are of one transaction."""
    with store.writing(workspaces[0]) as tx:
        tx.do(ADD, **organization("acme"))
        row = tx.one(OrganizationRow)
        assert row is not None
        row.key = "acme-2"

        assert tx.find(FIND, sought="acme-2") is not None


def test_a_key_that_is_taken_is_told_as_always(store: Database, workspaces: tuple[str, str]) -> None:
    """Whoever expects the fault of SQLAlchemy gets it, and the transaction did nothing."""
    with pytest.raises(IntegrityError), store.writing(workspaces[0]) as tx:
        tx.do(ADD, **organization("acme"))
        tx.do(ADD, **organization("acme"))

    with store.reading(workspaces[0]) as tx:
        assert tx.find_all(FIND, sought="acme") == []


def test_a_value_that_is_not_given_is_a_fault(store: Database, workspaces: tuple[str, str]) -> None:
    """It is never taken for nothing."""
    with pytest.raises(KeyError), store.reading(workspaces[0]) as tx:
        tx.find(FIND)


def test_a_statement_of_all_workspaces_is_refused(store: Database, workspaces: tuple[str, str]) -> None:
    """Only those that were made at the door are run."""
    everybody = Prepared(select(_o.key))

    with pytest.raises(WrongWorkspace), store.reading(workspaces[0]) as tx:
        tx.find_all(everybody)
