"""What lists of organizations and parts show and search without reading whole documents."""

import json
import zlib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.storage.ids import new_id
from app.storage.tenancy import every_row, order_texts

revision = "0002"
down_revision = "0001"

ORGANIZATION = sa.table(
    "organization",
    *map(
        sa.column,
        (
            "workspace_id",
            "id",
            "key",
            "name",
            "industry",
            "revision",
            "created_at",
            "updated_at",
            "body",
            "content_hash",
            "searched",
        ),
    ),
)
REVISION = sa.table("revision", *map(sa.column, ("workspace_id", "organization_id", "number", "content_hash", "body")))
PART = sa.table(
    "part",
    *map(
        sa.column,
        (
            "workspace_id",
            "id",
            "organization_id",
            "list",
            "key",
            "name",
            "body",
            "revision",
            "created_at",
            "updated_at",
            "searched",
        ),
    ),
)


def upgrade() -> None:
    """Add the columns, and fill them for what is there."""
    op.add_column("organization", sa.Column("body", sa.Text, nullable=False, server_default="{}"))
    op.add_column("organization", sa.Column("content_hash", sa.Text, nullable=False, server_default=""))
    op.add_column("organization", sa.Column("searched", sa.Text, nullable=False, server_default=""))
    op.add_column("part", sa.Column("searched", sa.Text, nullable=False, server_default=""))
    order_texts("organization")
    order_texts("part")
    with every_row("organization", "revision", "part"):
        _fill_organizations(op.get_bind())
        _fill_parts(op.get_bind())
        _add_governance(op.get_bind())


def downgrade() -> None:
    """Drop the columns. What stands for governance among the parts stays: nobody looks for it, and it has its id and its dates."""
    op.drop_column("part", "searched")
    for column in ("searched", "content_hash", "body"):
        op.drop_column("organization", column)


def _fill_organizations(connection: sa.Connection) -> None:
    """Each row says what its current document says."""
    o, r = ORGANIZATION.c, REVISION.c
    current = (r.workspace_id == o.workspace_id) & (r.organization_id == o.id) & (r.number == o.revision)
    columns = (o.workspace_id, o.id, o.key, o.name, o.industry, r.content_hash, r.body)
    known = sa.select(*columns).select_from(ORGANIZATION.join(REVISION, current))
    for workspace, id_, key, name, industry, hash_, packed in connection.execute(known).all():
        said = json.loads(zlib.decompress(packed))["organization"]
        values = {"body": _written(said), "content_hash": hash_}
        changed = ORGANIZATION.update().where(o.workspace_id == workspace, o.id == id_)
        connection.execute(changed.values(**values, searched=_folded(key, name, industry)))


def _fill_parts(connection: sa.Connection) -> None:
    p = PART.c
    known = connection.execute(sa.select(p.workspace_id, p.id, p.key, p.name)).all()
    changed = PART.update().where(p.workspace_id == sa.bindparam("of"), p.id == sa.bindparam("at"))
    filled = [{"of": of, "at": at, "searched": _folded(key, name)} for of, at, key, name in known]
    if filled:
        connection.execute(changed.values(searched=sa.bindparam("searched")), filled)


def _add_governance(connection: sa.Connection) -> None:
    """Governance of each document as a part, which later documents keep, where it is none yet."""
    o, r, p = ORGANIZATION.c, REVISION.c, PART.c
    there = (p.workspace_id == o.workspace_id) & (p.organization_id == o.id) & (p.list == "governance")
    current = (r.workspace_id == o.workspace_id) & (r.organization_id == o.id) & (r.number == o.revision)
    columns = (o.workspace_id, o.id, o.revision, o.created_at, o.updated_at, r.body)
    known = sa.select(*columns).select_from(ORGANIZATION.join(REVISION, current)).where(~sa.exists().where(there))
    added = [
        {
            "workspace_id": workspace,
            "id": new_id("prt", datetime.fromtimestamp(created / 1000, UTC)),
            "organization_id": id_,
            "list": "governance",
            "key": "governance",
            "name": "",
            "body": _written(json.loads(zlib.decompress(packed)).get("governance", {})),
            "revision": number,
            "created_at": created,
            "updated_at": updated,
            "searched": "governance",
        }
        for workspace, id_, number, created, updated, packed in connection.execute(known).all()
    ]
    if added:
        connection.execute(PART.insert(), added)


def _written(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _folded(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text).casefold()
