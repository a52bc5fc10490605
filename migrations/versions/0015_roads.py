"""What leads from conflicts to a customer-centric company: assessments, what customers are worth, business cases, the roadmap."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table

revision = "0015"
down_revision = "0014"

OF_ORGANIZATION = ["workspace_id", "organization_id"]


def upgrade() -> None:
    """Make the tables."""
    _table(
        "assessment",
        _text("id"),
        _text("instrument"),
        sa.Column("instrument_version", sa.Integer, nullable=False),
        _text("name"),
        _text("as_of"),
        _text("answers"),
        sa.Column("answer_count", sa.Integer, nullable=False),
        _text("summary"),
        _instant("created_at"),
        _text("created_by"),
        _instant("updated_at"),
        _text("updated_by"),
        sa.Column("version", sa.Integer, nullable=False),
        _text("searched"),
        sa.PrimaryKeyConstraint(*OF_ORGANIZATION, "id"),
    )
    op.create_index("assessment_created", "assessment", [*OF_ORGANIZATION, "created_at", "id"])
    close_table("assessment", "select, insert, update, delete")
    _table(
        "business_case",
        _text("id"),
        _text("scenario_id"),
        _text("name"),
        sa.Column("revision", sa.Integer, nullable=False),
        _text("content_hash"),
        _instant("created_at"),
        _text("created_by"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _text("searched"),
        sa.PrimaryKeyConstraint(*OF_ORGANIZATION, "id"),
        sa.ForeignKeyConstraint(
            [*OF_ORGANIZATION, "scenario_id"], ["scenario.workspace_id", "scenario.organization_id", "scenario.id"]
        ),
    )
    op.create_index("business_case_created", "business_case", [*OF_ORGANIZATION, "created_at", "id"])
    close_table("business_case", "select, insert, delete")
    for name in ("customer_asset", "roadmap"):
        _table(
            name,
            _text("body"),
            _instant("created_at"),
            _text("created_by"),
            _instant("updated_at"),
            _text("updated_by"),
            sa.Column("version", sa.Integer, nullable=False),
            sa.PrimaryKeyConstraint(*OF_ORGANIZATION),
        )
        close_table(name, "select, insert, update, delete")


def downgrade() -> None:
    """Drop them."""
    for name in ("roadmap", "customer_asset", "business_case", "assessment"):
        op.drop_table(name)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("workspace_id", sa.Text, sa.ForeignKey("workspace.id"), nullable=False),
        _text("organization_id"),
        *parts,
        sa.ForeignKeyConstraint(OF_ORGANIZATION, ["organization.workspace_id", "organization.id"]),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
