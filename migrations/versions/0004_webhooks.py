"""Webhooks, deliveries to them, and every attempt."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webhook",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("types", sa.Text),
        sa.Column("secrets", sa.Text, nullable=False),
        sa.Column("disabled_because", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "delivery",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("webhook_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.ForeignKeyConstraint(["workspace_id", "webhook_id"], ["webhook.workspace_id", "webhook.id"]),
    )
    op.create_index("delivery_due", "delivery", ["workspace_id", "due_at"])
    op.create_index("delivery_of_webhook", "delivery", ["workspace_id", "webhook_id", "created_at"])
    op.create_table(
        "delivery_attempt",
        _workspace(),
        sa.Column("delivery_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("reason", sa.Text),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", "number"),
        sa.ForeignKeyConstraint(["workspace_id", "delivery_id"], ["delivery.workspace_id", "delivery.id"]),
    )
    for table in ("webhook", "delivery", "delivery_attempt"):
        close_table(table, "select, insert, update, delete")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("delivery_attempt", "delivery", "webhook")


def _workspace() -> sa.Column[str]:
    return sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
