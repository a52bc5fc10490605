"""What organizations set otherwise of rules, and with which rules and settings analyses ran."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.storage.columns import Instant, Json
from app.storage.organizations import Organization
from app.storage.workspace import Owned, Transaction


class RuleSettingRow(Owned, table=True):
    """The settings of an organization, as they were written: id of a rule → level, params, reason."""

    __tablename__ = "rule_setting"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )

    organization_id: str = Field(primary_key=True)
    version: int = 0
    settings: Any = Field(default_factory=dict, sa_type=Json)
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: str


class AnalysisRulesRow(Owned, table=True):
    """What an analysis ran beside the built-in rules: `[id, version, content hash]` of own rules, `[id, version, content hash]` of their
    packs, and the settings that held."""

    __tablename__ = "analysis_rules"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
    )

    organization_id: str = Field(primary_key=True)
    analysis_id: str = Field(primary_key=True)
    rules: Any = Field(sa_type=Json)
    packs: Any = Field(sa_type=Json)
    settings: Any = Field(sa_type=Json)


def of_organization(tx: Transaction, organization: Organization, *, locked: bool = False) -> RuleSettingRow | None:
    """The settings of an organization; None where it has set nothing."""
    return tx.one(RuleSettingRow, _s.organization_id == organization.id, locked=locked)


def of_analysis(tx: Transaction, organization: Organization, analysis: str) -> AnalysisRulesRow | None:
    """What an analysis ran beside the built-in rules as they are; None where that was nothing."""
    return tx.one(AnalysisRulesRow, _a.organization_id == organization.id, _a.analysis_id == analysis)


_s: Any = RuleSettingRow
_a: Any = AnalysisRulesRow
