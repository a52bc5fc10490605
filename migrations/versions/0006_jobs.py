"""Jobs, schedules, what is due in which workspace, and leases."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables, open_table

revision = "0006"
down_revision = "0005"

DUE_IS_LOOKED_UP = "current_setting('app.lookup', true) = 'due'"
"""Workers look through all workspaces for what is due, and say so."""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "job",
        _workspace(),
        *(_text(name) for name in ("id", "kind")),
        sa.Column("organization_id", sa.Text),
        sa.Column("organization", sa.Text),
        *(_text(name) for name in ("input", "actor", "credential")),
        sa.Column("request_id", sa.Text),
        sa.Column("release", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        _text("status"),
        *(sa.Column(name, sa.Integer) for name in ("done", "total")),
        sa.Column("unit", sa.Text),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempt", "losses")),
        sa.Column("worker", sa.Text),
        *(sa.Column(name, sa.BigInteger) for name in ("leased_until", "started_at", "finished_at")),
        _text("steps"),
        *(sa.Column(name, sa.Text) for name in ("result", "error")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        _organization(),
    )
    op.create_index("job_created", "job", ["workspace_id", "created_at", "id"])
    op.create_index("job_status", "job", ["workspace_id", "status", "created_at", "id"])
    op.create_table(
        "schedule",
        _workspace(),
        *(_text(name) for name in ("organization_id", "every")),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in ("turn_at", "change_at")),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id"),
        _organization(),
    )
    op.create_table(
        "due",
        _workspace(),
        _text("kind"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "kind"),
    )
    op.create_index("due_at", "due", ["kind", "at"])
    lease = op.create_table(
        "lease",
        sa.Column("name", sa.Text, primary_key=True),
        _text("holder"),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(lease, [{"name": "recurring", "holder": "", "until": 0}])
    for table in ("job", "schedule"):
        close_table(table, "select, insert, update, delete")
    close_table("due", "select, insert, update, delete", DUE_IS_LOOKED_UP)
    open_table("lease", "select, update")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("lease", "due", "schedule", "job")


def _workspace() -> sa.Column[str]:
    return sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)


def _organization() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
