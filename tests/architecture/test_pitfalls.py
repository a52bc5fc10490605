"""Ways in which row-level security fails elsewhere, each shown not to be ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from app.services import api_keys, organizations
from app.storage import directory
from app.storage.database import Database
from app.storage.tenancy import APP_ROLE
from tests.databases import fresh
from tests.services.stored import caller, source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
COUNT = "select count(*) from organization"


@pytest.fixture(scope="module")
def store() -> Iterator[Database]:
    """Two workspaces with an organization each, of the same key."""
    with fresh("postgresql") as url:
        opened = Database(url)
        for name in ("ours", "theirs"):
            made = api_keys.from_the_shell(opened, name, "tests", ("admin",), NOW)
            assert made
            organizations.add(opened, caller(opened, name), source({"key": "acme", "name": name}), NOW)
        yield opened
        opened.close()


def counted(store: Database, workspace: str | None, statement: str = COUNT) -> int:
    """What a raw statement counts in a transaction with that setting: no filter of ours helps it."""
    with store.connection() as connection:
        if workspace is not None:
            connection.execute(text("select set_config('app.workspace', :workspace, true)"), {"workspace": workspace})
        return int(connection.execute(text(statement)).scalar_one())


def id_of(store: Database, name: str) -> str:
    return {known: id_ for id_, known in directory.workspaces(store)}[name]


@pytest.mark.slow
def test_we_work_as_a_role_that_owns_nothing(store: Database) -> None:
    """Superusers and owners see everything, policies or not."""
    with store.connection() as connection:
        me, may = connection.execute(
            text("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        ).one()
        owned = connection.execute(
            text("select count(*) from pg_class where relowner = current_user::regrole")
        ).scalar_one()

    assert (me, may, owned) == (APP_ROLE, False, 0)


@pytest.mark.slow
def test_the_owner_is_bound_as_well() -> None:
    """Whoever migrates is no way round: security is forced upon the owner of the tables."""
    with fresh("postgresql") as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            owner = connection.execute(text("select rolname from pg_roles where rolname = current_user")).scalar_one()
            forced = connection.execute(text("select relforcerowsecurity from pg_class where relname = 'organization'"))
            assert (owner != APP_ROLE, forced.scalar_one()) == (True, True)
        engine.dispose()


@pytest.mark.slow
def test_the_workspace_ends_with_its_transaction(store: Database) -> None:
    """A plain SET would live on for whoever borrows the connection next."""
    assert counted(store, id_of(store, "ours")) == 1

    assert counted(store, None) == 0


def test_the_workspace_holds_for_every_statement_of_a_transaction(store: Database) -> None:
    """With a commit after each statement the setting would be gone at the second one."""
    with store.connection() as connection:
        connection.execute(text("select set_config('app.workspace', :w, true)"), {"w": id_of(store, "ours")})
        counts = [connection.execute(text(COUNT)).scalar_one() for _ in range(2)]

    assert counts == [1, 1]


def test_no_view_looks_past_the_policies(store: Database) -> None:
    """A view works with the rights of its owner unless it says otherwise; there is none."""
    views = "select count(*) from pg_views where schemaname = current_schema()"

    assert counted(store, None, views) == 0


def test_a_key_that_is_taken_elsewhere_is_free_here(store: Database) -> None:
    """A unique index without the workspace would tell of others by refusing."""
    added = organizations.add(store, caller(store, "third"), source({"key": "acme", "name": "Third"}), NOW)

    assert added.key == "acme"


def test_an_empty_setting_is_nobodys(store: Database) -> None:
    """Once a connection had the setting it reads as empty, not as null."""
    counted(store, id_of(store, "ours"))

    assert counted(store, "") == 0


@pytest.mark.slow
def test_a_workspace_is_a_value_and_never_part_of_a_statement(store: Database) -> None:
    """SET takes no parameters; set_config does."""
    with store.reading("x'; set role postgres; --") as tx:
        from app.storage.organizations import OrganizationRow

        assert tx.count(OrganizationRow) == 0


@pytest.mark.slow
def test_nothing_is_seen_of_others_with_our_own_filters_off(store: Database) -> None:
    """Reading, changing and deleting by raw statements stay in the workspace; writing into another one is refused."""
    ours, theirs = id_of(store, "ours"), id_of(store, "theirs")
    with store.connection(writes=True) as connection:
        connection.execute(text("select set_config('app.workspace', :w, true)"), {"w": ours})
        seen = connection.execute(text("select distinct workspace_id from revision")).scalars().all()
        changed = connection.execute(text("update organization set name = 'X' where workspace_id = :w"), {"w": theirs})
        deleted = connection.execute(text("delete from part where workspace_id = :w"), {"w": theirs})
        assert (list(seen), changed.rowcount, deleted.rowcount) == ([ours], 0, 0)

    with pytest.raises(Exception, match="row-level security"), store.connection(writes=True) as connection:
        connection.execute(text("select set_config('app.workspace', :w, true)"), {"w": ours})
        connection.execute(text("insert into audit_head values (:w, 1, 'x')"), {"w": theirs})
