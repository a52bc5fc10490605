"""Business cases of scenarios: what was assumed and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, case
from sqlmodel import Field

from app.storage.columns import Instant, Packed
from app.storage.pages import Listing, created
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Owned, Transaction


class BusinessCaseRow(Owned, table=True):
    """A business case. `revision`, `content_hash`: of the documents that were compared, the model's and the scenario's; `body`: as
    `app.services.business_cases` keeps it, as JSON; `version` counts every write."""

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
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str
    version: int = 1
    body: bytes = Field(sa_type=Packed)
    searched: str


def to_tell(tx: Transaction, organization_id: str, scenario_id: str | None = None) -> BusinessCaseRow | None:
    """The newest of a scenario; of none, that of the scenario that was promoted last, else the newest of any that is not discarded."""
    promoted = case((_s.status == "promoted", _s.decided_at), else_=0)
    same = (_s.organization_id == _b.organization_id) & (_s.id == _b.scenario_id)
    statement = tx.joined(tx.mine(BusinessCaseRow), ScenarioRow, same)
    wanted = _s.status != "discarded" if scenario_id is None else _s.id == scenario_id
    statement = statement.where(_b.organization_id == organization_id, wanted)
    found = tx.first(statement.order_by(promoted.desc(), _b.created_at.desc(), _b.id.desc()))
    return None if found is None else found[0]


_b: Any = BusinessCaseRow
_s: Any = ScenarioRow

LISTING = Listing(
    BusinessCaseRow,
    shown=(
        *(_b.id, _b.scenario_id, _b.name, _b.revision, _b.content_hash, _b.created_at, _b.created_by),
        *(_b.updated_at, _b.updated_by, _b.version),
    ),
    sort={"id": _b.id, "created_at": _b.created_at, "name": _b.name},
    total=("id",),
    filters={"scenario": _b.scenario_id, **created(_b.created_at)},
    searched=(_b.searched,),
)
