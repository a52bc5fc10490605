"""Sessions of people who look at the pages."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table. Whose a session is, is not known before it is found: the one that is looked for may be read."""
    op.create_table(
        "session",
        sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "hash", "key_id")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("created_at", "expires_at")),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.UniqueConstraint("hash"),
        sa.ForeignKeyConstraint(["workspace_id", "key_id"], ["api_key.workspace_id", "api_key.id"]),
    )
    close_table("session", "select, insert, delete", "hash = current_setting('app.lookup', true)")


def downgrade() -> None:
    """Drop the table."""
    drop_tables("session")
