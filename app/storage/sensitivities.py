"""How far analyses were found to stand in samples of strengths, never changed once it is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Packed
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class SensitivityRow(Owned, table=True):
    """What came of samples for an analysis; `body`: all that is answered of it, as JSON."""

    __tablename__ = "sensitivity"
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
    samples: int
    seed: int
    body: bytes = Field(sa_type=Packed)


def listed(tx: Transaction, organization_id: str, wanted: Wanted, *, analysis_id: str | None = None) -> Found[Row[Any]]:
    """A page of what there is for the organization, or for an analysis, the newest first unless another order is wanted."""
    ordered = wanted if wanted.sort else wanted._replace(sort=("-created_at", "-id"))
    of_analysis = [] if analysis_id is None else [_s.analysis_id == analysis_id]
    return page_of(tx, LISTING, ordered, _s.organization_id == organization_id, *of_analysis)


def sensitivity(tx: Transaction, organization_id: str, id_: str) -> SensitivityRow | None:
    """What came of the samples of that id."""
    return tx.one(SensitivityRow, _s.organization_id == organization_id, _s.id == id_)


_s: Any = SensitivityRow

LISTING = Listing(
    SensitivityRow,
    shown=(_s.id, _s.analysis_id, _s.created_at, _s.created_by, _s.samples, _s.seed),
    sort={"id": _s.id, "created_at": _s.created_at},
    total=("id",),
    filters=created(_s.created_at),
)
