"""What was changed in a draft since it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; no draft was changed before."""
    op.add_column("drafts", sa.Column("edits", sa.JSON(), nullable=False, server_default="[]"))
