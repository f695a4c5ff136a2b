"""Additions that wait for a moderator: each critique's policy, and who decided."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; what is there waits for nobody."""
    op.add_column("critiques", sa.Column("policy", sa.String(length=16), nullable=False, server_default="open"))
    op.add_column("points", sa.Column("decided_by", sa.BigInteger()))
