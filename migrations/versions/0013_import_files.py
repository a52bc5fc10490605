"""Files of imports are kept with their previews, so that a preview can be made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

COLUMNS = {"sent": sa.LargeBinary, "kind": sa.Text, "headings": sa.Text}


def upgrade() -> None:
    """Add the file, what its sender said that it is, and what headings were said to mean; previews of before have none."""
    for name, type_ in COLUMNS.items():
        op.add_column("import_preview", sa.Column(name, type_))


def downgrade() -> None:
    """Leave them out."""
    for name in reversed(COLUMNS):
        op.drop_column("import_preview", name)
