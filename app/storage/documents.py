"""Documents: every accepted state of an organization's model, and the current parts of it as rows that are looked up and paged through."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Text, bindparam, text, type_coerce
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json, Packed
from app.storage.ids import new_id
from app.storage.organizations import STATE, THAT_ONE, Organization, OrganizationRow, State
from app.storage.pages import Listing, created, page_of
from app.storage.prepared import Prepared
from app.storage.workspace import Glance, Owned, Transaction, adding, changing, rows_of


def _of_organization() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"])


class RevisionRow(Owned, table=True):
    """An accepted state of the document: who, when, what, and the document itself as JSON. `counts`: how many parts changed how."""

    __tablename__ = "revision"
    __table_args__ = (_of_organization(),)

    organization_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    created_at: datetime = Field(sa_type=Instant)
    actor: str
    action: str
    content_hash: str
    changes: Any = Field(sa_type=Json)
    patch: Any = Field(sa_type=Json)
    counts: Any = Field(sa_type=Json)
    body: bytes = Field(sa_type=Packed)


class PartRow(Owned, table=True):
    """One item of one of the document's lists, as it stands in the current document, or as it stood when it was deleted."""

    __tablename__ = "part"
    __table_args__ = (
        _of_organization(),
        Index(
            "part_key",
            "workspace_id",
            "organization_id",
            "list",
            "key",
            unique=True,
            sqlite_where=text("deleted_at is null"),
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: str = Field(primary_key=True)
    organization_id: str
    list: str
    key: str
    name: str
    department: str | None = None
    body: Any = Field(sa_type=Json)
    searched: str = ""
    revision: int
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


class Stored(NamedTuple):
    """A state of the document as it was accepted."""

    number: int
    content_hash: str
    at: datetime
    actor: str
    raw: dict[str, Any]


class Written(NamedTuple):
    """The same; `body` is what is kept of the document, JSON."""

    number: int
    content_hash: str
    at: datetime
    actor: str
    body: bytes

    @property
    def read(self) -> Stored:
        """The state with what the document says."""
        return Stored(*self[:4], raw=json.loads(self.body))


def standing(tx: Transaction, organization: Organization) -> Stored:
    """The document as it stands of an organization that has one: all but those that are just being made."""
    return standing_as_written(tx, organization).read


def standing_as_written(tx: Transaction, organization: Organization) -> Written:
    """The same, as the bytes that are kept of it."""
    row = tx.find(_AT_REVISION, organization=organization.id, number=organization.revision)
    assert row is not None
    return Written._make(row)


def latest(tx: Transaction, organization: Organization) -> Stored | None:
    """The organization's document as it stands, None before its first."""
    return at_revision(tx, organization, organization.revision)


def at_revision(tx: Transaction, organization: Organization, number: int) -> Stored | None:
    """A state that the document had."""
    row = tx.find(_AT_REVISION, organization=organization.id, number=number)
    return None if row is None else Written._make(row).read


def add_revision(tx: Transaction, organization: Organization, **values: Any) -> None:
    """Add an accepted state; the values are the columns of its row."""
    tx.do(_ADD_REVISION, organization_id=organization.id, **values)


def add_part(
    tx: Transaction,
    organization: Organization,
    list_: str,
    key: str,
    shown: Mapping[str, Any],
    revision: int,
    at: datetime,
) -> None:
    """Add a part that the document has not had yet."""
    times = {"created_at": at, "updated_at": at, "deleted_at": None}
    own = {"id": new_id("prt", at), "organization_id": organization.id, "list": list_, "key": key}
    tx.do(_ADD_PART, **own, **shown, revision=revision, **times)


def mark_deleted(tx: Transaction, organization: Organization, list_: str, keys: Sequence[str], at: datetime) -> None:
    """Take parts out of lists and look-ups; their rows stay until they are purged."""
    tx.run(tx.changing(PartRow).where(*_current(organization, list_), _p.key.in_(keys)).values(deleted_at=at))


def change_part(
    tx: Transaction,
    organization: Organization,
    list_: str,
    key: str,
    shown: Mapping[str, Any],
    revision: int,
    at: datetime,
) -> None:
    """Write what a part says now."""
    values = {**shown, "revision": revision, "updated_at": at}
    tx.do(_CHANGE_PART, organization=organization.id, part_list=list_, part_key=key, **values)


def bring_back(tx: Transaction, deleted: PartRow, shown: Mapping[str, Any], revision: int, at: datetime) -> None:
    """Put a deleted part into lists and look-ups again, as the one that it was."""
    values = {**shown, "revision": revision, "updated_at": at, "deleted_at": None}
    tx.run(tx.changing(PartRow).where(_p.id == deleted.id).values(**values))


def last_deleted(tx: Transaction, organization: Organization, list_: str, key: str, since: datetime) -> PartRow | None:
    """The part of that key that was deleted last, and not before an instant."""
    row = tx.first(
        tx.mine(PartRow, _p.id)
        .where(*_gone(organization, list_, since), _p.key == key)
        .order_by(_p.deleted_at.desc(), _p.id.desc())
    )
    return None if row is None else tx.one(PartRow, _p.id == row.id)


def erase_deleted_before(tx: Transaction, instant: datetime) -> int:
    """Erase the parts that were deleted by then, and tell how many there were."""
    return _erase(tx, _p.deleted_at <= instant)


def erase_parts(tx: Transaction, organization: Organization, list_: str, key: str) -> int:
    """Erase the rows of the deleted parts of that key, and tell how many there were."""
    of_key = (_p.organization_id == organization.id, _p.list == list_, _p.key == key, _p.deleted_at.is_not(None))
    return _erase(tx, *of_key)


def listed_deleted(
    tx: Transaction, organization: Organization, list_: str, wanted: Wanted, *, since: datetime
) -> Found[Any]:
    """A page of the parts of a list that were deleted, and not before an instant."""
    return page_of(tx, DELETED_PARTS, wanted, organization=organization.id, list=list_, since=since)


def listed_as_texts(tx: Transaction, organization: Organization, list_: str, wanted: Wanted) -> Found[Any]:
    """A page of the parts of a list, what each says as the text of its JSON, and instants as they are kept."""
    return page_of(tx, PARTS, wanted, organization=organization.id, list=list_)


def glanced_as_texts(glance: Glance, organization: str, list_: str, wanted: Wanted) -> tuple[State, Found[Any]] | None:
    """The same of the organization of a key, and the state that it shows; None where there are no such parts. What is wanted is plain."""
    found = page_of(glance, PARTS_OF_KEY, wanted, organization=organization, list=list_)
    if not found.items:
        return None
    first = found.items[0]
    return State(*(getattr(first, f"of_{name}") for name in State._fields)), found


def part_of(glance: Glance, organization: str, list_: str, key: str) -> Any | None:
    """A part, as it stands, of the organization of a key that is not deleted: what there is to see of it."""
    return glance.find(_PART_OF, organization=organization, list=list_, key=key)


def text_of(glance: Glance, organization: str, list_: str, key: str) -> Any | None:
    """The same, what it says as the text of its JSON, and instants as they are kept."""
    return glance.find(_TEXT_OF, organization=organization, list=list_, key=key)


def part(tx: Transaction, organization: Organization, list_: str, key: str) -> Any | None:
    """The same of an organization that was found already."""
    return tx.find(_PART, organization=organization.id, list=list_, key=key)


def _current(organization: Organization, list_: str) -> tuple[Any, ...]:
    return _p.organization_id == organization.id, _p.list == list_, _p.deleted_at.is_(None)


def _erase(tx: Transaction, *conditions: Any) -> int:
    count = tx.count(PartRow, *conditions)
    tx.run(tx.removing(PartRow).where(*conditions))
    return count


def _gone(organization: Organization, list_: str, since: datetime) -> tuple[Any, ...]:
    return _p.organization_id == organization.id, _p.list == list_, _p.deleted_at > since


_r: Any = RevisionRow
_p: Any = PartRow

_AT_REVISION = Prepared(
    rows_of(RevisionRow, _r.number, _r.content_hash, _r.created_at, _r.actor, _r.body).where(
        _r.organization_id == bindparam("organization"), _r.number == bindparam("number")
    )
)
_ADD_REVISION = adding(RevisionRow)

_AS_TEXT = (
    _p.key,
    type_coerce(_p.body, Text).label("body"),
    _p.revision,
    type_coerce(_p.created_at, BigInteger).label("created"),
    type_coerce(_p.updated_at, BigInteger).label("updated"),
)
_OF_KEY = (_p.list == bindparam("list"), _p.key == bindparam("key"), _p.deleted_at.is_(None))
_ONE_PART = rows_of(PartRow, _p.key, _p.body, _p.revision, _p.created_at, _p.updated_at, _p.deleted_at).where(*_OF_KEY)
_PART = Prepared(_ONE_PART.where(_p.organization_id == bindparam("organization")))
_THAT_ORGANIZATION = rows_of(OrganizationRow, OrganizationRow.id).where(*THAT_ONE).scalar_subquery()
_PART_OF = Prepared(_ONE_PART.where(_p.organization_id == _THAT_ORGANIZATION))
_TEXT_OF = Prepared(rows_of(PartRow, *_AS_TEXT).where(*_OF_KEY, _p.organization_id == _THAT_ORGANIZATION))
_ADD_PART = adding(PartRow)
_CHANGE_PART = changing(
    PartRow,
    ("name", "department", "body", "searched", "revision", "updated_at"),
    _p.organization_id == bindparam("organization"),
    _p.list == bindparam("part_list"),
    _p.key == bindparam("part_key"),
    _p.deleted_at.is_(None),
)

_OF_LIST = (_p.organization_id == bindparam("organization"), _p.list == bindparam("list"))

PARTS = Listing(
    PartRow,
    shown=_AS_TEXT,
    sort={"key": _p.key, "id": _p.id, "name": _p.name, "created_at": _p.created_at, "updated_at": _p.updated_at},
    total=("key", "id"),
    filters={"key": _p.key, "department": _p.department, **created(_p.created_at)},
    searched=(_p.searched,),
    where=(*_OF_LIST, _p.deleted_at.is_(None)),
)
DELETED_PARTS = replace(
    PARTS,
    shown=(_p.key, _p.body, _p.revision, _p.created_at, _p.updated_at, _p.deleted_at),
    where=(*_OF_LIST, _p.deleted_at > bindparam("since")),
)
_ITS_STATE = tuple(
    rows_of(OrganizationRow, column).where(*THAT_ONE).scalar_subquery().label(f"of_{name}")
    for name, column in zip(State._fields, STATE, strict=True)
)
PARTS_OF_KEY = replace(
    PARTS,
    shown=(*_AS_TEXT, *_ITS_STATE),
    where=(_p.organization_id == _THAT_ORGANIZATION, _p.list == bindparam("list"), _p.deleted_at.is_(None)),
)
