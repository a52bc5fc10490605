"""Plans that the optimiser made for analyses, never changed once they are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json, Packed
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


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


def listed(tx: Transaction, organization_id: str, wanted: Wanted, *, analysis_id: str | None = None) -> Found[Row[Any]]:
    """A page of the organization's plans, or of those for an analysis, the newest first unless another order is wanted."""
    ordered = wanted if wanted.sort else wanted._replace(sort=("-created_at", "-id"))
    of_analysis = [] if analysis_id is None else [_p.analysis_id == analysis_id]
    return page_of(tx, LISTING, ordered, _p.organization_id == organization_id, *of_analysis)


def plan(tx: Transaction, organization_id: str, id_: str) -> PlanRow | None:
    """The plan of that id."""
    return tx.one(PlanRow, _p.organization_id == organization_id, _p.id == id_)


_p: Any = PlanRow

LISTING = Listing(
    PlanRow,
    shown=(_p.id, _p.analysis_id, _p.created_at, _p.created_by, _p.language, _p.constraints, _p.change_count,
           _p.severity_before, _p.severity_after),
    sort={"id": _p.id, "created_at": _p.created_at, "severity_after": _p.severity_after},
    total=("id",),
    filters=created(_p.created_at),
)  # fmt: skip
