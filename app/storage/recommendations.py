"""Recommendations of stored analyses, and what people decided about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, or_
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, page_of
from app.storage.workspace import Owned, Transaction


class RecommendationRow(Owned, table=True):
    """A recommendation; `position` counts from the one to take up first, `bodies` has it whole, by language.

    `ground`: a mark of the findings that it answers and what they rest on; `status`: open, accepted or dismissed, and who decided so, when,
    why, and to which `revision` of the document it led, or into which scenario it went (`scenario_id`).

    `about`: a mark of the remedy and of the findings that it answers, whatever its patch is; `returned`: what was decided about one that
    was dismissed and is there again on other ground.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
        Index("recommendation_dismissed", "workspace_id", "organization_id", "id", "status"),
        Index("recommendation_about", "workspace_id", "organization_id", "about", "status"),
    )

    organization_id: str = Field(primary_key=True)
    analysis_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    position: int
    remedy: str
    effort: str
    severity_cleared: float
    ground: str
    bodies: Any = Field(sa_type=Json)
    status: str
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: str | None = None
    reason: str | None = None
    revision: int | None = None
    about: str = ""
    scenario_id: str | None = None
    returned: Any = Field(default=None, sa_type=Json)


def listed(tx: Transaction, organization_id: str, analysis_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of an analysis's recommendations."""
    return page_of(tx, LISTING, wanted, _r.organization_id == organization_id, _r.analysis_id == analysis_id)


def one(
    tx: Transaction, organization_id: str, analysis_id: str, id_: str, *, locked: bool = False
) -> RecommendationRow | None:
    """A recommendation of an analysis."""
    of = (_r.organization_id == organization_id, _r.analysis_id == analysis_id)
    return tx.one(RecommendationRow, *of, _r.id == id_, locked=locked)


def analyses_with(tx: Transaction, organization_id: str, id_: str) -> list[str]:
    """The ids of the analyses that recommend it, the newest first."""
    statement = tx.mine(RecommendationRow, _r.analysis_id).where(_r.organization_id == organization_id, _r.id == id_)
    return [row.analysis_id for row in tx.all(statement.order_by(_r.analysis_id.desc()))]


def dismissed(tx: Transaction, organization_id: str, ids: Collection[str], abouts: Collection[str]) -> list[Row[Any]]:
    """The dismissals of these recommendations, and of others that are about the same, in the organization's analyses, the last decision
    last."""
    columns = (_r.analysis_id, _r.id, _r.about, _r.ground, _r.decided_at, _r.decided_by, _r.reason)
    alike = or_(_r.id.in_(sorted(ids)), _r.about.in_(sorted(abouts)))
    statement = tx.mine(RecommendationRow, *columns).where(
        _r.organization_id == organization_id, _r.status == "dismissed", alike
    )
    return list(tx.all(statement.order_by(_r.decided_at)))


def accepted(tx: Transaction, organization_id: str) -> list[Row[Any]]:
    """The recommendations that were accepted in any of the organization's analyses, those of the newest first."""
    columns = (_r.analysis_id, _r.id, _r.remedy, _r.severity_cleared, _r.bodies)
    statement = tx.mine(RecommendationRow, *columns).where(
        _r.organization_id == organization_id, _r.status == "accepted"
    )
    return list(tx.all(statement.order_by(_r.analysis_id.desc(), _r.position)))


_r: Any = RecommendationRow

SHOWN = tuple(
    getattr(_r, name)
    for name in RecommendationRow.model_fields
    if name not in ("workspace_id", "organization_id", "analysis_id")
)

LISTING = Listing(
    RecommendationRow,
    shown=SHOWN,
    sort={"position": _r.position, "id": _r.id, "severity_cleared": _r.severity_cleared},
    total=("position", "id"),
    filters={"remedy": _r.remedy, "effort": _r.effort, "status": _r.status},
)
