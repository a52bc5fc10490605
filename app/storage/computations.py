"""Computations, whatever was computed: each kind has a table of its own, and all are looked up in the same way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from app.domain.pages import Found, Wanted
from app.storage.pages import Listing, page_of
from app.storage.workspace import Owned, Transaction


def listed(tx: Transaction, listing: Listing, organization_id: str, wanted: Wanted, **about: str) -> Found[Row[Any]]:
    """A page of the organization's rows, or of those with this member, the newest first unless another order is wanted."""
    row: Any = listing.table
    only = [getattr(row, member) == id_ for member, id_ in about.items()]
    ordered = wanted.ordered_by("-created_at", "-id")
    return page_of(tx, listing, ordered, row.organization_id == organization_id, *only)


def computation(
    tx: Transaction, table: type[Owned], organization_id: str, id_: str, *, locked: bool = False
) -> Owned | None:
    """The row of that id."""
    row: Any = table
    return tx.one(table, row.organization_id == organization_id, row.id == id_, locked=locked)
