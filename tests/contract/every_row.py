"""Every row that a workspace has, read around the doors that the service uses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text
from sqlmodel import SQLModel

from tests.http_client import Client

UNCOUNTED = {("api_key", "last_used_at")}
"""What changes although nothing was done: when a key was last used."""


def rows_of(client: Client) -> dict[str, list[tuple[Any, ...]]]:
    """Table → rows of the client's workspace, in the order of their keys."""
    workspace = client.get("/v1/me").json()["workspace"]
    store = client.app.state.store
    found = {}
    with store.connection() as connection:
        if store.dialect == "postgresql":
            connection.execute(text("select set_config('app.workspace', :id, true)"), {"id": workspace})
        for table in SQLModel.metadata.sorted_tables:
            if "workspace_id" in table.c:
                columns = [column for column in table.c if (table.name, column.name) not in UNCOUNTED]
                rows = connection.execute(
                    select(*columns).where(table.c.workspace_id == workspace).order_by(*table.primary_key)
                )
                found[table.name] = [tuple(row) for row in rows]
    return found
