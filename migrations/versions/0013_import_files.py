"""Files of imports are kept with their previews, so that a preview can be made anew."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import close_table, drop_tables

revision = "0013"
down_revision = "0012"

KEY = ("workspace_id", "organization_id", "import_id")


def upgrade() -> None:
    """Make the table; previews of before have no file."""
    op.create_table(
        "import_file",
        *(sa.Column(name, sa.Text, nullable=False) for name in KEY),
        sa.Column("kind", sa.Text),
        sa.Column("headings", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint(*KEY),
        sa.ForeignKeyConstraint(KEY, [f"import_preview.{name}" for name in ("workspace_id", "organization_id", "id")]),
    )
    close_table("import_file", "select, insert, update, delete")


def downgrade() -> None:
    """Drop the table."""
    drop_tables("import_file")
