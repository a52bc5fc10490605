"""Business cases of scenarios: what was assumed and what came of it, never changed once it is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Packed
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class BusinessCaseRow(Owned, table=True):
    """A business case. `revision`, `content_hash`: of the documents that were compared, the model's and the scenario's; `body`: all that
    is answered of it, as JSON."""

    __tablename__ = "business_case"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "scenario_id"],
            ["scenario.workspace_id", "scenario.organization_id", "scenario.id"],
        ),
        Index("business_case_created", "workspace_id", "organization_id", "created_at", "id"),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    scenario_id: str
    name: str
    revision: int
    content_hash: str
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    body: bytes = Field(sa_type=Packed)
    searched: str


def listed(tx: Transaction, organization_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's business cases, the newest first unless another order is wanted."""
    ordered = wanted if wanted.sort else wanted._replace(sort=("-created_at", "-id"))
    return page_of(tx, LISTING, ordered, _b.organization_id == organization_id)


def business_case(tx: Transaction, organization_id: str, id_: str) -> BusinessCaseRow | None:
    """The business case of that id."""
    return tx.one(BusinessCaseRow, _b.organization_id == organization_id, _b.id == id_)


_b: Any = BusinessCaseRow

LISTING = Listing(
    BusinessCaseRow,
    shown=(_b.id, _b.scenario_id, _b.name, _b.revision, _b.content_hash, _b.created_at, _b.created_by),
    sort={"id": _b.id, "created_at": _b.created_at, "name": _b.name},
    total=("id",),
    filters={"scenario": _b.scenario_id, **created(_b.created_at)},
    searched=(_b.searched,),
)
