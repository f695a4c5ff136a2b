"""Where the bot has taken Add Reactions from everyone, so that it can give it back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("servers", sa.Column("reactions_held_in", sa.BigInteger()))
