"""Messages that wait in the outbox are found without a look at those that were handed over, of which a month is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_WAITING = {
    "sqlite_where": sa.text("handed_at is null"),
    "postgresql_where": sa.text("handed_at is null"),
}


def upgrade() -> None:
    """Make the index."""
    op.create_index("outbox_waiting", "outbox", ["workspace_id", "id"], **_WAITING)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("outbox_waiting", "outbox")
