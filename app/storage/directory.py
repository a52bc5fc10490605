"""What is looked up before a workspace is known: workspaces by name, keys by their look-up part.

Beside `app.storage.schema` the only place with statements outside of a workspace's transaction. On PostgreSQL a key can be read here
because the transaction says which one it looks for (`app.lookup`), and sees no other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, text

from app.domain.access import Scope
from app.storage.api_keys import ApiKeyRow
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.sign_in_links import SignInLinkRow
from app.storage.workspaces import WorkspaceRow


class KeyFound(NamedTuple):
    """What is known of a key by its look-up part."""

    workspace: str
    id: str
    name: str
    hash: bytes
    scopes: list[Scope]
    organizations: list[str] | None
    networks: list[str] | None
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class LinkFound(NamedTuple):
    """What is known of a sign-in link by its hash."""

    workspace: str
    id: str
    expires_at: datetime
    used_at: datetime | None


def find_key(database: Database, lookup: str) -> KeyFound | None:
    """The key with this look-up part."""
    with database.connection() as connection:
        if database.dialect == "postgresql":
            connection.execute(_SET_LOOKUP, {"lookup": lookup})
        row = connection.execute(_FIND_KEY, {"sought": lookup}).first()
    return KeyFound._make(row) if row else None


def find_link(database: Database, hash_: str) -> LinkFound | None:
    """The sign-in link with this hash."""
    with database.connection() as connection:
        if database.dialect == "postgresql":
            connection.execute(_SET_LOOKUP, {"lookup": hash_})
        columns = (_l.workspace_id, _l.id, _l.expires_at, _l.used_at)
        row = connection.execute(select(*columns).where(_l.hash == hash_)).first()
    return LinkFound._make(row) if row else None


def make_first(database: Database, name: str, at: datetime) -> str | None:
    """Make the first workspace of an empty database and return its id; None when there are workspaces already."""
    with database.connection(writes=True) as connection:
        _alone(database, connection)
        if connection.execute(select(_w.id).limit(1)).scalar() is not None:
            return None
        return _make(connection, name, at)


def find_workspace(database: Database, name: str) -> str | None:
    """The id of the workspace of that name."""
    with database.connection() as connection:
        return connection.execute(select(_w.id).where(_w.name == name)).scalar()


def workspaces(database: Database) -> list[tuple[str, str]]:
    """Id and name of every workspace, in the order of their names."""
    with database.connection() as connection:
        rows = connection.execute(select(_w.id, _w.name).order_by(_w.name))
        return [(id_, name) for id_, name in rows]


def workspace_named(database: Database, name: str, at: datetime) -> str:
    """The id of the workspace of that name; it is made when there is none."""
    with database.connection(writes=True) as connection:
        _alone(database, connection)
        known = connection.execute(select(_w.id).where(_w.name == name)).scalar()
        if known is not None:
            return str(known)
        return _make(connection, name, at)


def _alone(database: Database, connection: Connection) -> None:
    """Nobody else makes a workspace until the transaction ends."""
    if database.dialect == "postgresql":
        connection.execute(text("lock table workspace in share row exclusive mode"))


def _make(connection: Connection, name: str, at: datetime) -> str:
    id_ = new_id("wsp", at)
    connection.execute(insert(WorkspaceRow).values(id=id_, name=name, created_at=at))
    return id_


_w: Any = WorkspaceRow
_k: Any = ApiKeyRow
_l: Any = SignInLinkRow
_SET_LOOKUP = text("select set_config('app.lookup', :lookup, true)")
_FIND_KEY = select(
    _k.workspace_id,
    _k.id,
    _k.name,
    _k.hash,
    _k.scopes,
    _k.organizations,
    _k.networks,
    _k.expires_at,
    _k.revoked_at,
    _k.last_used_at,
).where(_k.lookup == bindparam("sought"))
