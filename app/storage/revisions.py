"""Lists of the states that a document had; the states themselves are in `app.storage.documents`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from app.domain.pages import Found, Wanted
from app.storage.documents import RevisionRow
from app.storage.organizations import Organization
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Transaction


def listed(tx: Transaction, organization: Organization, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's revisions, without what they say."""
    return page_of(tx, LISTING, wanted, _r.organization_id == organization.id)


def in_short(tx: Transaction, organization: Organization, number: int) -> Row[Any] | None:
    """A revision as lists have it."""
    return tx.first(tx.mine(RevisionRow, *SHORT).where(*_that(organization, number)))


def changes(tx: Transaction, organization: Organization, number: int) -> Row[Any] | None:
    """The `changes` and the `patch` that led to a revision from the one before."""
    return tx.first(tx.mine(RevisionRow, _r.changes, _r.patch).where(*_that(organization, number)))


def _that(organization: Organization, number: int) -> tuple[Any, ...]:
    return _r.organization_id == organization.id, _r.number == number


_r: Any = RevisionRow

SHORT = (_r.number, _r.created_at, _r.actor, _r.action, _r.content_hash, _r.counts)

LISTING = Listing(
    RevisionRow,
    shown=SHORT,
    sort={"number": _r.number},
    total=("number",),
    filters={"actor": _r.actor, "action": _r.action, **created(_r.created_at)},
)
