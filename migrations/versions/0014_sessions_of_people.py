"""Sessions of people whom an issuer signed in stand for a subject, not for a key."""

import sqlalchemy as sa
from alembic import op

from app.storage.tenancy import every_row, order_texts

revision = "0014"
down_revision = "0013"

OF_PEOPLE = ("subject", "name", "scopes")


def upgrade() -> None:
    """Let a session be without a key, and say instead who it is and what they may do."""
    with op.batch_alter_table("session") as table:
        table.alter_column("key_id", existing_type=sa.Text, nullable=True)
        for name in OF_PEOPLE:
            table.add_column(sa.Column(name, sa.Text))
    order_texts("session")


def downgrade() -> None:
    """End the sessions of people, and know keys alone."""
    with every_row("session"):
        op.execute("delete from session where key_id is null")
    with op.batch_alter_table("session") as table:
        for name in OF_PEOPLE:
            table.drop_column(name)
        table.alter_column("key_id", existing_type=sa.Text, nullable=False)
