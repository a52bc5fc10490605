"""Rules of workspaces with their versions and packs, what organizations set otherwise, what analyses ran, and settings of workspaces."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "workspace_setting",
        _workspace(),
        sa.Column("four_eyes", sa.Boolean, nullable=False),
        _number("version"),
        _instant("updated_at"),
        _text("updated_by"),
        sa.PrimaryKeyConstraint("workspace_id"),
    )
    op.create_table(
        "own_rule",
        _workspace(),
        *(_text(name) for name in ("id", "name", "pack", "status")),
        _number("version"),
        sa.Column("active_version", sa.Integer),
        _number("changes"),
        *(_instant(name) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "rule_version",
        _workspace(),
        _text("rule_id"),
        _number("number"),
        *(_text(name) for name in ("body", "content_hash", "author", "credential")),
        _instant("created_at"),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_at", sa.BigInteger),
        sa.Column("activated_at", sa.BigInteger),
        sa.Column("activated_by", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "rule_id", "number"),
        sa.ForeignKeyConstraint(["workspace_id", "rule_id"], ["own_rule.workspace_id", "own_rule.id"]),
    )
    op.create_table(
        "own_rule_pack",
        _workspace(),
        *(_text(name) for name in ("id", "version", "name", "content_hash")),
        _number("changes"),
        *(_instant(name) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "rule_setting",
        _workspace(),
        _text("organization_id"),
        _number("version"),
        _text("settings"),
        _instant("updated_at"),
        _text("updated_by"),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id"),
        sa.ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )
    op.create_table(
        "analysis_rules",
        _workspace(),
        *(_text(name) for name in ("organization_id", "analysis_id", "rules", "packs", "settings")),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "analysis_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
    )
    for table in ("workspace_setting", "own_rule", "rule_version", "own_rule_pack", "rule_setting"):
        close_table(table, "select, insert, update, delete")
    close_table("analysis_rules", "select, insert, delete")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("analysis_rules", "rule_setting", "own_rule_pack", "rule_version", "own_rule", "workspace_setting")


def _workspace() -> sa.Column[str]:
    return sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)
