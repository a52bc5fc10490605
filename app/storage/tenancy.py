"""What every step does for the isolation of workspaces on PostgreSQL; on SQLite there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op

APP_ROLE = "concord_app"
"""The role that the service works as on PostgreSQL: it owns nothing, so row-level security binds it."""


USABLE = f"""coalesce((
    select pg_has_role(oid, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
        and has_table_privilege(oid, to_regclass('alembic_version'), 'select')
    from pg_roles where rolname = '{APP_ROLE}'), false)"""
"""Whether we may work as that role, and it was given its rights in this database; as SQL."""


def make_app_role() -> None:
    """The role that the service works as: it signs in nowhere and owns nothing.

    Whoever may make no roles, and finds none that it may work as, does without: row-level security binds the owner of the tables as well.
    """
    if _on_postgresql():
        op.execute(
            f"""do $$ begin
                begin
                    create role {APP_ROLE} nologin noinherit;
                exception when duplicate_object or unique_violation or insufficient_privilege then null;
                end;
                begin
                    grant {APP_ROLE} to current_user;
                exception when insufficient_privilege or undefined_object then null;
                end;
                if exists (select from pg_roles where rolname = '{APP_ROLE}' and pg_has_role(oid, 'member')) then
                    execute format('grant usage on schema %I to {APP_ROLE}', current_schema());
                    grant select on alembic_version to {APP_ROLE};
                end if;
            end $$"""
        )


def open_table(table: str, rights: str) -> None:
    """A table that belongs to no workspace: the service may do this with it."""
    if _on_postgresql():
        _grant(table, rights)


def close_table(table: str, rights: str, or_else: str | None = None) -> None:
    """A table of workspaces: the service may do this with the rows of the transaction's workspace; `or_else` lets it see others, too.

    The setting is empty, not null, once a connection had one; no workspace has an empty id.
    """
    if _on_postgresql():
        order_texts(table)
        own = "workspace_id = current_setting('app.workspace', true)"
        seen = f"({own}) or ({or_else})" if or_else else own
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy workspace on {table} using ({own}) with check ({own})")
        if or_else:
            op.execute(f"create policy looked_up on {table} for select using ({seen})")
        _grant(table, rights)


def allow(table: str, rights: str) -> None:
    """The service may do this, too, with the rows of a table that it sees."""
    if _on_postgresql():
        _grant(table, rights)


def order_texts(table: str) -> None:
    """Order the texts of a table by their code points, as on SQLite: lists have one order whatever the database's language is, and indexes
    serve it. Tables that are closed have this; who adds a column to one says it again."""
    if _on_postgresql():
        op.execute(
            f"""do $$ declare member text; begin
                for member in select column_name from information_schema.columns
                    where table_schema = current_schema() and table_name = '{table}'
                        and data_type in ('text', 'character varying') and collation_name is distinct from 'C'
                loop execute format('alter table {table} alter column %I type text collate "C"', member); end loop;
            end $$"""
        )


@contextmanager
def every_row(*tables: str) -> Iterator[None]:
    """Within the block a step sees the rows of all workspaces in these tables, which it owns; nobody else does."""
    if _on_postgresql():
        for table in tables:
            op.execute(f"alter table {table} no force row level security")
    yield
    if _on_postgresql():
        for table in tables:
            op.execute(f"alter table {table} force row level security")


def drop_tables(*tables: str) -> None:
    """Drop tables, in this order."""
    for table in tables:
        op.drop_table(table)


def _grant(table: str, rights: str) -> None:
    """Let the role that the service works as do this with a table, where there is one."""
    op.execute(f"do $$ begin if {USABLE} then grant {rights} on {table} to {APP_ROLE}; end if; end $$")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
