"""Workspaces, keys, organizations, documents, audit events, outbox and claims."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables, make_app_role, open_table

revision = "0001"
down_revision = None

OWNED = (
    "api_key",
    "sign_in_link",
    "member",
    "organization",
    "revision",
    "part",
    "audit_event",
    "audit_head",
    "outbox",
    "claim",
)

LOOKED_UP = {
    "api_key": "lookup = current_setting('app.lookup', true)",
    "sign_in_link": "hash = current_setting('app.lookup', true)",
}
"""Tables with a row that may be read before its workspace is known: the one that is looked for."""


def upgrade() -> None:
    """Make the tables, and on PostgreSQL the role that the service works as."""
    make_app_role()
    op.create_table(
        "workspace",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    open_table("workspace", "select, insert, update")
    op.create_table(
        "api_key",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("lookup", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("last_four", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("organizations", sa.Text),
        sa.Column("networks", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("last_used_at", sa.BigInteger),
        sa.Column("replaced_by", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "sign_in_link",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "member",
        "sign_in_link",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "email"),
    )
    op.create_table(
        "organization",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("industry", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("organization_key", "organization", ["workspace_id", "key"], unique=True, **_NOT_DELETED)
    op.create_table(
        "revision",
        _workspace(),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("patch", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "number"),
        _organization(),
    )
    op.create_table(
        "part",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("department", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        _organization(),
    )
    op.create_index("part_key", "part", ["workspace_id", "organization_id", "list", "key"], unique=True, **_NOT_DELETED)
    op.create_table(
        "audit_event",
        _workspace(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "number"),
    )
    op.create_table(
        "audit_head",
        _workspace(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id"),
    )
    op.create_table(
        "outbox",
        _workspace(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("handed_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_table(
        "claim",
        _workspace(),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "credential", "key"),
    )
    for table in OWNED:
        rights = "select, insert" if table == "audit_event" else "select, insert, update, delete"
        close_table(table, rights, LOOKED_UP.get(table))


def downgrade() -> None:
    """Drop the tables."""
    drop_tables(
        "part",
        "revision",
        "organization",
        "member",
        "sign_in_link",
        "api_key",
        "audit_event",
        "audit_head",
        "outbox",
        "claim",
        "workspace",
    )


def _workspace() -> sa.Column[str]:
    return sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)


def _organization() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]
    )


_NOT_DELETED = {"sqlite_where": sa.text("deleted_at is null"), "postgresql_where": sa.text("deleted_at is null")}
