"""Erasing: what was deleted long enough ago goes for good, and previews of imports that are out of date; an organization goes with every
row that is about it."""

from __future__ import annotations

from datetime import datetime

from app.domain import imports as previews
from app.domain.deletion import kept_since
from app.storage import claims, directory, documents, imports, organizations
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.tables import erase_organization
from app.storage.workspace import Transaction


def erase(tx: Transaction, organization: Organization) -> None:
    """Erase the organization and all that is about it. Audit events stay, which hold no more than keys and hashes."""
    erase_organization(tx, organization.id)
    claims.forget(tx, organization.key)


def erase_due(store: Database, now: datetime) -> int:
    """Erase in every workspace what was deleted, and what was previewed, longer ago than it is kept; tell how many things that were."""
    count = 0
    for workspace, _ in directory.workspaces(store):
        with store.writing(workspace) as tx:
            count += erase_due_in(tx, now)
    return count


def erase_due_in(tx: Transaction, now: datetime) -> int:
    """The same in the workspace of a transaction."""
    gone = organizations.deleted_before(tx, kept_since(now))
    for organization in gone:
        erase(tx, organization)
    parts = documents.erase_deleted_before(tx, kept_since(now))
    return len(gone) + parts + imports.erase_made_before(tx, previews.kept_since(now))
