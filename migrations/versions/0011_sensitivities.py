"""How far analyses stand in samples of the strengths of influences."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sensitivity",
        sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False),
        *(_text(name) for name in ("organization_id", "id", "analysis_id")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        _text("created_by"),
        sa.Column("samples", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
    )
    close_table("sensitivity", "select, insert, delete")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sensitivity")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
