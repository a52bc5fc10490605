"""Things of which an organization has one: what its customers bring and how long they stay, and its roadmap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.workspace import Owned, Transaction


class SoleRecordRow(Owned):
    """What all of them are. `body`: as the service of the thing keeps it; `version` counts every write."""

    organization_id: str = Field(primary_key=True)
    body: Any = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str
    version: int = 1


R = TypeVar("R", bound=SoleRecordRow)


def _of_organization() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"])


class CustomerAssetRow(SoleRecordRow, table=True):
    """What customers bring, cost, and how long they stay, segment by segment."""

    __tablename__ = "customer_asset"
    __table_args__ = (_of_organization(),)


class RoadmapRow(SoleRecordRow, table=True):
    """The action items of the road, how far each is, who owns it."""

    __tablename__ = "roadmap"
    __table_args__ = (_of_organization(),)


def sole(tx: Transaction, table: type[R], organization_id: str, *, locked: bool = False) -> R | None:
    """The one that the organization has, None where it has none."""
    return tx.one(table, _of(table, organization_id), locked=locked)


def put(
    tx: Transaction,
    table: type[R],
    organization_id: str,
    before: R | None,
    body: Mapping[str, Any],
    actor: str,
    at: datetime,
) -> R:
    """Write it. `before`: the one that was there, as it was read."""
    if before is None:
        made = table(
            workspace_id=tx.workspace,
            organization_id=organization_id,
            body=body,
            created_at=at,
            created_by=actor,
            updated_at=at,
            updated_by=actor,
        )
        return tx.add(made)
    before.body, before.version, before.updated_at, before.updated_by = body, before.version + 1, at, actor
    tx.save()
    return before


def remove(tx: Transaction, table: type[SoleRecordRow], organization_id: str) -> None:
    """Delete the one that the organization has."""
    tx.run(tx.removing(table).where(_of(table, organization_id)))


def _of(table: Any, organization_id: str) -> Any:
    return table.organization_id == organization_id
