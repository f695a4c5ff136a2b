"""Posts in a forum that fell asleep."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; no post has fallen asleep before."""
    op.add_column("points", sa.Column("asleep", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("points", sa.Column("woken_at", sa.BigInteger()))
