"""How far analyses were found to stand in samples of strengths, never changed once it is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Packed
from app.storage.pages import Listing, created
from app.storage.workspace import Owned


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


_s: Any = SensitivityRow

LISTING = Listing(
    SensitivityRow,
    shown=(_s.id, _s.analysis_id, _s.created_at, _s.created_by, _s.samples, _s.seed),
    sort={"id": _s.id, "created_at": _s.created_at},
    total=("id",),
    filters=created(_s.created_at),
)
