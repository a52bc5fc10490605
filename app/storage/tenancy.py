"""What every step does for the isolation of workspaces on PostgreSQL; on SQLite there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op

APP_ROLE = "concord_app"
"""The role that the service works as on PostgreSQL: it owns nothing, so row-level security binds it."""


def make_app_role() -> None:
    """The role that the service works as: it signs in nowhere and owns nothing."""
    if _on_postgresql():
        op.execute(
            f"""do $$ begin
                create role {APP_ROLE} nologin noinherit;
            exception when duplicate_object or unique_violation then null;
            end $$"""
        )
        op.execute(f"grant {APP_ROLE} to current_user")
        op.execute(f"do $$ begin execute format('grant usage on schema %I to {APP_ROLE}', current_schema()); end $$")
        op.execute(f"grant select on alembic_version to {APP_ROLE}")


def open_table(table: str, rights: str) -> None:
    """A table that belongs to no workspace: the service may do this with it."""
    if _on_postgresql():
        op.execute(f"grant {rights} on {table} to {APP_ROLE}")


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
        op.execute(f"grant {rights} on {table} to {APP_ROLE}")


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


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
