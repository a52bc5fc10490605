"""What is looked up before a workspace is known: workspaces by name, keys by their look-up part, what is due in which workspace.

Beside `app.storage.schema` the only place with statements outside of a workspace's transaction. On PostgreSQL a key can be read here
because the transaction says which one it looks for (`app.lookup`), and sees no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, text, update

from app.domain.access import Scope
from app.domain.jobs import LONGEST_LEASE
from app.storage.api_keys import ApiKeyRow
from app.storage.database import Database
from app.storage.due import DueRow, Kind
from app.storage.embed_tokens import EmbedTokenRow
from app.storage.ids import new_id
from app.storage.leases import LeaseRow
from app.storage.prepared import Prepared
from app.storage.sessions import SessionRow
from app.storage.sign_in_links import SignInLinkRow
from app.storage.workspace import Transaction
from app.storage.workspaces import WorkspaceRow

T = TypeVar("T")


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


class EmbedFound(NamedTuple):
    """What is known of an embed's token by its id."""

    workspace: str
    view: str
    allowed_origins: list[str]


class SessionFound(NamedTuple):
    """What is known of a session by its hash."""

    workspace: str
    key_id: str | None
    subject: str | None
    name: str | None
    scopes: list[Scope] | None
    expires_at: datetime


def find_key(database: Database, lookup: str) -> KeyFound | None:
    """The key with this look-up part."""
    rows = database.look_up(_FIND_KEY, lookup)
    return KeyFound._make(rows[0]) if rows else None


def find_link(database: Database, hash_: str) -> LinkFound | None:
    """The sign-in link with this hash."""
    with database.connection() as connection:
        if database.dialect == "postgresql":
            connection.execute(_SET_LOOKUP, {"lookup": hash_})
        columns = (_l.workspace_id, _l.id, _l.expires_at, _l.used_at)
        row = connection.execute(select(*columns).where(_l.hash == hash_)).first()
    return LinkFound._make(row) if row else None


def find_embed(database: Database, id_: str) -> EmbedFound | None:
    """The token of an embed with this id."""
    rows = database.look_up(_FIND_EMBED, id_)
    return EmbedFound._make(rows[0]) if rows else None


def find_session(database: Database, hash_: str) -> SessionFound | None:
    """The session with this hash."""
    rows = database.look_up(_FIND_SESSION, hash_)
    return SessionFound._make(rows[0]) if rows else None


def make_first(database: Database, name: str, at: datetime, begin: Callable[[Transaction], T]) -> T | None:
    """Make the first workspace of an empty database with what `begin` puts there, all of it or nothing, and return what that returns; None
    when there are workspaces already."""
    id_ = new_id("wsp", at)
    with database.writing(id_) as tx:
        connection = tx.session.connection()
        _alone(database, connection)
        if connection.execute(select(_w.id).limit(1)).scalar() is not None:
            return None
        connection.execute(insert(WorkspaceRow).values(id=id_, name=name, created_at=at))
        return begin(tx)


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
        id_ = new_id("wsp", at)
        connection.execute(insert(WorkspaceRow).values(id=id_, name=name, created_at=at))
        return id_


def due(database: Database, kinds: Collection[Kind], now: datetime, most: int) -> list[tuple[str, Kind]]:
    """Workspaces in which work of these kinds is due, with the kind, those first that wait longest.

    Jobs are never due much later than now: those that are were asked for before the clock was set back.
    """
    with database.connection() as connection:
        _look_for_due(database, connection)
        is_due = or_(_d.at <= now, and_(_d.kind == "jobs", _d.at > now + LONGEST_LEASE))
        sought = select(_d.workspace_id, _d.kind).where(_d.kind.in_(kinds), is_due).order_by(_d.at).limit(most)
        return [(workspace, kind) for workspace, kind in connection.execute(sought)]


def never_due(database: Database, kind: Kind, most: int) -> list[str]:
    """Workspaces in which work of the kind was never noted as due."""
    with database.connection() as connection:
        _look_for_due(database, connection)
        known = select(_d.workspace_id).where(_d.kind == kind)
        return list(connection.execute(select(_w.id).where(_w.id.not_in(known)).limit(most)).scalars())


def lead(database: Database, holder: str, now: datetime, until: datetime) -> bool:
    """Become, or stay, the one who does the recurring work of this database until then; false while somebody else does it."""
    with database.connection(writes=True) as connection:
        free = or_(_e.holder == holder, _e.until <= now, _e.until > now + LONGEST_LEASE)
        taken = connection.execute(
            update(LeaseRow).where(_e.name == "recurring", free).values(holder=holder, until=until)
        )
        return taken.rowcount == 1


def _look_for_due(database: Database, connection: Connection) -> None:
    """What is due may be seen in all workspaces by a transaction that says it looks for nothing else."""
    if database.dialect == "postgresql":
        connection.execute(_SET_LOOKUP, {"lookup": "due"})


def _alone(database: Database, connection: Connection) -> None:
    """Nobody else makes a workspace until the transaction ends."""
    if database.dialect == "postgresql":
        connection.execute(text("lock table workspace in share row exclusive mode"))


_w: Any = WorkspaceRow
_k: Any = ApiKeyRow
_l: Any = SignInLinkRow
_d: Any = DueRow
_t: Any = EmbedTokenRow
_s: Any = SessionRow
_e: Any = LeaseRow
_SET_LOOKUP = text("select set_config('app.lookup', :lookup, true)")
_FIND_KEY = Prepared(
    select(
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
)
_FIND_SESSION = Prepared(
    select(_s.workspace_id, _s.key_id, _s.subject, _s.name, _s.scopes, _s.expires_at).where(
        _s.hash == bindparam("sought")
    )
)
_FIND_EMBED = Prepared(select(_t.workspace_id, _t.view, _t.allowed_origins).where(_t.id == bindparam("sought")))
