"""Analyses, their findings and recommendations."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "analysis",
        *_keys("id"),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_text(name) for name in ("content_hash", "as_of", "engine_version", "catalogue_version")),
        sa.Column("is_current", sa.Boolean, nullable=False),
        *(_text(name) for name in ("rule_packs", "hashes", "parameters", "waivers")),
        sa.Column("with_recommendations", sa.Boolean, nullable=False),
        *(_text(name) for name in ("languages", "headlines")),
        sa.Column("alignment_index", sa.Double),
        *(_text(name) for name in ("levels", "kinds", "coverage", "goals")),
        sa.Column("previous_id", sa.Text),
        _text("removed_goals"),
        *(_number(name) for name in ("entries", "finding_count", "waived_count", "recommendation_count")),
        _text("matrix"),
        _text("result_hash"),
        sa.Column("result", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "id"),
        sa.ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )
    op.create_index("analysis_created", "analysis", ["workspace_id", "organization_id", "created_at", "id"])
    op.create_table(
        "finding",
        *_keys("analysis_id"),
        _number("position"),
        *(_text(name) for name in ("fingerprint", "kind", "rule")),
        sa.Column("flaw", sa.Text),
        _text("level"),
        sa.Column("severity", sa.Double, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        *(_text(name) for name in ("subjects", "departments")),
        sa.Column("outcome", sa.Text),
        _text("status"),
        sa.Column("folded_under", sa.Text),
        _number("line"),
        *(_text(name) for name in ("titles", "searched")),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "analysis_id", "position"),
        _of_analysis(),
    )
    op.create_table(
        "finding_block",
        *_keys("analysis_id"),
        _number("number"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "analysis_id", "number"),
        _of_analysis(),
    )
    op.create_table(
        "recommendation",
        *_keys("analysis_id"),
        _text("id"),
        _number("position"),
        *(_text(name) for name in ("remedy", "effort")),
        sa.Column("severity_cleared", sa.Double, nullable=False),
        *(_text(name) for name in ("ground", "bodies", "status")),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("decided_by", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("revision", sa.Integer),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "analysis_id", "id"),
        _of_analysis(),
    )
    op.create_index("recommendation_dismissed", "recommendation", ["workspace_id", "organization_id", "id", "status"])
    for table in ("analysis", "finding", "finding_block"):
        close_table(table, "select, insert, delete")
    close_table("recommendation", "select, insert, update, delete")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("recommendation", "finding_block", "finding", "analysis")


def _keys(last: str) -> tuple[sa.Column[str], ...]:
    workspace = sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
    return workspace, _text("organization_id"), _text(last)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _of_analysis() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "organization_id", "analysis_id"],
        ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
    )
