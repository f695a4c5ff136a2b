"""When an addition got its label, which is later than when it was said where the bot was down meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; of earlier additions only is known when they were said."""
    op.add_column("points", sa.Column("labelled_at", sa.BigInteger()))
