"""Assessments: what was answered to an instrument, at which time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class AssessmentRow(Owned, table=True):
    """An assessment. `answers`: those of people and of the model, as `app.services.assessments` keeps them.

    `summary`: what they come to, in short; `version` counts every write.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("assessment_created", "workspace_id", "organization_id", "created_at", "id"),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    instrument: str
    instrument_version: int
    name: str
    as_of: str
    answers: Any = Field(sa_type=Json)
    answer_count: int
    summary: Any = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str
    version: int = 1
    searched: str


def listed(tx: Transaction, organization_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's assessments, the newest first unless another order is wanted."""
    ordered = wanted.ordered_by("-created_at", "-id")
    return page_of(tx, LISTING, ordered, _a.organization_id == organization_id)


def assessment(tx: Transaction, organization_id: str, id_: str, *, locked: bool = False) -> AssessmentRow | None:
    """The assessment of that id."""
    return tx.one(AssessmentRow, _a.organization_id == organization_id, _a.id == id_, locked=locked)


def newest(tx: Transaction, organization_id: str) -> list[AssessmentRow]:
    """The newest assessment with each instrument."""
    statement = tx.mine(AssessmentRow).where(_a.organization_id == organization_id)
    rows = [row for (row,) in tx.all(statement.order_by(_a.created_at, _a.id))]
    return list({row.instrument: row for row in rows}.values())


def remove(tx: Transaction, organization_id: str, id_: str) -> None:
    """Delete the assessment of that id."""
    tx.run(tx.removing(AssessmentRow).where(_a.organization_id == organization_id, _a.id == id_))


_a: Any = AssessmentRow

SHORT = tuple(
    getattr(_a, name)
    for name in AssessmentRow.model_fields
    if name not in ("workspace_id", "organization_id", "answers", "searched")
)

LISTING = Listing(
    AssessmentRow,
    shown=SHORT,
    sort={"id": _a.id, "created_at": _a.created_at, "updated_at": _a.updated_at, "as_of": _a.as_of, "name": _a.name},
    total=("id",),
    filters={"instrument": _a.instrument, **created(_a.created_at)},
    searched=(_a.searched,),
)
