"""Scenarios: named stacks of patches on a revision of an organization's document, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json, Packed
from app.storage.pages import Listing, created, page_of
from app.storage.workspace import Owned, Transaction


class ScenarioRow(Owned, table=True):
    """A scenario. `revision`: that of the document which it stands on; `patches`: the stack, each as `app.services.scenario_patches` keeps
    it; `body`: the document that they make, as JSON, whose hash is `content_hash`.

    `status`: open, promoted (into `promoted_revision`) or discarded, `decided_by` whom and when. `version` counts every write.
    """

    __tablename__ = "scenario"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("scenario_created", "workspace_id", "organization_id", "created_at", "id"),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    description: str | None = None
    status: str = "open"
    revision: int
    patches: Any = Field(sa_type=Json)
    patch_count: int = 0
    body: bytes = Field(sa_type=Packed)
    content_hash: str
    created_at: datetime = Field(sa_type=Instant)
    created_by: str
    updated_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: str | None = None
    promoted_revision: int | None = None
    version: int = 1
    searched: str


def listed(tx: Transaction, organization_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's scenarios, the newest first unless another order is wanted."""
    ordered = wanted.ordered_by("-created_at", "-id")
    return page_of(tx, LISTING, ordered, _s.organization_id == organization_id)


def scenario(tx: Transaction, organization_id: str, id_: str, *, locked: bool = False) -> ScenarioRow | None:
    """The scenario of that id."""
    return tx.one(ScenarioRow, _s.organization_id == organization_id, _s.id == id_, locked=locked)


_s: Any = ScenarioRow

SHORT = tuple(
    getattr(_s, name)
    for name in ScenarioRow.model_fields
    if name not in ("workspace_id", "organization_id", "patches", "body", "searched")
)

LISTING = Listing(
    ScenarioRow,
    shown=SHORT,
    sort={"id": _s.id, "created_at": _s.created_at, "updated_at": _s.updated_at, "name": _s.name},
    total=("id",),
    filters={"status": _s.status, "revision": _s.revision, **created(_s.created_at)},
    searched=(_s.searched,),
)
