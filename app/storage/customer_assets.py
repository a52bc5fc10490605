"""What an organization's customers bring, cost, and how long they stay, segment by segment: one record for each organization."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class CustomerAssetRow(Owned, table=True):
    """The record. `body`: as `app.services.customer_assets` keeps it; `version` counts every write."""

    __tablename__ = "customer_asset"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )

    organization_id: str = Field(primary_key=True)
    body: Any = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str
    version: int = 1


def customer_asset(tx: Transaction, organization_id: str, *, locked: bool = False) -> CustomerAssetRow | None:
    """The organization's record."""
    return tx.one(CustomerAssetRow, _c.organization_id == organization_id, locked=locked)


_c: Any = CustomerAssetRow
