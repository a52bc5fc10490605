"""Counts of what revisions changed, previews of imports, and observations."""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables, every_row, order_texts

revision = "0005"
down_revision = "0004"

REVISION = sa.table("revision", *map(sa.column, ("workspace_id", "organization_id", "number", "changes", "counts")))


def upgrade() -> None:
    """Make the tables, and count what the revisions that are there changed."""
    op.add_column("revision", sa.Column("counts", sa.Text, nullable=False, server_default="{}"))
    order_texts("revision")
    with every_row("revision"):
        _count(op.get_bind())
    op.create_table(
        "import_preview",
        *_of_organization(),
        _text("id"),
        _instant("created_at"),
        *(_text(name) for name in ("actor", "name", "mode", "layout", "status", "counts")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("applied_at", sa.BigInteger),
        sa.Column("applied_by", sa.Text),
        sa.Column("applied_revision", sa.Integer),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("document", sa.LargeBinary),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "id"),
        _refers(),
    )
    op.create_index("import_preview_created", "import_preview", ["workspace_id", "organization_id", "created_at", "id"])
    op.create_table(
        "observation",
        *_of_organization(),
        *(_text(name) for name in ("subject", "key", "day")),
        sa.Column("value", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "subject", "key", "day"),
        _refers(),
    )
    op.create_index("observation_day", "observation", ["workspace_id", "organization_id", "day", "subject", "key"])
    for table in ("import_preview", "observation"):
        close_table(table, "select, insert, update, delete")


def downgrade() -> None:
    """Drop the tables and the counts."""
    drop_tables("observation", "import_preview")
    op.drop_column("revision", "counts")


def _count(connection: sa.Connection) -> None:
    r = REVISION.c
    known = connection.execute(sa.select(r.workspace_id, r.organization_id, r.number, r.changes)).all()
    filled = [
        {"of": of, "whose": whose, "at": at, "counted": _counted(json.loads(changes))}
        for of, whose, at, changes in known
    ]
    changed = REVISION.update().where(
        r.workspace_id == sa.bindparam("of"),
        r.organization_id == sa.bindparam("whose"),
        r.number == sa.bindparam("at"),
    )
    if filled:
        connection.execute(changed.values(counts=sa.bindparam("counted")), filled)


def _counted(changes: list[dict[str, str]]) -> str:
    counted = Counter(change["action"] for change in changes)
    return json.dumps({action: counted[action] for action in ("added", "changed", "removed")}, separators=(",", ":"))


def _of_organization() -> tuple[sa.Column[str], ...]:
    workspace = sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
    return workspace, _text("organization_id")


def _refers() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
