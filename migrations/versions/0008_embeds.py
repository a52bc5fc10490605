"""Tokens that let portals show one view, and the keys that sign them."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables. Whose a token is, is not known before it is found: the one that is looked for may be read."""
    op.create_table(
        "embed_key",
        *_keys(),
        _text("sealed"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "embed_token",
        *_keys(),
        *(_text(name) for name in ("organization_id", "organization", "view", "filters")),
        sa.Column("locale", sa.Text),
        _text("theme"),
        sa.Column("with_pay", sa.Boolean, nullable=False),
        *(_text(name) for name in ("allowed_origins", "key_id", "created_by")),
        _instant("created_at"),
        _instant("expires_at"),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "key_id"], ["embed_key.workspace_id", "embed_key.id"]),
    )
    op.create_index("embed_token_id", "embed_token", ["id"], unique=True)
    op.create_index("embed_token_expires", "embed_token", ["workspace_id", "expires_at"])
    close_table("embed_key", "select, insert, delete")
    close_table("embed_token", "select, insert, update, delete", "id = current_setting('app.lookup', true)")


def downgrade() -> None:
    """Drop the tables."""
    drop_tables("embed_token", "embed_key")


def _keys() -> tuple[sa.Column[str], ...]:
    workspace = sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
    return workspace, _text("id")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
