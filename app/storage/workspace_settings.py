"""Settings of a workspace."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from app.storage.columns import Instant
from app.storage.workspace import Owned, Transaction


class WorkspaceSettingRow(Owned, table=True):
    """The settings. `four_eyes`: a rule is activated only when somebody else than its author approved it."""

    __tablename__ = "workspace_setting"

    four_eyes: bool = False
    version: int = 0
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str


def settings(tx: Transaction, *, locked: bool = False) -> WorkspaceSettingRow | None:
    """The settings; None where nothing was set."""
    return tx.one(WorkspaceSettingRow, locked=locked)
