"""Scenarios and their analyses, plans of the optimiser, and recommendations that come back."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, every_row, order_texts

revision = "0009"
down_revision = "0008"

RECOMMENDATION = sa.table(
    "recommendation",
    *map(sa.column, ("workspace_id", "organization_id", "analysis_id", "id", "remedy", "bodies", "about")),
)


def upgrade() -> None:
    """Make the tables, and add the columns."""
    op.create_table(
        "scenario",
        *_keys("id"),
        _text("name"),
        sa.Column("description", sa.Text),
        _text("status"),
        sa.Column("revision", sa.Integer, nullable=False),
        _text("patches"),
        sa.Column("patch_count", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _text("content_hash"),
        _instant("created_at"),
        _text("created_by"),
        _instant("updated_at"),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("decided_by", sa.Text),
        sa.Column("promoted_revision", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        _text("searched"),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "id"),
        sa.ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
    )
    op.create_index("scenario_created", "scenario", ["workspace_id", "organization_id", "created_at", "id"])
    op.create_table(
        "optimised_plan",
        *_keys("id"),
        _text("analysis_id"),
        _instant("created_at"),
        *(_text(name) for name in ("created_by", "language", "constraints")),
        sa.Column("change_count", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("severity_before", "severity_after")),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("steps", "body")),
        sa.PrimaryKeyConstraint("workspace_id", "organization_id", "id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organization_id", "analysis_id"],
            ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
        ),
    )
    op.add_column("analysis", sa.Column("scenario_id", sa.Text))
    op.add_column("analysis", sa.Column("document", sa.LargeBinary))
    op.create_index("analysis_scenario", "analysis", ["workspace_id", "organization_id", "scenario_id"])
    op.add_column("recommendation", sa.Column("about", sa.Text, nullable=False, server_default=""))
    op.add_column("recommendation", sa.Column("scenario_id", sa.Text))
    op.add_column("recommendation", sa.Column("returned", sa.Text))
    op.create_index("recommendation_about", "recommendation", ["workspace_id", "organization_id", "about", "status"])
    for table in ("analysis", "recommendation"):
        order_texts(table)
    with every_row("recommendation"):
        _fill_recommendations(op.get_bind())
    close_table("scenario", "select, insert, update, delete")
    close_table("optimised_plan", "select, insert, delete")


def downgrade() -> None:
    """Drop them, and the analyses of scenarios: before this step there were only those of documents."""
    op.drop_table("optimised_plan")
    of_scenarios = "select 1 from analysis a where a.scenario_id is not null and a.workspace_id = {0}.workspace_id and a.id = {0}.{1}"
    with every_row("analysis", "finding", "finding_block", "recommendation"):
        for table in ("recommendation", "finding_block", "finding"):
            op.execute(f"delete from {table} where exists ({of_scenarios.format(table, 'analysis_id')})")
        op.execute("delete from analysis where scenario_id is not null")
    op.drop_index("recommendation_about", "recommendation")
    for column in ("returned", "scenario_id", "about"):
        op.drop_column("recommendation", column)
    op.drop_index("analysis_scenario", "analysis")
    for column in ("document", "scenario_id"):
        op.drop_column("analysis", column)
    op.drop_table("scenario")


def _fill_recommendations(connection: sa.Connection) -> None:
    """Each recommendation says what it is about: the remedy and the findings that it answers."""
    r = RECOMMENDATION.c
    changed = RECOMMENDATION.update().where(
        r.workspace_id == sa.bindparam("of"), r.organization_id == sa.bindparam("in_"),
        r.analysis_id == sa.bindparam("by"), r.id == sa.bindparam("at"),
    )  # fmt: skip
    known = connection.execute(
        sa.select(r.workspace_id, r.organization_id, r.analysis_id, r.id, r.remedy, r.bodies)
    ).all()
    filled = [
        {"of": of, "in_": within, "by": by, "at": at, "mark": _mark(remedy, json.loads(bodies))}
        for of, within, by, at, remedy, bodies in known
    ]
    if filled:
        connection.execute(changed.values(about=sa.bindparam("mark")), filled)


def _mark(remedy: str, bodies: dict[str, dict[str, list[str]]]) -> str:
    addresses = sorted(next(iter(bodies.values()))["addresses"])
    return hashlib.sha256("\n".join((remedy, *addresses)).encode()).hexdigest()[:16]


def _keys(last: str) -> tuple[sa.Column[str], ...]:
    workspace = sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False)
    return workspace, _text("organization_id"), _text(last)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
