"""What an organization sets otherwise of rules, with reasons: switched off, graded otherwise, other parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.instants import written
from app.domain.read_only import without_read_only
from app.domain.rule_settings import as_written, rule_settings_from
from app.domain.rules.rule import rule_from
from app.services.organizations import existing, object_said
from app.storage import audit_events, rule_settings, rules
from app.storage.database import Database
from app.storage.rule_settings import RuleSettingRow
from app.storage.workspace import Transaction

READ_ONLY = ("updated_at", "updated_by")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The settings of an organization, by the id of the rule."""

    settings: dict[str, Any]
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""

    @property
    def tag(self) -> str:
        """Their entity tag, without quotes."""
        return f"v{self.version}-rules"

    @property
    def shown(self) -> dict[str, Any]:
        """They as the API shows them."""
        changed = {"updated_at": written(self.updated_at), "updated_by": self.updated_by} if self.updated_at else {}
        return {"rules": self.settings, **changed}


def get(store: Database, caller: Caller, organization: str) -> RuleSettings:
    """The settings of an organization. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _shown(rule_settings.of_organization(tx, existing(tx, caller, organization)))


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> RuleSettings:
    """Set them; what is not named holds as its rule says. Raises Missing, Changed, ConditionNeeded, DocumentInvalid with every fault."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        owner = existing(tx, caller, organization, locked=True)
        row = rule_settings.of_organization(tx, owner, locked=True)
        before = _shown(row)
        raw = without_read_only(object_said(said), before.shown, READ_ONLY)
        settings = as_written(rule_settings_from(raw, {**catalogue().rules, **_own(tx)}))
        condition.check(before.tag)
        if settings == before.settings:
            return before
        if row is None:
            made = RuleSettingRow(
                workspace_id=tx.workspace, organization_id=owner.id, updated_at=now, updated_by=caller.actor
            )
            row = tx.add(made)
        row.settings, row.version = settings, row.version + 1
        row.updated_at, row.updated_by = now, caller.actor
        tx.save()
        target = f"organizations/{organization}/rule-settings"
        audit_events.record(tx, caller, at=now, action="rule_settings.replaced", target=target)
        return _shown(row)


def _own(tx: Transaction) -> dict[str, Any]:
    return {id_: rule_from(row.body, own=True) for id_, row in rules.newest(tx).items()}


def _shown(row: RuleSettingRow | None) -> RuleSettings:
    if row is None:
        return RuleSettings({})
    return RuleSettings(row.settings, row.version, row.updated_at, row.updated_by)
