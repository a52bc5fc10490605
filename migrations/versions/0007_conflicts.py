"""Conflicts over time, and what happened to them."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "conflict",
        *_keys(),
        *(_text(name) for name in ("kind", "rule", "level")),
        sa.Column("severity", sa.Double, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        *(_text(name) for name in ("subjects", "departments")),
        sa.Column("outcome", sa.Text),
        *(_text(name) for name in ("titles", "grounds", "status")),
        sa.Column("goal_removed", sa.Boolean, nullable=False),
        sa.Column("waiver", sa.Text),
        sa.Column("waiver_expires", sa.Text),
        sa.Column("assignee", sa.Text),
        _text("first_analysis"),
        _instant("first_seen_at"),
        _text("last_analysis"),
        _instant("last_seen_at"),
        _instant("changed_at"),
        *(_number(name) for name in ("comments", "events", "version")),
        _text("searched"),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "fingerprint"),
        sa.ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "assignee"], ["member.workspace_id", "member.id"]),
    )
    op.create_index("conflict_severity", "conflict", ["workspace_id", "organization_id", "severity", "fingerprint"])
    op.create_index("conflict_changed", "conflict", ["workspace_id", "organization_id", "changed_at", "fingerprint"])
    op.create_index("conflict_waiver", "conflict", ["workspace_id", "waiver_expires"])
    op.create_index("conflict_assignee", "conflict", ["workspace_id", "assignee"])
    op.create_table(
        "conflict_event",
        *_keys(),
        _number("number"),
        _instant("at"),
        *(_text(name) for name in ("actor", "what", "status")),
        sa.Column("because", sa.Text),
        sa.Column("analysis", sa.Text),
        sa.Column("id", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("details", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "fingerprint", "number"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organization_id", "fingerprint"],
            ["conflict.workspace_id", "conflict.organization_id", "conflict.fingerprint"],
        ),
    )
    close_table("conflict", "select, insert, update, delete")
    close_table("conflict_event", "select, insert, delete")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("conflict_event", "conflict")


def _keys() -> tuple[sa.Column[str], ...]:
    workspace = sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
    return workspace, _text("organization_id"), _text("fingerprint")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)
