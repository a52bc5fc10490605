"""Every row that a workspace has, as the database keeps it, read around the doors that the service uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, Table, TextClause, bindparam, select, text
from sqlmodel import SQLModel

from tests.http_client import Client

UNCOUNTED = {("api_key", "last_used_at")}
"""What changes although nothing was done: when a key was last used."""


def rows_of(client: Client) -> dict[str, Sequence[Row[Any]]]:
    """Table → rows of the client's workspace, in the order of their keys."""
    workspace = client.get("/v1/me").json()["workspace"]
    store = client.app.state.store
    with store.connection() as connection:
        if store.dialect == "postgresql":
            connection.execute(text("select set_config('app.workspace', :id, true)"), {"id": workspace})
        return {table: connection.execute(rows, {"id": workspace}).all() for table, rows in _statements().items()}


@cache
def _statements() -> dict[str, TextClause]:
    """Table → a statement for the rows that a workspace has in it; as text, so that values are left as they are kept."""
    return {
        table.name: text(str(_rows(table))) for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.c
    }


def _rows(table: Table) -> Select[Any]:
    columns = [column for column in table.c if (table.name, column.name) not in UNCOUNTED]
    return select(*columns).where(table.c.workspace_id == bindparam("id")).order_by(*table.primary_key)
