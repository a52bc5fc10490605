"""Organizations: the companies that a workspace analyses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Index, Row, bindparam, text, type_coerce
from sqlmodel import Field

from app.domain.pages import Found, Wanted, folded
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.prepared import Prepared
from app.storage.workspace import Glance, Owned, Transaction, adding, changing, rows_of


class OrganizationRow(Owned, table=True):
    """An organization; `revision` is the number of its last accepted change, `body` what its document says of it, `content_hash` that of
    the whole document. A deleted one keeps its row until it is purged."""

    __tablename__ = "organization"
    __table_args__ = (
        Index(
            "organization_key",
            "workspace_id",
            "key",
            unique=True,
            sqlite_where=text("deleted_at is null"),
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: str = Field(primary_key=True)
    key: str
    name: str
    industry: str | None = None
    revision: int
    body: Any = Field(default_factory=dict, sa_type=Json)
    content_hash: str = ""
    searched: str = ""
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


class Organization(NamedTuple):
    """An organization as its row says."""

    id: str
    key: str
    name: str
    industry: str | None
    revision: int
    body: Any
    content_hash: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


class State(NamedTuple):
    """Which of its states the document of an organization is in; `updated` is since when, as it is kept. Every accepted change leads to
    another one, and no two that there ever were are alike."""

    id: str
    revision: int
    content_hash: str
    updated: int


def add(tx: Transaction, organization: Organization) -> None:
    """Add an organization, which has no document yet."""
    tx.do(_ADD, **organization._asdict(), searched=folded(organization.key, organization.name))


def renew(
    tx: Transaction,
    organization: Organization,
    *,
    said: Mapping[str, Any],
    revision: int,
    content_hash: str,
    at: datetime,
) -> None:
    """Write what the document says now of the organization, and which document that is."""
    name, industry = said["name"], said.get("industry")
    tx.do(
        _RENEW,
        organization=organization.id,
        name=name,
        industry=industry,
        body=said,
        searched=folded(organization.key, name, industry),
        revision=revision,
        content_hash=content_hash,
        updated_at=at,
    )


def move_on(tx: Transaction, organization: Organization, *, revision: int, content_hash: str, at: datetime) -> None:
    """Write which document is the organization's now, where it says of the organization itself what it said."""
    tx.do(_MOVE_ON, organization=organization.id, revision=revision, content_hash=content_hash, updated_at=at)


def mark(tx: Transaction, organization: Organization, deleted_at: datetime | None) -> Organization:
    """Take the organization out of lists and look-ups, or with None put it there again; and how it is then."""
    tx.do(_MARK, organization=organization.id, deleted_at=deleted_at)
    return organization._replace(deleted_at=deleted_at)


def current(tx: Transaction, key: str, *, locked: bool = False) -> Organization | None:
    """The organization of that key that is not deleted; `locked` lets no other change of it begin."""
    return _made(tx.find(_CURRENT_LOCKED if locked else _CURRENT, key=key))


def with_id(tx: Transaction, id_: str, *, locked: bool = False) -> Organization | None:
    """The organization of that id; it may be deleted."""
    return _made(tx.find(_WITH_ID_LOCKED if locked else _WITH_ID, id=id_))


def state(tx: Transaction | Glance, key: str) -> State | None:
    """The state of the organization of that key that is not deleted."""
    row = tx.find(_STATE, organization=key)
    return None if row is None else State._make(row)


def deleted(tx: Transaction, key: str) -> list[Organization]:
    """The deleted organizations of that key, the last one last."""
    found = tx.mine(OrganizationRow, *_WHOLE).where(_c.key == key, _c.deleted_at.is_not(None))
    return [Organization._make(row) for row in tx.all(found.order_by(_c.deleted_at, _c.id))]


def deleted_before(tx: Transaction, instant: datetime) -> list[Organization]:
    """The organizations that were deleted by then."""
    found = tx.mine(OrganizationRow, *_WHOLE).where(_c.deleted_at <= instant)
    return [Organization._make(row) for row in tx.all(found.order_by(_c.id))]


def _made(row: Any | None) -> Organization | None:
    return None if row is None else Organization._make(row)


def listed(
    tx: Transaction, wanted: Wanted, *, only: Collection[str] | None, deleted_since: datetime | None = None
) -> Found[Row[Any]]:
    """A page of the organizations; with an instant, of those that were deleted, and not before it. `only`: keys of those that may be seen,
    None for all."""
    there = _c.deleted_at.is_(None) if deleted_since is None else _c.deleted_at > deleted_since
    seen = () if only is None else (_c.key.in_(only),)
    return page_of(tx, LISTING, wanted, there, *seen)


_c: Any = OrganizationRow

_WHOLE = tuple(getattr(_c, name) for name in Organization._fields)

_OF_KEY = rows_of(OrganizationRow, *_WHOLE).where(_c.key == bindparam("key"), _c.deleted_at.is_(None))
_OF_ID = rows_of(OrganizationRow, *_WHOLE).where(_c.id == bindparam("id"))
_CURRENT, _CURRENT_LOCKED = Prepared(_OF_KEY), Prepared(_OF_KEY.with_for_update())
_WITH_ID, _WITH_ID_LOCKED = Prepared(_OF_ID), Prepared(_OF_ID.with_for_update())
STATE = (_c.id, _c.revision, _c.content_hash, type_coerce(_c.updated_at, BigInteger).label("updated"))
"""The columns of a state."""
THAT_ONE = (_c.key == bindparam("organization"), _c.deleted_at.is_(None))
"""What the organization of a key meets that is not deleted."""
_STATE = Prepared(rows_of(OrganizationRow, *STATE).where(*THAT_ONE))
_ADD = adding(OrganizationRow)
_ITSELF = _c.id == bindparam("organization")
_RENEW = changing(
    OrganizationRow, ("name", "industry", "body", "searched", "revision", "content_hash", "updated_at"), _ITSELF
)
_MOVE_ON = changing(OrganizationRow, ("revision", "content_hash", "updated_at"), _ITSELF)
_MARK = changing(OrganizationRow, ("deleted_at",), _ITSELF)

LISTING = Listing(
    OrganizationRow,
    shown=(_c.id, _c.key, _c.body, _c.revision, _c.content_hash, _c.created_at, _c.updated_at, _c.deleted_at),
    sort={"key": _c.key, "id": _c.id, "name": _c.name, "created_at": _c.created_at, "updated_at": _c.updated_at},
    total=("key", "id"),
    filters={"key": _c.key, "industry": _c.industry, **created(_c.created_at)},
    searched=(_c.searched,),
)
