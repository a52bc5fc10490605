"""Plans that the optimiser made for analyses, never changed once they are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json, Packed
from app.storage.pages import Listing, created
from app.storage.workspace import Owned


class PlanRow(Owned, table=True):
    """A plan for the document of an analysis, told in a `language`.

    `constraints`: what it kept to; `steps`: for each point of its front the patches that lead there; `body`: all that is answered of it, as
    JSON; severities are sums at medium and above.
    """

    __tablename__ = "optimised_plan"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    analysis_id: str
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    language: str
    constraints: Any = Field(sa_type=Json)
    change_count: int
    severity_before: float
    severity_after: float
    steps: bytes = Field(sa_type=Packed)
    body: bytes = Field(sa_type=Packed)


_p: Any = PlanRow

LISTING = Listing(
    PlanRow,
    shown=(_p.id, _p.analysis_id, _p.created_at, _p.created_by, _p.language, _p.constraints, _p.change_count,
           _p.severity_before, _p.severity_after),
    sort={"id": _p.id, "created_at": _p.created_at, "severity_after": _p.severity_after},
    total=("id",),
    filters=created(_p.created_at),
)  # fmt: skip
