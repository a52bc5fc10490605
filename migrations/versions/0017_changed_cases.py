"""Business cases can be changed: who changed one, when, and what was assumed before anybody said otherwise."""

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import allow, every_row, order_texts

revision = "0017"
down_revision = "0016"

CASE = sa.table(
    "business_case",
    *map(sa.column, ("workspace_id", "organization_id", "id", "created_at", "created_by", "updated_at", "updated_by", "body")),
)  # fmt: skip


def upgrade() -> None:
    """Add the columns; a case that is there was last changed when it was made."""
    op.add_column("business_case", sa.Column("updated_at", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("business_case", sa.Column("updated_by", sa.Text, nullable=False, server_default=""))
    op.add_column("business_case", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    order_texts("business_case")
    with every_row("business_case"):
        _fill(op.get_bind(), _with_premises)
    allow("business_case", "update")


def downgrade() -> None:
    """Drop them."""
    with every_row("business_case"):
        _fill(op.get_bind(), _without_premises)
    for column in ("version", "updated_by", "updated_at"):
        op.drop_column("business_case", column)


def _fill(connection: sa.Connection, bodied: Any) -> None:
    c = CASE.c
    known = connection.execute(
        sa.select(c.workspace_id, c.organization_id, c.id, c.created_at, c.created_by, c.body)
    ).all()
    changed = CASE.update().where(
        c.workspace_id == sa.bindparam("of"), c.organization_id == sa.bindparam("whose"), c.id == sa.bindparam("at")
    )
    for of, whose, at, created_at, created_by, body in known:
        said = json.dumps(bodied(json.loads(zlib.decompress(body))), ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compress(said.encode(), 1)
        values = {"updated_at": created_at, "updated_by": created_by, "body": packed}
        connection.execute(changed.values(**values), {"of": of, "whose": whose, "at": at})


def _with_premises(body: dict[str, Any]) -> dict[str, Any]:
    """What was said of costs is what they are; what was said of other assumptions was not kept, so that they count as taken."""
    paid = {one["amount"]: one["paid"] for one in body["costs"]}
    costs = {
        one["key"].removeprefix("cost."): {
            **{name: one[name] for name in ("low", "likely", "high", "source")},
            "paid": paid[one["key"]],
        }
        for one in body["assumptions"]
        if one["key"] in paid
    }
    taken = [one for one in body["assumptions"] if one["key"] not in paid]
    return {**body, "asked": {"costs": costs, "assumptions": {}}, "taken": taken}


def _without_premises(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("asked", "taken")}
