"""The roadmap of an organization: its action items, how far each is, who owns it. One for each organization."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class RoadmapRow(Owned, table=True):
    """The roadmap. `body`: as `app.services.roadmaps` keeps it; `version` counts every write."""

    __tablename__ = "roadmap"
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


def roadmap(tx: Transaction, organization_id: str, *, locked: bool = False) -> RoadmapRow | None:
    """The organization's roadmap."""
    return tx.one(RoadmapRow, _r.organization_id == organization_id, locked=locked)


_r: Any = RoadmapRow
