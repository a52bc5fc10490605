"""Settings of a workspace: what holds for everybody in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.instants import written
from app.storage import audit_events, workspace_settings
from app.storage.database import Database
from app.storage.workspace import Transaction
from app.storage.workspace_settings import WorkspaceSettingRow


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """The settings. `four_eyes`: a rule is activated only when somebody else than its author approved it."""

    four_eyes: bool = False
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""

    @property
    def tag(self) -> str:
        """Their entity tag, without quotes."""
        return f"v{self.version}-workspace"

    @property
    def shown(self) -> dict[str, Any]:
        """They as the API shows them."""
        changed = {"updated_at": written(self.updated_at), "updated_by": self.updated_by} if self.updated_at else {}
        return {"four_eyes": self.four_eyes, **changed}


def get(store: Database, caller: Caller) -> WorkspaceSettings:
    """The settings of the workspace."""
    with store.reading(caller.workspace) as tx:
        return _shown(workspace_settings.settings(tx))


def replace(
    store: Database, caller: Caller, *, four_eyes: bool, now: datetime, condition: Condition, dry_run: bool = False
) -> WorkspaceSettings:
    """Set them. Raises Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        tx.alone("workspace-settings")
        row = workspace_settings.settings(tx, locked=True)
        condition.check(_shown(row).tag)
        if row is None:
            row = tx.add(WorkspaceSettingRow(workspace_id=tx.workspace, updated_at=now, updated_by=caller.actor))
        if row.four_eyes != four_eyes:
            row.four_eyes, row.version = four_eyes, row.version + 1
            row.updated_at, row.updated_by = now, caller.actor
            tx.save()
            audit_events.record(tx, caller, at=now, action="workspace_settings.replaced", target="workspace-settings")
        return _shown(row)


def asks_four_eyes(tx: Transaction) -> bool:
    """Whether a rule is activated only when somebody else than its author approved it."""
    row = workspace_settings.settings(tx)
    return row is not None and row.four_eyes


def _shown(row: WorkspaceSettingRow | None) -> WorkspaceSettings:
    if row is None:
        return WorkspaceSettings()
    return WorkspaceSettings(row.four_eyes, row.version, row.updated_at, row.updated_by)
